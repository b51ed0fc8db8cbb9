// SPDX-License-Identifier: MPL-2.0
// What the organisation lets the user trust.
#pragma once

#include <optional>
#include <string>

#include "organisation/policy.hpp"
#include "people/facts.hpp"

namespace recipient_guard {

/// The entry of the organisation that blocks what `entry` names; nothing where none does.
std::optional<ListedRule> blocking_rule(const TrustEntry& entry, const Policy& policy);

/// Does trust in `entry` hold, as personal_trust and block entries now stand?
bool trust_in_force(const TrustEntry& entry, const Policy& policy);

/// Why `entry` may not be trusted, naming document and line where one says so; nothing where it
/// may.
std::optional<std::string> why_not_trusted(const TrustEntry& entry, const Policy& policy);

}  // namespace recipient_guard
