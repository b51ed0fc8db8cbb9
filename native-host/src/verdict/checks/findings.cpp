// SPDX-License-Identifier: MPL-2.0
// What the checks have in common, and the table of them.
#include <array>

#include "verdict/checks/checks.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

constexpr bool also_in_reply_to = true;
constexpr bool not_in_reply_to = false;

constexpr std::array checks = std::to_array<CheckRow>({
    {Reason::unreadable_address, check_unreadable_address, also_in_reply_to},
    {Reason::blocked_by_organisation, check_blocked_by_organisation, also_in_reply_to},
    {Reason::asked_by_organisation, check_asked_by_organisation, not_in_reply_to},
    {Reason::not_on_allowlist, check_not_on_allowlist, not_in_reply_to},
    {Reason::confusable_suffix, check_confusable_suffix, also_in_reply_to},
    {Reason::homoglyph_domain, check_homoglyph_domain, also_in_reply_to},
    {Reason::lookalike_domain, check_lookalike_domain, also_in_reply_to},
    {Reason::lookalike_address, check_lookalike_address, also_in_reply_to},
    {Reason::known_elsewhere, check_known_elsewhere, not_in_reply_to},
    {Reason::misleading_name, check_misleading_name, also_in_reply_to},
    {Reason::unusual_address, check_unusual_address, also_in_reply_to},
    {Reason::no_such_suffix, check_no_such_suffix, also_in_reply_to},
    {Reason::unknown_members, check_unknown_members, not_in_reply_to},
    {Reason::odd_one_out, check_odd_one_out, not_in_reply_to},
    {Reason::new_in_reply, check_new_in_reply, not_in_reply_to},
    {Reason::reply_diverted, check_reply_diverted, not_in_reply_to},
    {Reason::posting, check_posting, not_in_reply_to},
});

std::string rule_of(const Candidate& candidate, const Policy& policy) {
  if (candidate.pair != nullptr) {
    return candidate.pair->source ? policy.shown(*candidate.pair->source) : std::string();
  }
  if (candidate.standing.allowed()) {
    return policy.shown(candidate.standing.rule->source);
  }
  return candidate.standing.protect ? policy.shown(candidate.standing.protect->source)
                                    : std::string();
}

}  // namespace

std::span<const CheckRow> recipient_checks() {
  return checks;
}

std::optional<Verdict> verdict_of(PolicyVerdict verdict) {
  switch (verdict) {
    case PolicyVerdict::warn:
      return Verdict::warn;
    case PolicyVerdict::block:
      return Verdict::block;
    case PolicyVerdict::off:
    case PolicyVerdict::allow:
      break;
  }
  return std::nullopt;
}

const CheckSetting* verdict_setting(Reason reason, const Policy& policy) {
  if (policy.checks.empty()) {
    return nullptr;
  }
  const ReasonTraits& traits = traits_of(reason);
  const auto set = policy.checks.find(traits.name);
  const bool sets = !traits.fixed && set != policy.checks.end() && set->second.verdict;
  return sets ? &set->second : nullptr;
}

std::optional<Verdict> verdict_for(Reason reason, const Policy& policy) {
  return verdict_for(reason, policy, traits_of(reason).default_verdict);
}

std::optional<Verdict> verdict_for(Reason reason, const Policy& policy,
                                   std::optional<Verdict> by_default) {
  const CheckSetting* const set = verdict_setting(reason, policy);
  return set != nullptr ? verdict_of(*set->verdict) : by_default;
}

Found certain_finding(Reason reason, Verdict verdict, std::string rule) {
  Found found;
  found.finding.reason = reason;
  found.finding.verdict = verdict;
  found.finding.rule = std::move(rule);
  found.score = weights::certain;
  found.threshold = weights::threshold;
  return found;
}

std::optional<Found> weighed_finding(Reason reason, Verdict verdict,
                                     std::vector<Candidate> candidates, const Policy& policy) {
  if (verdict == Verdict::warn) {
    std::erase_if(candidates, [](const Candidate& candidate) { return candidate.both_known; });
  }
  if (candidates.empty()) {
    return std::nullopt;
  }
  const Candidate& best = candidates.front();
  Found found = certain_finding(reason, verdict, rule_of(best, policy));
  found.score = best.score;
  found.finding.near = best.near.text();
  found.finding.slip = best.slip;
  // A slip of a name is one whether or not the organisation blocks the name; it is not offered.
  bool may_be_offered = true;
  std::vector<std::string> meant;
  for (const Candidate& candidate : candidates) {
    if (candidate.score > best.score - weights::tie) {
      meant.push_back(candidate.meant.text());
      may_be_offered &= !candidate.standing.blocked();
    }
  }
  if (may_be_offered && meant.size() <= weights::most_meant) {  // else it would be a guess
    found.finding.meant = std::move(meant);
  }
  found.candidates = std::move(candidates);
  return found;
}

}  // namespace recipient_guard
