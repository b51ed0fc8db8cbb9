// SPDX-License-Identifier: MPL-2.0
// Counts as people write them, the noun with them: "1 line", "2 lines".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace recipient_guard {

inline std::string count_text(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace recipient_guard
