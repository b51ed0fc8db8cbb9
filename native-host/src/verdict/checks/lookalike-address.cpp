// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_lookalike_address(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::lookalike_address, facts.policy());
  if (!verdict || facts.read == nullptr) {
    return std::nullopt;
  }
  auto found =
      weighed_finding(Reason::lookalike_address, *verdict, facts.near_people, facts.policy());
  if (found) {
    // The domains are equal: what it comes near is the whole address.
    found->finding.near = found->candidates.front().meant.text();
  }
  return found;
}

}  // namespace recipient_guard
