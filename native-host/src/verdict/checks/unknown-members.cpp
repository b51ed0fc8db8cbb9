// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_unknown_members(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::unknown_members, facts.policy());
  const bool is_list = facts.recipient.list && !facts.recipient.text;
  return verdict && is_list ? std::optional(certain_finding(Reason::unknown_members, *verdict))
                            : std::nullopt;
}

}  // namespace recipient_guard
