// SPDX-License-Identifier: MPL-2.0
// The kinds of slip that turn a name into a near one.
#pragma once

#include <string_view>

namespace recipient_guard {

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

}  // namespace recipient_guard
