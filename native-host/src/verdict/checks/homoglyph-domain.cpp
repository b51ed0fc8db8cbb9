// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <iterator>

#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

/// Characters that IDNA replaced (full-width letters, a soft hyphen) or reads in two ways (sharp
/// s): the other form, where that means something to somebody.
Found two_forms(const RecipientFacts& facts, Verdict verdict) {
  Found found = certain_finding(Reason::homoglyph_domain, verdict);
  found.finding.slip = SlipKind::homoglyph;
  const Mailbox& typed = facts.read->mailbox;
  const Mailbox other{typed.local, facts.read->deviation ? *facts.read->deviation : typed.domain};
  const Standing standing = standing_of(other, facts.message);
  if (standing.means_something() && !standing.blocked()) {
    found.finding.meant = {other.text()};
    found.finding.near = other.domain.text();
  }
  return found;
}

}  // namespace

std::optional<Found> check_homoglyph_domain(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::homoglyph_domain, facts.policy());
  if (!verdict || facts.read == nullptr) {
    return std::nullopt;
  }
  std::vector<Candidate> same_looking;
  std::copy_if(facts.near.begin(), facts.near.end(), std::back_inserter(same_looking),
               [](const Candidate& near) { return near.slip == SlipKind::homoglyph; });
  if (!same_looking.empty()) {
    return weighed_finding(Reason::homoglyph_domain, *verdict, std::move(same_looking),
                           facts.policy());
  }
  if (facts.read->domain_mapped || facts.read->deviation) {
    return two_forms(facts, *verdict);
  }
  return std::nullopt;
}

}  // namespace recipient_guard
