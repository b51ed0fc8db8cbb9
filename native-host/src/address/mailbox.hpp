// SPDX-License-Identifier: MPL-2.0
// The strong types of an address: LocalPart, DomainName, Mailbox.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recipient_guard {

inline constexpr std::size_t max_local_part_octets = 64;  // RFC 5321, 4.5.3.1.1
inline constexpr std::size_t max_domain_octets = 253;     // RFC 1035, 2.3.4, without the root dot
inline constexpr std::size_t max_label_octets = 63;

/// `local@domain`
std::string joined(std::string_view local, std::string_view domain);

/// The labels of a name, from left to right: views into `domain`, empty ones included.
std::vector<std::string_view> labels_of(std::string_view domain);
std::size_t count_labels(std::string_view domain);

/// A domain as it goes on the wire: lower-case LDH labels (A-labels for international names,
/// RFC 5890) joined by dots, no trailing dot. A value is always valid: it is made by from_ascii()
/// or by the reader of idna.hpp.
class DomainName {
 public:
  /// `text` in ASCII, any case. Nothing where a label is empty, over 63 octets, not LDH, begins or
  /// ends with a hyphen, or the whole is over 253 octets.
  static std::optional<DomainName> from_ascii(std::string_view text);
  /// `text` is the text() of a DomainName already: from_ascii() would leave it as it is.
  static bool is_text(std::string_view text);
  /// Precondition: `text` is the text() of a DomainName, kept in some table.
  static DomainName kept(std::string_view text) { return DomainName(std::string(text)); }

  const std::string& text() const { return text_; }
  std::size_t label_count() const { return count_labels(text_); }
  /// Views into this value, from left to right.
  std::vector<std::string_view> labels() const { return labels_of(text_); }
  /// True for `fleet.navy.mil` below `navy.mil` and `mil`; not for `navy.mil` below itself.
  bool is_below(const DomainName& parent) const;

  auto operator<=>(const DomainName&) const = default;

 private:
  explicit DomainName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// The part before the `@`, as typed: dot-atom text, UTF-8, 1 to 64 octets, no control characters.
class LocalPart {
 public:
  /// Nothing where `text` is empty, too long, or holds what a dot-atom may not (RFC 5322, 3.2.3;
  /// RFC 6531, 3.3). Misplaced dots are accepted here, the reader notes them.
  static std::optional<LocalPart> from_text(std::string_view text);
  /// Precondition: `text` is a LocalPart: the text() or folded() of one kept in some table, or
  /// found to be one.
  static LocalPart kept(std::string_view text) { return LocalPart(std::string(text)); }

  const std::string& text() const { return text_; }
  /// With ASCII letters in lower case: local parts are compared so, otherwise octet for octet.
  std::string folded() const;
  /// A dot in front, at the end, or beside another: no dot-atom, but some providers gave such out.
  bool has_misplaced_dots() const;

  bool operator==(const LocalPart& other) const { return folded() == other.folded(); }

 private:
  explicit LocalPart(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Local parts at this domain are equal whatever their dots.
bool has_free_dots(std::string_view domain);

/// Appends what is equal for two spellings of one person at `domain`: ASCII letters in lower case,
/// where has_free_dots() without the dots. Both are text() of a LocalPart and DomainName.
void append_folded(std::string& into, std::string_view local, std::string_view domain);

struct Mailbox {
  LocalPart local;
  DomainName domain;

  /// Of the text() of one that was kept or answered; nothing where it is not such a text.
  static std::optional<Mailbox> from_text(std::string_view text);

  /// `Bob@navy.mil`: local part as typed.
  std::string text() const { return joined(local.text(), domain.text()); }
  /// What is equal for two spellings of one mailbox: local part by append_folded(), `@`, domain.
  /// The key of every table of addresses.
  std::string key() const;
  void append_key(std::string& into) const;  ///< key(), without a text of its own
};

/// The key() of the mailbox whose text() this is.
std::string key_of(std::string mailbox_text);

}  // namespace recipient_guard
