// SPDX-License-Identifier: MPL-2.0
// recipient-guard history: what is kept of sent mail, and learning from files of it.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_history(const std::vector<std::string>& arguments);

}  // namespace recipient_guard
