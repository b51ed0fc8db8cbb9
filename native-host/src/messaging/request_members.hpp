// SPDX-License-Identifier: MPL-2.0
// Members that several requests have. What is wrong with them goes to the complaints of `fields`.
#pragma once

#include <string>
#include <string_view>

#include "messaging/fields.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// Of a check.
std::string needed_key(const Fields& fields, std::string_view name);

/// How a message left: now or later.
std::string_view read_mode(const Fields& fields);

Message needed_message(const Fields& fields, Complaints& complaints);

}  // namespace recipient_guard
