// SPDX-License-Identifier: MPL-2.0
// A finding in plain English, one sentence for a person on a terminal. The extension has sentences
// of its own in the user's language.
#pragma once

#include <string>

#include "verdict/judgement.hpp"

namespace recipient_guard {

/// "navy.ml ends in .ml (Mali); bob@navy.mil was probably meant". No full stop, no line end. May
/// hold what the recipient's `shown` holds: the caller escapes it for its output.
std::string describe(const Finding& finding, const RecipientJudgement& recipient);

/// The same for a finding about the message as a whole.
std::string describe(const Finding& finding);

}  // namespace recipient_guard
