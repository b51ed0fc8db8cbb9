// SPDX-License-Identifier: MPL-2.0
// People at the typed domain whose local part is one slip away, each weighed.
#pragma once

#include <vector>

#include "verdict/facts.hpp"

namespace recipient_guard {

/// Those known, trusted or listed by address, the likeliest first. Precondition: facts.read.
std::vector<Candidate> near_people(const RecipientFacts& facts);

}  // namespace recipient_guard
