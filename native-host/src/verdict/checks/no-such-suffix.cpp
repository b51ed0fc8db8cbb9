// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

bool has_suffix(const DomainName& domain, const PublicSuffixes& suffixes) {
  return domain.label_count() > 1 && suffixes.top_level_exists(domain);
}

}  // namespace

std::optional<Found> check_no_such_suffix(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::no_such_suffix, facts.policy());
  if (!verdict || facts.read == nullptr ||
      has_suffix(facts.read->mailbox.domain, facts.message.snapshots.suffixes)) {
    return std::nullopt;
  }
  // The ending is wrong for certain; what was meant rests on what other checks weigh.
  const std::vector<Candidate>& endings = facts.other_ending;
  const std::vector<Candidate>& candidates = endings.empty() ? facts.near : endings;
  if (candidates.empty() || candidates.front().score < weights::threshold) {
    return certain_finding(Reason::no_such_suffix, *verdict);
  }
  auto found = weighed_finding(Reason::no_such_suffix, *verdict, candidates, facts.policy());
  if (!found) {
    return certain_finding(Reason::no_such_suffix, *verdict);
  }
  found->score = weights::certain;
  return found;
}

}  // namespace recipient_guard
