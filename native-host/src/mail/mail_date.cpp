// SPDX-License-Identifier: MPL-2.0
#include "mail/mail_date.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "address/characters.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_date_octets = 256;
constexpr std::size_t max_from_line_octets = 1024;

using Words = std::vector<std::string_view>;

/// Cut at blanks and commas; comments are left out.
Words words_of(std::string_view text) {
  Words words;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool separates = c == ' ' || c == '\t' || c == ',' || c == '(' || c == ')';
    if (!separates) {
      continue;
    }
    if (depth == 0 && i > begin) {
      words.push_back(text.substr(begin, i - begin));
    }
    begin = i + 1;
    if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    }
  }
  return words;
}

std::optional<int> number(std::string_view text, std::size_t max_digits) {
  if (text.empty() || text.size() > max_digits) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

template <std::size_t N>
std::optional<int> index_in(const std::array<std::string_view, N>& names, std::string_view word) {
  const std::string lower = ascii_lower(word);
  for (std::size_t i = 0; i < N; ++i) {
    if (lower == names[i]) {
      return static_cast<int>(i);
    }
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::optional<int> month_of(std::string_view word) {
  return index_in(months, word.substr(0, std::min<std::size_t>(word.size(), 3)));
}

/// Seconds since midnight of `14:02` or `14:02:11`.
std::optional<int> clock_of(std::string_view word) {
  std::array<int, 3> parts{};
  std::size_t part = 0;
  while (true) {
    const std::size_t colon = word.find(':');
    const auto value = number(word.substr(0, colon), 2);
    if (!value || part == parts.size()) {
      return std::nullopt;
    }
    parts[part++] = *value;
    if (colon == std::string_view::npos) {
      break;
    }
    word.remove_prefix(colon + 1);
  }
  if (part < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) {
    return std::nullopt;
  }
  return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

/// Seconds east of Greenwich. An unknown name means UTC (RFC 5322, 4.3: "-0000").
int zone_of(std::string_view word) {
  if (word.size() == 5 && (word[0] == '+' || word[0] == '-')) {
    if (const auto value = number(word.substr(1), 4)) {
      const int seconds = *value / 100 * 3600 + *value % 100 * 60;
      return word[0] == '-' ? -seconds : seconds;
    }
  }
  constexpr std::array<std::pair<std::string_view, int>, 8> names{{{"edt", -4},
                                                                   {"est", -5},
                                                                   {"cdt", -5},
                                                                   {"cst", -6},
                                                                   {"mdt", -6},
                                                                   {"mst", -7},
                                                                   {"pdt", -7},
                                                                   {"pst", -8}}};
  const std::string lower = ascii_lower(word);
  for (const auto& [name, hours] : names) {
    if (lower == name) {
      return hours * 3600;
    }
  }
  return 0;
}

std::optional<int> year_of(std::string_view word) {
  const auto value = number(word, 4);
  if (!value || word.size() < 2) {
    return std::nullopt;
  }
  if (word.size() == 2) {
    return *value < 50 ? 2000 + *value : 1900 + *value;
  }
  return word.size() == 3 ? 1900 + *value : *value;
}

std::optional<std::int64_t> seconds_of(int year, int month, int day, int clock, int zone) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month) + 1U),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < 1970) {
    return std::nullopt;
  }
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 86400 + clock - zone;
}

}  // namespace

std::optional<std::int64_t> read_mail_date(std::string_view text) {
  if (text.size() > max_date_octets) {
    return std::nullopt;
  }
  Words words = words_of(text);
  if (!words.empty() && !number(words[0], 2)) {
    words.erase(words.begin());  // the day of the week, in whatever language
  }
  if (words.size() < 4) {
    return std::nullopt;
  }
  const auto day = number(words[0], 2);
  const auto month = month_of(words[1]);
  const auto year = year_of(words[2]);
  const auto clock = clock_of(words[3]);
  if (!day || !month || !year || !clock) {
    return std::nullopt;
  }
  return seconds_of(*year, *month, *day, *clock, words.size() > 4 ? zone_of(words[4]) : 0);
}

std::optional<FromLine> read_from_line(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > max_from_line_octets) {
    return std::nullopt;
  }
  Words words = words_of(line.substr(5));
  if (words.empty()) {
    return FromLine{true, std::nullopt};
  }
  // The sender is one word, or quoted and then perhaps several; the date begins with a weekday.
  std::size_t at = 0;
  const bool quoted = words[0].starts_with('"');
  while (at < words.size() && (quoted || at < 2) && !index_in(weekdays, words[at])) {
    ++at;
  }
  if (at + 4 >= words.size() || !index_in(weekdays, words[at])) {
    return std::nullopt;
  }
  const auto month = index_in(months, words[at + 1]);
  const auto day = number(words[at + 2], 2);
  const auto clock = clock_of(words[at + 3]);
  if (!month || !day || !clock) {
    return std::nullopt;
  }
  // `2023`, `2023 +0200`, `+0200 2023`, `CEST 2023`.
  for (std::size_t i = at + 4; i < words.size() && i < at + 6; ++i) {
    if (words[i].size() == 4 && number(words[i], 4)) {
      const bool zone_before = i == at + 5;
      const std::string_view zone = zone_before            ? words[at + 4]
                                    : i + 1 < words.size() ? words[i + 1]
                                                           : std::string_view();
      return FromLine{false, seconds_of(*number(words[i], 4), *month, *day, *clock, zone_of(zone))};
    }
  }
  return std::nullopt;
}

}  // namespace recipient_guard
