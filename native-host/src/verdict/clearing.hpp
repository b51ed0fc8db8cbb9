// SPDX-License-Identifier: MPL-2.0
// The one place that applies what clears a finding ("cleared by", docs/PROTOCOL).
#pragma once

#include <string>
#include <string_view>

#include "verdict/checks/checks.hpp"

namespace recipient_guard {

/// "A", "D", "T", "K" or "S": the first that clears `found`; empty where nothing does.
std::string_view cleared_by(const Found& found, const RecipientFacts& facts);

/// What a settled question is about: the domain for a domain's finding, else the address in the form
/// in which all its spellings are equal, or the list or group by what is shown. `address` and `shown`
/// are those of a RecipientJudgement. People::settle() takes it.
std::string settled_subject(Reason reason, std::string_view address, std::string_view shown);

}  // namespace recipient_guard
