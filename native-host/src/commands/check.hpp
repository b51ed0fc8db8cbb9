// SPDX-License-Identifier: MPL-2.0
// recipient-guard check: what Send would say of these addresses.
#pragma once

#include <string>
#include <vector>

#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

int run_check(const std::vector<std::string>& arguments);

/// A message to these addresses, each in To, now.
Message message_to(const std::vector<std::string>& addresses, const std::string& from);

/// 0, 1 or 2: what was said, or in watch mode what would have been.
int exit_status_of(const Judgement& judgement);

}  // namespace recipient_guard
