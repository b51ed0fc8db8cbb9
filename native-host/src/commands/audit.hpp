// SPDX-License-Identifier: MPL-2.0
// `recipient-guard audit list|verify|export`.
#pragma once

#include <string>
#include <vector>

namespace recipient_guard {

int run_audit(const std::vector<std::string>& given);

}  // namespace recipient_guard
