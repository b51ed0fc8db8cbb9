// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Verdict> verdict_on_strangers(const Policy& policy) {
  return verdict_for(Reason::not_on_allowlist, policy, verdict_of(policy.strangers));
}

std::optional<Found> check_not_on_allowlist(const RecipientFacts& facts) {
  const Policy& policy = facts.policy();
  const auto verdict = verdict_on_strangers(policy);
  // Whom a block entry names is no stranger: that finding says more.
  if (!verdict || facts.read == nullptr || facts.standing.blocked()) {
    return std::nullopt;
  }
  const CheckSetting* const set = verdict_setting(Reason::not_on_allowlist, policy);
  return certain_finding(Reason::not_on_allowlist, *verdict,
                         set != nullptr ? policy.shown(set->source) : policy.shown("strangers"));
}

}  // namespace recipient_guard
