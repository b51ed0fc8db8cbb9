// SPDX-License-Identifier: MPL-2.0
// Which names `checks` in a policy may hold. The table itself stands in verdict, to whose right
// this room lies; whoever loads a policy hands it in.
#pragma once

#include <string_view>
#include <vector>

namespace recipient_guard {

struct CheckName {
  std::string_view code;                      ///< "visible-crowd"
  bool fixed = false;                         ///< its verdict is not the policy's to set
  std::vector<std::string_view> numbers;      ///< keys beside "verdict" with a whole number
  std::vector<std::string_view> entry_lists;  ///< keys beside "verdict" with entries
  std::string_view left_out = "off";          ///< the verdict that holds where the policy says none
};

using CheckVocabulary = std::vector<CheckName>;

}  // namespace recipient_guard
