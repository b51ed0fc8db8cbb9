// SPDX-License-Identifier: MPL-2.0
// recipient-guard explain: why these addresses get their verdict.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_explain(const std::vector<std::string>& arguments);

}  // namespace recipient_guard
