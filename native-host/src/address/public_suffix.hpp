// SPDX-License-Identifier: MPL-2.0
// Public suffixes (publicsuffix.org) by libpsl: where a registrable name ends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "address/mailbox.hpp"

namespace recipient_guard {

/// Immutable after construction; may be read from several threads.
class PublicSuffixes {
 public:
  /// The system's list where it is newer than libpsl's built-in one, which is years old in stable
  /// distributions and calls itself current.
  PublicSuffixes();
  ~PublicSuffixes();
  PublicSuffixes(const PublicSuffixes&) = delete;
  PublicSuffixes& operator=(const PublicSuffixes&) = delete;

  /// `co.uk` for `a.b.co.uk`, the last label where no rule matches. A view into `name`.
  std::string_view suffix_of(const DomainName& name) const;
  /// `b.co.uk` for `a.b.co.uk`; nothing where `name` is itself a public suffix.
  std::optional<std::string_view> registrable_of(const DomainName& name) const;
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
