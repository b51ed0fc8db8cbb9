// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_lookalike_domain(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::lookalike_domain, facts.policy());
  if (!verdict) {
    return std::nullopt;
  }
  return weighed_finding(Reason::lookalike_domain, *verdict, facts.near, facts.policy());
}

}  // namespace recipient_guard
