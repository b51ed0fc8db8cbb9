// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_confusable_suffix(const RecipientFacts& facts) {
  if (facts.other_ending.empty()) {
    return std::nullopt;
  }
  // A pair in the policy outranks what `checks` says of the code.
  const ConfusablePair* const pair = facts.other_ending.front().pair;
  const auto general = verdict_for(Reason::confusable_suffix, facts.policy());
  const auto verdict = pair != nullptr && pair->verdict ? verdict_of(*pair->verdict) : general;
  if (!verdict) {
    return std::nullopt;
  }
  return weighed_finding(Reason::confusable_suffix, *verdict, facts.other_ending, facts.policy());
}

}  // namespace recipient_guard
