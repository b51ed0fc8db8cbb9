// SPDX-License-Identifier: MPL-2.0
// The one place that applies what clears a finding ("cleared by", docs/PROTOCOL).
#pragma once

#include <string_view>

#include "verdict/checks/checks.hpp"

namespace recipient_guard {

/// "A", "D", "T", "K" or "S": the first that clears `found`; empty where nothing does.
std::string_view cleared_by(const Found& found, const RecipientFacts& facts);

}  // namespace recipient_guard
