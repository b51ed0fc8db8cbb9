// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_unusual_address(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::unusual_address, facts.policy());
  const bool is_unusual = facts.read != nullptr && (facts.read->local_part_beyond_ascii ||
                                                    facts.read->misplaced_dots);
  return verdict && is_unusual
             ? std::optional(certain_finding(Reason::unusual_address, *verdict))
             : std::nullopt;
}

}  // namespace recipient_guard
