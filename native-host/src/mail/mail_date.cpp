// SPDX-License-Identifier: MPL-2.0
#include "mail/mail_date.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
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

/// `Jul 25 14:02:11 2023`, the year followed by a zone or behind one: `CEST 2023`. That of
/// asctime().
std::optional<FromLine> date_of_asctime(std::span<const std::string_view> words) {
  if (words.size() < 4) {
    return std::nullopt;
  }
  const auto month = index_in(months, words[0]);
  const auto day = number(words[1], 2);
  const auto clock = clock_of(words[2]);
  if (!month || !day || !clock) {
    return std::nullopt;
  }
  for (std::size_t i = 3; i < words.size() && i < 5; ++i) {
    if (words[i].size() == 4 && number(words[i], 4)) {
      const std::string_view zone = i == 4                 ? words[3]
                                    : i + 1 < words.size() ? words[i + 1]
                                                           : std::string_view();
      return FromLine{false, seconds_of(*number(words[i], 4), *month, *day, *clock, zone_of(zone))};
    }
  }
  return std::nullopt;
}

/// `+0200`, `CEST`
bool is_zone(std::string_view word) {
  const bool has_sign = word.size() == 5 && (word[0] == '+' || word[0] == '-');
  return has_sign ? number(word.substr(1), 4).has_value()
                  : word.size() <= 5 && std::all_of(word.begin(), word.end(),
                                                    [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `25 Jul 2023 14:02:11 +0200`: a date of RFC 5322, and nothing behind it.
std::optional<FromLine> date_of_rfc(std::span<const std::string_view> words) {
  if (words.size() < 4) {
    return std::nullopt;
  }
  const auto day = number(words[0], 2);
  const auto month = index_in(months, words[1]);
  const auto year = words[2].size() == 4 ? number(words[2], 4) : std::nullopt;
  const auto clock = clock_of(words[3]);
  const bool ends = words.size() == 4 || (words.size() == 5 && is_zone(words[4]));
  if (!day || !month || !year || !clock || !ends) {
    return std::nullopt;
  }
  const std::string_view zone = words.size() > 4 ? words[4] : std::string_view();
  return FromLine{false, seconds_of(*year, *month, *day, *clock, zone_of(zone))};
}

/// The words behind the sender: a weekday and a date of asctime() or RFC 5322; the latter alone
/// where there is a sender.
std::optional<FromLine> date_of_from_line(std::span<const std::string_view> words, bool sender) {
  if (words.empty()) {
    return std::nullopt;
  }
  if (!index_in(weekdays, words[0])) {
    return sender ? date_of_rfc(words) : std::nullopt;
  }
  const auto date = date_of_asctime(words.subspan(1));
  return date ? date : date_of_rfc(words.subspan(1));
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
  const Words words = words_of(line.substr(5));
  if (words.empty()) {
    return FromLine{true, std::nullopt};
  }
  // None, `-`, one word, `bob at navy.mil` of list archives, or quoted and then perhaps several.
  const bool quoted = words[0].starts_with('"');
  const bool spelt_out = words.size() > 2 && ascii_lower(words[1]) == "at";
  const std::size_t last = quoted ? words.size() - 1 : spelt_out ? 3 : 1;
  for (std::size_t at = spelt_out ? 3 : 0; at <= last; ++at) {
    const auto behind = std::span(words).subspan(std::min(at, words.size()));
    if (auto found = date_of_from_line(behind, at > 0)) {
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace recipient_guard
