// SPDX-License-Identifier: MPL-2.0
// The header lines of one message -> MailHeaders. Unfolds (RFC 5322, 2.2.3) and keeps the fields
// that are read, within bounds; all others are passed over. Inner part of this room.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/headers.hpp"
#include "mail/lines.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_header_line_octets = 1024U * 1024U;
/// Of one field of a message, all its lines together: some 15,000 recipients.
inline constexpr std::size_t max_field_octets = 1024U * 1024U;
inline constexpr std::size_t max_mailboxes_of_message = 50'000;
inline constexpr std::size_t max_message_ids = 50;

/// Does a field begin here: `Name:`?
bool is_header_line(std::string_view line);

class HeaderBlock {
 public:
  /// A line of the header, in order; the empty line behind it is not among them.
  void add(const Line& line);
  /// No field at all was added.
  bool empty() const { return !any_; }
  /// What was added as headers, or what is wrong with it, and begins anew. `time` stands for a
  /// missing or unreadable Date.
  MailItem finish(std::string place, std::optional<std::int64_t> time);

 private:
  enum Kept { from, to, cc, bcc, reply_to, newsgroups, date, message_id, in_reply_to, references };
  static constexpr std::size_t kept_fields = 10;
  static std::optional<std::size_t> field_of(std::string_view name);
  void append(std::string_view text, bool cut);

  std::array<std::string, kept_fields> values_;
  std::optional<std::size_t> current_;
  bool any_ = false;
  std::string too_long_;  // the name of a field that did not fit
};

/// Reads a message's header from `lines` up to the empty line or the end of the source.
Result<MailItem> read_header_block(LineReader& lines, std::string place,
                                   std::optional<std::int64_t> time);

}  // namespace recipient_guard
