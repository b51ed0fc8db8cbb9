// SPDX-License-Identifier: MPL-2.0
#include "system/locale.hpp"

#include <cstdlib>

namespace recipient_guard {

std::string locale_of(const char* category) {
  for (const char* name : {"LC_ALL", category, "LANG"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return value;
    }
  }
  return {};
}

}  // namespace recipient_guard
