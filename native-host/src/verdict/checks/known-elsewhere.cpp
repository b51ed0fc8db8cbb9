// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <functional>
#include <string_view>

#include "lookalike/domain_slip.hpp"
#include "lookalike/two_edits.hpp"
#include "verdict/checks/checks.hpp"
#include "verdict/shared_names.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t shortest_label_of_two_slips = 5;
constexpr std::size_t shortest_person = 3;

/// One slip, or two in a first label of five letters or more, the rest being the same.
bool is_near(const DomainName& typed, const DomainName& known, const PublicSuffixes& suffixes) {
  if (slip_between(typed, known, suffixes)) {
    return true;
  }
  const std::string_view a = typed.text();
  const std::string_view b = known.text();
  const std::size_t dot_a = a.find('.');
  const std::size_t dot_b = b.find('.');
  if (dot_a == std::string_view::npos || dot_b == std::string_view::npos ||
      a.substr(dot_a) != b.substr(dot_b) || std::min(dot_a, dot_b) < shortest_label_of_two_slips) {
    return false;
  }
  return is_within_two_edits(a.substr(0, dot_a), b.substr(0, dot_b));
}

/// All the other recipients stand at `domain`, and there are some.
bool is_shared_by_others(const DomainName& domain, const RecipientFacts& facts) {
  const std::string typed = facts.read->mailbox.key();
  std::size_t others = 0;
  for (const Mailbox* const mailbox : facts.message.written_to) {
    if (mailbox->key() == typed) {
      continue;
    }
    ++others;
    if (mailbox->domain != domain) {
      return false;
    }
  }
  return others > 0;
}

/// Names on equal terms are never each other's slip, unless one is far better known.
EqualTerms terms_with(const Mailbox& known, const RecipientFacts& facts) {
  const Standing& typed = facts.standing;
  if (far_better_known(known, facts.read->mailbox, facts.message.snapshots.people)) {
    return EqualTerms::no;
  }
  return typed.vouched_for()  ? EqualTerms::by_organisation
         : typed.domain_known ? EqualTerms::by_user
                              : EqualTerms::no;
}

bool is_person(const LocalPart& local) {
  return local.text().size() >= shortest_person && !is_shared_name(local);
}

/// Those who share a name that is a person's, the likeliest first.
std::vector<const Contact*> namesakes_of(const Mailbox& typed, const People& people) {
  std::vector<const Contact*> namesakes = people.namesakes(typed.local);
  if (!namesakes.empty() && !is_person(typed.local)) {
    return {};
  }
  std::ranges::stable_sort(namesakes, std::greater<>(), &Contact::messages);
  return namesakes;
}

}  // namespace

std::optional<Found> check_known_elsewhere(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::known_elsewhere, facts.policy());
  if (!verdict || facts.read == nullptr) {
    return std::nullopt;
  }
  const Mailbox& typed = facts.read->mailbox;
  const People& people = facts.message.snapshots.people;
  const auto namesakes = namesakes_of(typed, people);
  if (namesakes.empty()) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::known_elsewhere, *verdict);
  for (const Contact* const contact : namesakes) {
    const DomainName& domain = contact->mailbox.domain;
    // Who is written to at the known address as well is meant at both.
    if (domain == typed.domain || facts.message.is_written_to(contact->mailbox.key()) ||
        !people.is_known(contact->mailbox, facts.message.message.time)) {
      continue;
    }
    // What the user knows of the typed name is no excuse where it is a block.
    const EqualTerms terms = terms_with(contact->mailbox, facts);
    const bool may_be_slip =
        terms == EqualTerms::no || (terms == EqualTerms::by_user && *verdict == Verdict::block);
    const bool near =
        may_be_slip && is_near(typed.domain, domain, facts.message.snapshots.suffixes);
    if (!near && !is_shared_by_others(domain, facts)) {
      continue;
    }
    Standing standing = standing_of(contact->mailbox, facts.message);
    if (standing.blocked()) {
      continue;
    }
    Candidate candidate{contact->mailbox, domain, SlipKind::several, std::move(standing)};
    candidate.weigh("certain", weights::certain);
    found.candidates.push_back(std::move(candidate));
    found.finding.meant.push_back(contact->mailbox.text());
  }
  if (found.candidates.empty()) {
    return std::nullopt;
  }
  if (found.finding.meant.size() > weights::most_meant) {
    found.finding.meant.clear();  // it would be a guess
  }
  found.finding.near = found.candidates.front().near.text();
  return found;
}

}  // namespace recipient_guard
