// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_asked_by_organisation(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::asked_by_organisation, facts.policy());
  if (!verdict) {
    return std::nullopt;
  }
  const auto rule = facts.named_in(facts.policy().ask);
  return rule ? std::optional(certain_finding(Reason::asked_by_organisation, *verdict,
                                              facts.policy().shown(rule->source)))
              : std::nullopt;
}

}  // namespace recipient_guard
