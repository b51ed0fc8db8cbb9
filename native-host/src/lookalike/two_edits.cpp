// SPDX-License-Identifier: MPL-2.0
#include "lookalike/two_edits.hpp"

#include <algorithm>
#include <array>

#include "lookalike/slip.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t most = 2;

/// The distance, or something above `most`. Only cells at most `most` beside the diagonal count.
std::size_t edits_between(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 253;  // octets of a domain name (RFC 1035)
  constexpr std::size_t far = most + 1;
  if (a.size() > longest || b.size() > longest) {
    return far;
  }
  using Row = std::array<std::uint8_t, longest + 2>;
  Row two_before{};
  Row before{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) {
    before[j] = static_cast<std::uint8_t>(std::min(j, far));
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > most ? i - most : 1;
    const std::size_t to = std::min(b.size(), i + most);
    row[from - 1] = static_cast<std::uint8_t>(from == 1 ? std::min(i, far) : far);
    row[to + 1] = far;
    for (std::size_t j = from; j <= to; ++j) {
      std::size_t least = before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      least = std::min<std::size_t>({least, row[j - 1] + 1U, before[j] + 1U});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        least = std::min<std::size_t>(least, two_before[j - 2] + 1U);
      }
      row[j] = static_cast<std::uint8_t>(std::min(least, far));
    }
    two_before = before;
    before = row;
  }
  return before[b.size()];
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

bool is_two_edits(std::string_view typed, std::string_view meant) {
  const std::size_t shorter = std::min(typed.size(), meant.size());
  if (std::max(typed.size(), meant.size()) - shorter > most) {
    return false;
  }
  const auto [prefix, suffix] = common_ends(typed, meant);
  return edits_between(typed.substr(prefix, typed.size() - prefix - suffix),
                       meant.substr(prefix, meant.size() - prefix - suffix)) == most;
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
  ++added_;
  if (added_ > most_names) {
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
