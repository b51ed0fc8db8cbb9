// SPDX-License-Identifier: MPL-2.0
// Who belongs together, and who bears which name. Contacts stand here by number; whoever asks knows
// whose number it is.
//
// A message counts half after every half-life. Weights are held as of one fixed day, so that they
// add up without being touched: only their ratios, and their worth on the day they are asked for,
// mean anything.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/number_lists.hpp"

namespace recipient_guard {

/// What was learned of a group so long ago counts half. Swaps among named colleagues are found
/// alike with 90, 180 and 365 days.
inline constexpr std::int64_t group_half_life_days = 180;

/// The words of a name that tell people apart: letters alone, lower case, two or more of them,
/// single initials left out; sorted, each once.
std::vector<std::string> words_of_name(std::string_view name);

class Company {
 public:
  using Number = NumberLists::Number;
  static constexpr std::size_t most_of_a_name = 64;

  /// A message of `weight` at `time` (Unix seconds) went to all of `members`.
  void add(std::span<const Number> members, double weight, std::int64_t time);
  /// The group `id` of a store stands at `weight` as of `time`: what is more than before is added.
  void put(std::int64_t id, std::span<const Number> members, double weight, std::int64_t time);
  /// Messages to both, decayed to `time`.
  double together(Number a, Number b, std::int64_t time) const;

  /// `name` was shown beside the contact, or is its local part.
  void name(Number contact, std::string_view name);
  /// Those who bear this word in any name; the first ones learned.
  std::vector<Number> bearers(std::string_view word) const;
  bool has_bearers(std::string_view word) const { return by_word_.contains(word); }
  bool has_any_bearers() const { return !by_word_.empty(); }

 private:
  void add_scaled(std::span<const Number> members, double scaled);

  boost::unordered_flat_map<std::uint64_t, double> pairs_;
  boost::unordered_flat_map<std::int64_t, double> groups_;  // of a store: what was added of each
  NumberLists by_word_;
};

}  // namespace recipient_guard
