// SPDX-License-Identifier: MPL-2.0
// recipient-guard doctor: everything that can be wrong, a line each.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_doctor(const std::vector<std::string>& arguments);

}  // namespace recipient_guard
