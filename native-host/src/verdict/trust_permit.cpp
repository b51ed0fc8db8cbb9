// SPDX-License-Identifier: MPL-2.0
#include "verdict/trust_permit.hpp"

#include <variant>

namespace recipient_guard {
namespace {

bool is_domain(const TrustEntry& entry) {
  return std::holds_alternative<DomainName>(entry.of);
}

bool kind_is_permitted(const TrustEntry& entry, const Policy& policy) {
  return policy.personal_trust == PersonalTrust::domains ||
         (policy.personal_trust == PersonalTrust::addresses && !is_domain(entry));
}

std::string said_at(const std::string& rule) {
  return rule.empty() ? std::string() : " (" + rule + ")";
}

}  // namespace

std::optional<ListedRule> blocking_rule(const TrustEntry& entry, const Policy& policy) {
  auto rule = std::visit([&](const auto& of) { return policy.rules.covering(of); }, entry.of);
  return rule && rule->kind == RuleKind::block ? rule : std::nullopt;
}

bool trust_in_force(const TrustEntry& entry, const Policy& policy) {
  return kind_is_permitted(entry, policy) && !blocking_rule(entry, policy);
}

std::optional<std::string> why_not_trusted(const TrustEntry& entry, const Policy& policy) {
  const std::string place = said_at(policy.shown(std::string_view("personal_trust")));
  if (policy.personal_trust == PersonalTrust::none) {
    return entry.text() + ": the policy lets nobody add trusted contacts" + place;
  }
  if (!kind_is_permitted(entry, policy)) {
    return entry.text() + ": the policy lets single addresses be trusted, no whole domains" + place;
  }
  if (const auto rule = blocking_rule(entry, policy)) {
    return entry.text() + ": is blocked by the organisation" + said_at(policy.shown(rule->source));
  }
  return std::nullopt;
}

}  // namespace recipient_guard
