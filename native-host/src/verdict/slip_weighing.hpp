// SPDX-License-Identifier: MPL-2.0
// The two factors of the noisy channel, as terms of a candidate's score (verdict/weights.hpp).
#pragma once

#include "lookalike/domain_slip.hpp"
#include "verdict/facts.hpp"

namespace recipient_guard {

/// How likely is this slip, and how likely are two right names to differ so? `shape` is of
/// `candidate.slip`, `keyboards` are the person's.
void weigh_slip(Candidate& candidate, const SlipShape& shape, KeyboardLayouts keyboards);

/// What speaks for the name that may have been meant, and what for the one that was typed.
void weigh_sides(Candidate& candidate, const RecipientFacts& facts);

}  // namespace recipient_guard
