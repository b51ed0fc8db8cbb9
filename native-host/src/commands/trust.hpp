// SPDX-License-Identifier: MPL-2.0
// recipient-guard trust: whom the user trusts, from the command line.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_trust(const std::vector<std::string>& arguments);

}  // namespace recipient_guard
