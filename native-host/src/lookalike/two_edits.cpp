// SPDX-License-Identifier: MPL-2.0
#include "lookalike/two_edits.hpp"

#include <algorithm>

namespace recipient_guard {
namespace {

constexpr std::size_t most = 2;

/// At most so many edits make one text of the other. What both begin with alike costs nothing in
/// the best way, so only the places where they part are tried: where nothing fits that is soon
/// over, and a table of distances would be filled to its end for names of any length.
bool within(std::string_view a, std::string_view b, std::size_t edits) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (std::max(a.size(), b.size()) - shorter > edits) {
    return false;
  }
  const auto parting =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin());
  const auto same = static_cast<std::size_t>(parting.first - a.begin());
  a.remove_prefix(same);
  b.remove_prefix(same);
  if (a.empty() || b.empty()) {
    return true;  // what is left of the longer one is not more than `edits`
  }
  if (edits == 0) {
    return false;
  }
  const bool swapped = a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0];
  return within(a.substr(1), b.substr(1), edits - 1) || within(a.substr(1), b, edits - 1) ||
         within(a, b.substr(1), edits - 1) ||
         (swapped && within(a.substr(2), b.substr(2), edits - 1));
}

/// Letters fall into 26 places, everything else into six more.
unsigned place_of(char c) {
  constexpr unsigned others = 6;
  const auto octet = static_cast<unsigned char>(c);
  return c >= 'a' && c <= 'z' ? static_cast<unsigned>(c - 'a') : 26U + octet % others;
}

/// An edit takes at most one letter away and brings one: of all letters at most four bits differ.
bool differ_little(std::uint64_t bits) {
  for (std::size_t left = 2 * most; bits != 0; --left) {
    if (left == 0) {
      return false;
    }
    bits &= bits - 1;  // the lowest goes
  }
  return true;
}

}  // namespace

bool is_within_two_edits(std::string_view typed, std::string_view meant) {
  return within(typed, meant, most);
}

bool is_two_edits(std::string_view typed, std::string_view meant) {
  return is_within_two_edits(typed, meant) && !within(typed, meant, most - 1);
}

std::uint64_t TwoEditNames::letters_of(std::string_view name) {
  std::uint64_t once = 0;
  std::uint64_t more = 0;
  for (const char c : name) {
    const std::uint64_t bit = std::uint64_t{1} << place_of(c);
    more |= once & bit;
    once |= bit;
  }
  return once | more << 32U;
}

void TwoEditNames::add(std::string_view name, std::size_t registered_label, std::uint32_t index) {
  if (added_ > most_names) {
    return;
  }
  if (++added_ > most_names) {
    texts_ = {};
    by_size_ = {};
    return;
  }
  if (registered_label >= shortest_name) {
    if (by_size_.size() <= name.size()) {
      by_size_.resize(name.size() + 1);
    }
    by_size_[name.size()].push_back(
        {letters_of(name), static_cast<std::uint32_t>(texts_.size()), index});
    texts_ += name;
  }
}

std::vector<std::uint32_t> TwoEditNames::near(std::string_view typed) const {
  const std::uint64_t letters = letters_of(typed);
  std::vector<std::uint32_t> found;
  const std::size_t least = std::max(typed.size(), most) - most;
  for (std::size_t size = least; size < by_size_.size() && size <= typed.size() + most; ++size) {
    for (const Row& row : by_size_[size]) {
      if (differ_little(row.letters ^ letters) &&
          is_two_edits(typed, std::string_view(texts_).substr(row.begin, size))) {
        found.push_back(row.index);
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace recipient_guard
