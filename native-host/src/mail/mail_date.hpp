// SPDX-License-Identifier: MPL-2.0
// Dates of mail: RFC 5322, 3.3 with the obsolete forms of 4.3, and the From_ line of an mbox file
// (RFC 4155). Inner part of this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace recipient_guard {

/// `Tue, 25 Jul 2023 14:02:11 +0200` as Unix seconds; nothing where it is no such date.
std::optional<std::int64_t> read_mail_date(std::string_view text);

struct FromLine {
  bool bare = false;                 ///< `From ` and nothing more, as Thunderbird writes it today
  std::optional<std::int64_t> time;  ///< taken for UTC where no zone is told
};

/// `From bob@navy.mil Tue Jul 25 14:02:11 2023`, `From - Tue ..` or `From ` alone; the date as
/// asctime() writes it, with a zone before or behind the year, or that of RFC 5322, with or without
/// its weekday; the sender left out, in quotes, or spelt out (`bob at navy.mil`, list archives).
/// Nothing where `line` has another shape and so is text.
std::optional<FromLine> read_from_line(std::string_view line);

}  // namespace recipient_guard
