// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_not_on_allowlist(const RecipientFacts& facts) {
  const Policy& policy = facts.policy();
  const auto strangers = verdict_of(policy.strangers);
  // Whom a block entry names is no stranger: that finding says more.
  if (!strangers || facts.read == nullptr || facts.standing.blocked()) {
    return std::nullopt;
  }
  // `strangers` decides; `checks` may still set the code apart, off included.
  const auto set = policy.checks.find(name_of(Reason::not_on_allowlist));
  const bool is_set = set != policy.checks.end() && set->second.verdict;
  const auto verdict = is_set ? verdict_of(*set->second.verdict) : strangers;
  return verdict ? std::optional(certain_finding(Reason::not_on_allowlist, *verdict,
                                                 policy.shown("strangers")))
                 : std::nullopt;
}

}  // namespace recipient_guard
