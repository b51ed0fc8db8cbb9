// SPDX-License-Identifier: MPL-2.0
// The kinds of slip that turn a name into a near one, and the one edit between two names.
//
// "Typed" is what stands in the message, "meant" the name that is known: a deletion is a character
// that the typed name lacks. All functions take names in lower case.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace recipient_guard {

/// Of a name in lower case: those of ASCII, which alone make numbers there.
constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// In the order in which a pair is named: the first kind that fits (docs/PROTOCOL).
enum class SlipKind {
  homoglyph,      ///< looks the same: other script, 0/o, rn/m ..
  digits,         ///< differs in digits only
  doubled,        ///< a letter of the meant name doubled
  undoubled,      ///< one of a doubled letter lost
  transposition,  ///< two neighbours swapped
  dot,            ///< a dot lost, gained or moved
  hyphen,         ///< a hyphen lost or gained
  deletion,       ///< a character left out
  insertion,      ///< a character too many
  substitution,   ///< a wrong character
  suffix,         ///< another whole suffix, or one glued on
  several,        ///< more than one of these
};

/// "transposition"
std::string_view name_of(SlipKind kind);

/// One edit (Damerau 1964: a character left out, put in, replaced, or swapped with its neighbour).
struct Edit {
  SlipKind kind = SlipKind::substitution;
  std::size_t position = 0;  ///< where it stands in the meant text, in characters
  char32_t typed = 0;        ///< the character typed there; 0 for a deletion
  char32_t meant = 0;        ///< the character meant there; 0 for an insertion
};

/// What two texts begin and end with alike, in characters; never overlapping in the shorter one.
struct CommonEnds {
  std::size_t prefix = 0;
  std::size_t suffix = 0;
};
template <typename Character>
CommonEnds common_ends(std::basic_string_view<Character> a, std::basic_string_view<Character> b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  CommonEnds ends;
  while (ends.prefix < shorter && a[ends.prefix] == b[ends.prefix]) {
    ++ends.prefix;
  }
  while (ends.suffix < shorter - ends.prefix &&
         a[a.size() - 1 - ends.suffix] == b[b.size() - 1 - ends.suffix]) {
    ++ends.suffix;
  }
  return ends;
}

/// The edit that makes `typed` of `meant`; nothing where they are equal or further apart. Kinds
/// from digits to substitution but dot moved or lost more than once, which no single edit makes.
std::optional<Edit> one_edit(std::u32string_view typed, std::u32string_view meant);

}  // namespace recipient_guard
