// SPDX-License-Identifier: MPL-2.0
#include "document/time_text.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace recipient_guard {
namespace {

/// The digits of `text` from `at` on, so many of them.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  const char* const begin = text.data() + at;
  const auto [end, failure] = std::from_chars(begin, begin + count, value);
  return failure == std::errc() && end == begin + count && *begin != '-' ? std::optional(value)
                                                                         : std::nullopt;
}

std::optional<std::int64_t> read_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional<std::int64_t>(
                         std::chrono::sys_days(date).time_since_epoch().count() * seconds_a_day)
                   : std::nullopt;
}

std::optional<std::int64_t> read_clock(std::string_view text) {
  if (text.size() != 10 || text[0] != 'T' || text[3] != ':' || text[6] != ':' || text[9] != 'Z') {
    return std::nullopt;
  }
  const auto hour = digits(text, 1, 2);
  const auto minute = digits(text, 4, 2);
  const auto second = digits(text, 7, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return *hour * 3600 + *minute * 60 + *second;
}

}  // namespace

std::string day_text(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  char text[40] = {};
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string time_text(std::int64_t time) {
  const std::int64_t day = day_of(time);
  const std::int64_t rest = time - day * seconds_a_day;
  char clock[40] = {};
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return day_text(day) + clock;
}

std::optional<std::int64_t> read_time(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure == std::errc() && end == text.data() + text.size()) {
    return seconds >= 1 && seconds <= latest_time ? std::optional(seconds) : std::nullopt;
  }
  const auto day = read_day(text.substr(0, 10));
  const auto clock = text.size() == 10  ? std::optional<std::int64_t>(0)
                     : text.size() > 10 ? read_clock(text.substr(10))
                                        : std::nullopt;
  return day && clock && *day + *clock >= 1 ? std::optional(*day + *clock) : std::nullopt;
}

}  // namespace recipient_guard
