// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_blocked_by_organisation(const RecipientFacts& facts) {
  const std::optional<ListedRule>& rule =
      facts.unreadable != nullptr ? facts.verbatim_rule : facts.standing.rule;
  if (!rule || rule->kind != RuleKind::block) {
    return std::nullopt;
  }
  return certain_finding(Reason::blocked_by_organisation, Verdict::block,
                         facts.policy().shown(rule->source));
}

}  // namespace recipient_guard
