// SPDX-License-Identifier: MPL-2.0
// recipient-guard policy lint|show: a policy looked over, and told value by value.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_policy(const std::vector<std::string>& arguments);

}  // namespace recipient_guard
