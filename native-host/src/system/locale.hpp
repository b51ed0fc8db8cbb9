// SPDX-License-Identifier: MPL-2.0
// The person's locale.
#pragma once

#include <string>

namespace recipient_guard {

/// Of "LC_CTYPE", "LC_MESSAGES" .., as it is written: the first of LC_ALL, that category and LANG
/// that is set and not empty (POSIX, Base Definitions 8.2). Empty where none is.
std::string locale_of(const char* category);

}  // namespace recipient_guard
