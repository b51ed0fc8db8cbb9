// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_keys.hpp"

#include <algorithm>

namespace recipient_guard {
namespace {

constexpr std::uint64_t base = 0x9e3779b97f4a7c15;

/// A polynomial in `base`, so that the hash of a name without its n-th character comes from the
/// hashes of what stands before and behind it.
std::uint64_t polynomial(std::u32string_view text) {
  std::uint64_t sum = 0;
  for (const char32_t c : text) {
    sum = sum * base + c + 1;
  }
  return sum;
}

/// Spreads the polynomial over all bits (the finaliser of MurmurHash3).
constexpr std::uint64_t mixed(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccd;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53;
  h ^= h >> 33;
  return h;
}

void add_shortened(std::u32string_view name, std::size_t positions,
                   std::vector<std::uint64_t>& keys) {
  // From right to left, so that the hash of the part behind and its power grow as we go.
  std::vector<std::uint64_t> before(name.size() + 1, 0);
  for (std::size_t i = 0; i < name.size(); ++i) {
    before[i + 1] = before[i] * base + name[i] + 1;
  }
  std::uint64_t behind = 0;
  std::uint64_t power = 1;
  for (std::size_t i = name.size(); i-- > 0;) {
    const bool same_as_next = i + 1 < name.size() && name[i + 1] == name[i];
    if (i < positions && !same_as_next) {
      keys.push_back(mixed(before[i] * power + behind));
    }
    behind += (name[i] + 1) * power;
    power *= base;
  }
}

void add_whole_forms(std::u32string_view name, std::u32string_view skeleton,
                     std::vector<std::uint64_t>& keys) {
  keys.push_back(mixed(polynomial(name)));
  if (skeleton != name) {
    keys.push_back(mixed(polynomial(skeleton)));
  }
  const std::size_t last_dot = name.rfind(U'.');
  if (last_dot != std::u32string_view::npos) {
    keys.push_back(mixed(polynomial(name.substr(0, last_dot + 1))));
  }
  const auto dots = std::count(name.begin(), name.end(), U'.');
  const auto hyphens = std::count(name.begin(), name.end(), U'-');
  if (dots != 1 || hyphens != 0) {  // with one dot alone a shortened form is without marks
    std::uint64_t sum = 0;
    for (const char32_t c : name) {
      sum = c == U'.' || c == U'-' ? sum : sum * base + c + 1;
    }
    keys.push_back(mixed(sum));
  }
}

}  // namespace

std::uint64_t key_of(std::u32string_view name) {
  return mixed(polynomial(name));
}

void keys_of_listed(std::u32string_view name, std::u32string_view skeleton,
                    std::vector<std::uint64_t>& keys) {
  add_whole_forms(name, skeleton, keys);
  const std::size_t last_dot = name.rfind(U'.');
  add_shortened(name, last_dot == std::u32string_view::npos ? name.size() : last_dot + 1, keys);
}

void keys_of_typed(std::u32string_view name, std::u32string_view skeleton,
                   std::vector<std::uint64_t>& keys) {
  keys.clear();
  add_whole_forms(name, skeleton, keys);
  add_shortened(name, name.size(), keys);
  // A dot typed for a character of the last label moves the stem's end: navy.m.l.
  const std::size_t last_dot = name.rfind(U'.');
  if (last_dot != std::u32string_view::npos && last_dot > 0) {
    const std::size_t dot_before = name.rfind(U'.', last_dot - 1);
    if (dot_before != std::u32string_view::npos) {
      keys.push_back(mixed(polynomial(name.substr(0, dot_before + 1))));
    }
  }
}

}  // namespace recipient_guard
