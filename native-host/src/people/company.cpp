// SPDX-License-Identifier: MPL-2.0
#include "people/company.hpp"

#include <algorithm>
#include <cmath>

#include "address/characters.hpp"
#include "document/time_text.hpp"

namespace recipient_guard {
namespace {

constexpr std::int64_t fixed_day = 18'262 * seconds_a_day;  // 2020-01-01

/// More, some 250 years, would leave what a double holds: a message may bear any date.
constexpr double most_halvings = 500;

double halvings(std::int64_t time) {
  return std::clamp(static_cast<double>(time - fixed_day) /
                        static_cast<double>(group_half_life_days * seconds_a_day),
                    -most_halvings, most_halvings);
}

std::uint64_t pair_of(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint64_t>(std::min(a, b)) << 32U | std::max(a, b);
}

/// A first and a family name, and one between.
constexpr std::size_t usual_words = 3;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view name) {
  const std::string lower = simple_lower(name);
  std::vector<std::string> words;
  words.reserve(usual_words);
  for (auto begin = lower.begin(); begin != lower.end();) {
    const auto end = std::find_if_not(begin, lower.end(), is_letter);
    if (end - begin > 1) {
      words.emplace_back(begin, end);
    }
    begin = std::find_if(end, lower.end(), is_letter);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

void Company::add_scaled(std::span<const Number> members, double scaled) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      pairs_[pair_of(members[i], members[j])] += scaled;
    }
  }
}

void Company::add(std::span<const Number> members, double weight, std::int64_t time) {
  add_scaled(members, weight * std::exp2(halvings(time)));
}

void Company::put(std::int64_t id, std::span<const Number> members, double weight,
                  std::int64_t time) {
  const double scaled = weight * std::exp2(halvings(time));
  double& held = groups_[id];
  add_scaled(members, scaled - held);
  held = scaled;
}

double Company::together(Number a, Number b, std::int64_t time) const {
  const auto at = pairs_.find(pair_of(a, b));
  return at == pairs_.end() ? 0 : at->second * std::exp2(-halvings(time));
}

void Company::name(Number contact, std::string_view name) {
  for (const std::string& word : words_of_name(name)) {
    by_word_.add(word, contact, most_of_a_name);
  }
}

std::vector<Company::Number> Company::bearers(std::string_view word) const {
  std::vector<Number> found;
  static_cast<void>(by_word_.find(word, [&](Number contact) {
    found.push_back(contact);
    return false;
  }));
  return found;
}

}  // namespace recipient_guard
