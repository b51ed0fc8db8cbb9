// SPDX-License-Identifier: MPL-2.0
#include "address/characters.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

/// RFC 5536, 3.2.6: "poster" asks for answers by mail, and is no group.
bool is_group(const Recipient& recipient) {
  if (!recipient.text || trim_spaces(*recipient.text).empty()) {
    return false;
  }
  return recipient.field == Field::newsgroup ||
         (recipient.field == Field::followup_to &&
          ascii_lower(trim_spaces(*recipient.text)) != "poster");
}

}  // namespace

std::optional<Found> check_posting(const RecipientFacts& facts) {
  const Policy& policy = facts.policy();
  const auto verdict = verdict_for(Reason::posting, policy);
  if (!verdict) {
    return std::nullopt;
  }
  if (is_group(facts.recipient)) {
    return certain_finding(Reason::posting, *verdict);
  }
  const auto set = policy.checks.find(name_of(Reason::posting));
  if (set == policy.checks.end()) {
    return std::nullopt;
  }
  const auto lists = set->second.entries.find("lists");
  const auto named =
      lists == set->second.entries.end() ? std::nullopt : facts.named_in(lists->second);
  return named ? std::optional(
                     certain_finding(Reason::posting, *verdict, policy.shown(named->source)))
               : std::nullopt;
}

}  // namespace recipient_guard
