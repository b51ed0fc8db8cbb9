// SPDX-License-Identifier: MPL-2.0
#include "address/bidi_rule.hpp"

#include <unicode/uchar.h>

#include <initializer_list>
#include <vector>

#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

using Directions = std::vector<UCharDirection>;

bool is_one_of(UCharDirection direction, std::initializer_list<UCharDirection> set) {
  for (const UCharDirection one : set) {
    if (direction == one) {
      return true;
    }
  }
  return false;
}

bool has(const Directions& label, UCharDirection wanted) {
  for (const UCharDirection direction : label) {
    if (direction == wanted) {
      return true;
    }
  }
  return false;
}

// The last character that is no mark upon another.
UCharDirection end_of(const Directions& label) {
  std::size_t end = label.size();
  while (end > 1 && label[end - 1] == U_DIR_NON_SPACING_MARK) {
    --end;
  }
  return label[end - 1];
}

// Conditions 1 to 6 of RFC 5893, 2.
bool keeps(const Directions& label) {
  if (label.empty()) {
    return true;
  }
  const bool leftward = is_one_of(label.front(), {U_RIGHT_TO_LEFT, U_RIGHT_TO_LEFT_ARABIC});
  if (!leftward && label.front() != U_LEFT_TO_RIGHT) {
    return false;
  }
  for (const UCharDirection direction : label) {
    const bool neutral =
        is_one_of(direction, {U_EUROPEAN_NUMBER, U_EUROPEAN_NUMBER_SEPARATOR,
                              U_COMMON_NUMBER_SEPARATOR, U_EUROPEAN_NUMBER_TERMINATOR,
                              U_OTHER_NEUTRAL, U_BOUNDARY_NEUTRAL, U_DIR_NON_SPACING_MARK});
    const bool own =
        leftward ? is_one_of(direction, {U_RIGHT_TO_LEFT, U_RIGHT_TO_LEFT_ARABIC, U_ARABIC_NUMBER})
                 : direction == U_LEFT_TO_RIGHT;
    if (!neutral && !own) {
      return false;
    }
  }
  if (!leftward) {
    return is_one_of(end_of(label), {U_LEFT_TO_RIGHT, U_EUROPEAN_NUMBER});
  }
  const bool both_numbers = has(label, U_EUROPEAN_NUMBER) && has(label, U_ARABIC_NUMBER);
  return !both_numbers && is_one_of(end_of(label), {U_RIGHT_TO_LEFT, U_RIGHT_TO_LEFT_ARABIC,
                                                    U_EUROPEAN_NUMBER, U_ARABIC_NUMBER});
}

}  // namespace

bool keeps_bidi_rule(std::string_view unicode) {
  std::vector<Directions> labels(1);
  bool leftward_name = false;
  for (std::size_t at = 0; at < unicode.size();) {
    const CodePoint point = code_point_at(unicode, at);
    at += point.length;
    if (point.value == U'.') {
      labels.emplace_back();
      continue;
    }
    const UCharDirection direction = u_charDirection(static_cast<UChar32>(point.value));
    labels.back().push_back(direction);
    leftward_name = leftward_name || is_one_of(direction, {U_RIGHT_TO_LEFT, U_RIGHT_TO_LEFT_ARABIC,
                                                           U_ARABIC_NUMBER});
  }
  if (!leftward_name) {
    return true;
  }
  for (const Directions& label : labels) {
    if (!keeps(label)) {
      return false;
    }
  }
  return true;
}

}  // namespace recipient_guard
