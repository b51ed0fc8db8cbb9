// SPDX-License-Identifier: MPL-2.0
#include "organisation/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "address/characters.hpp"

namespace recipient_guard {
namespace {

/// Case, hyphens and underscores are what people get wrong without mistyping.
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '-' || c == '_' || c == ' ') {
      result += '_';
    } else {
      result += ascii_lower(c);
    }
  }
  return result;
}

/// Optimal string alignment distance, in three rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_of(std::string_view typed,
                                           const std::vector<std::string_view>& known) {
  constexpr std::size_t longest = 64;
  if (typed.empty() || typed.size() > longest) {
    return std::nullopt;
  }
  const std::string plain_typed = plain(typed);
  std::optional<std::string_view> nearest;
  std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t edits = distance(plain_typed, plain(candidate));
    if (edits < least) {
      least = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace recipient_guard
