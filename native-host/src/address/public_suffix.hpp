// SPDX-License-Identifier: MPL-2.0
// Public suffixes (publicsuffix.org) by libpsl: where a registrable name ends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "address/mailbox.hpp"

namespace recipient_guard {

/// How names are looked up: in a table of the list's rules, or, where there is no list to read it
/// from that is as new, by libpsl, which takes some fifty times as long. The answers are the same.
enum class SuffixLookup { table, library };

/// Both sections of the list count. Names of the ICANN section are registered with a registry;
/// names of the PRIVATE section (github.io, blogspot.com, uk.com) belong to a company that hands
/// out the names below them to anybody: to whom a mail goes is decided one label deeper in either
/// case, and trusting all of `github.io` would be trusting strangers. One exception: below the
/// suffix of a public body (gov.uk, nhs.uk, mil ..) the private section is left out, since there it
/// names parts of that body (homeoffice.gov.uk) that people themselves write to. Whether a
/// top-level domain exists is asked of the ICANN section alone.
///
/// Immutable after construction; may be read from several threads.
class PublicSuffixes {
 public:
  /// The system's list where it is newer than libpsl's built-in one, which is years old in stable
  /// distributions and calls itself current. A file that cannot be read, or is cut short, is passed
  /// over.
  explicit PublicSuffixes(SuffixLookup lookup = SuffixLookup::table);
  ~PublicSuffixes();
  PublicSuffixes(const PublicSuffixes&) = delete;
  PublicSuffixes& operator=(const PublicSuffixes&) = delete;

  /// `co.uk` for `a.b.co.uk`, the last label where no rule matches. A view into `name`.
  std::string_view suffix_of(const DomainName& name) const;
  /// `b.co.uk` for `a.b.co.uk`; nothing where `name` is itself a public suffix. A view into `name`.
  std::optional<std::string_view> registrable_of(const DomainName& name) const {
    return registrable_of(std::string_view(name.text()));
  }
  /// Precondition: `name` is the text() of a DomainName.
  std::optional<std::string_view> registrable_of(std::string_view name) const;
  /// The same, or `name` itself where it has none: the organizational domain of RFC 7489, 3.2.
  std::string_view organizational_domain_of(const DomainName& name) const {
    return registrable_of(name).value_or(name.text());
  }
  /// True too for one label that is on no list: what is below it would be registrable.
  bool is_public_suffix(const DomainName& name) const;
  /// The last label is a top-level domain that exists: it, or a rule below it, is on the list.
  bool top_level_exists(const DomainName& name) const;

  const std::string& source() const { return source_; }  ///< a path, or "built in"
  const std::string& date() const { return date_; }      ///< "2023-02-09", empty if unknown

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::string source_;
  std::string date_;
};

}  // namespace recipient_guard
