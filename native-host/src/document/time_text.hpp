// SPDX-License-Identifier: MPL-2.0
// Times as people, records and spreadsheets write them: RFC 3339, in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

inline constexpr std::int64_t seconds_a_day = 86'400;
/// The last second of the year 9999, Unix seconds: a later one has no such text.
inline constexpr std::int64_t latest_time = 253'402'300'799;

/// The day since 1970 in which a time lies, Unix seconds, before 1970 too.
constexpr std::int64_t day_of(std::int64_t time) {
  return time / seconds_a_day - (time % seconds_a_day < 0 ? 1 : 0);
}

/// A day since 1970 as `2023-07-25`.
std::string day_text(std::int64_t day);

/// Unix seconds as `2023-07-25T14:02:11Z`.
std::string time_text(std::int64_t time);

/// `2023-07-25T14:02:11Z`, `2023-07-25` (its first second) or whole Unix seconds from 1 on; nothing
/// for anything else.
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace recipient_guard
