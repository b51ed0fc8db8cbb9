// SPDX-License-Identifier: MPL-2.0
// The slip between two local parts at one domain, and what of its shape tells a slip from two
// people: initials, numbers, tags, plurals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lookalike/keyboards.hpp"
#include "lookalike/slip.hpp"

namespace recipient_guard {

struct LocalPartSlip {
  SlipKind kind = SlipKind::substitution;
  std::size_t length = 0;             ///< letters and digits of the meant local part
  KeyboardLayouts neighbouring_keys;  ///< of a substitution: where the keys lie side by side
  bool first_character = false;
  bool separator = false;  ///< dot, hyphen or underscore against another or none
  /// The letters are the same, and both are written as people write them: no separator stands in
  /// front, at the end, or beside another.
  bool other_separator = false;
  bool number = false;      ///< a number in both that differs: no slip
  bool initial = false;     ///< a differing, lost or gained single-letter part: no slip
  bool tag = false;         ///< behind a plus sign: no slip
  bool stray_mark = false;  ///< an apostrophe or the like came along before or behind it
  bool plural = false;      ///< an s at the end more or less
  std::string typed_part;   ///< the part between separators that differs
  std::string meant_part;

  bool says_nothing() const { return number || initial || tag; }
};

/// Both in ASCII lower case, UTF-8. Nothing where they are equal or more than one slip apart: one
/// edit, or a pair of look-alikes (0/o, 1/l, rn/m, vv/w, cl/d; letters of another script).
std::optional<LocalPartSlip> local_part_slip(std::string_view typed, std::string_view meant);

/// Pairs that look alike and are of unlike length: rn and m.
struct LookalikePair {
  std::string_view longer;
  char shorter;
};
inline constexpr LookalikePair lookalike_pairs[] = {{"rn", 'm'}, {"vv", 'w'}, {"cl", 'd'}};

}  // namespace recipient_guard
