// SPDX-License-Identifier: MPL-2.0
// Somebody written to before stands among people who are written to together with another of that
// name: the wrong Bob.
#include <algorithm>
#include <cmath>
#include <set>

#include "verdict/checks/checks.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

using Contacts = std::vector<const Contact*>;

/// The other recipients of whom anything is kept, and all keys of the message.
struct Others {
  Contacts contacts;
  std::size_t count = 0;
  std::set<std::string> keys;
};

Others others_of(const RecipientFacts& facts) {
  const People& people = facts.message.snapshots.people;
  const std::string typed = facts.read->mailbox.key();
  Others others;
  for (const Mailbox* const mailbox : facts.message.written_to) {
    if (others.keys.insert(mailbox->key()).second && mailbox->key() != typed) {
      ++others.count;
      if (const Contact* const contact = people.contact(*mailbox)) {
        others.contacts.push_back(contact);
      }
    }
  }
  return others;
}

/// Others who bear a word of the typed one's names.
Contacts namesakes_of(const Contact& typed, const Others& others, const RecipientFacts& facts) {
  const People& people = facts.message.snapshots.people;
  std::set<std::string> words;
  std::vector<std::string> names = typed.names;
  names.push_back(typed.mailbox.local.folded());
  names.push_back(facts.read->display_name);
  for (const std::string& name : names) {
    for (std::string& word : words_of_name(name)) {
      if (word.size() >= weights::shortest_shared_word) {
        words.insert(std::move(word));
      }
    }
  }
  Contacts namesakes;
  for (const std::string& word : words) {
    for (const Contact* const bearer : people.bearers(word)) {
      const bool is_new = std::find(namesakes.begin(), namesakes.end(), bearer) == namesakes.end();
      if (is_new && !others.keys.contains(bearer->mailbox.key()) &&
          people.is_known(bearer->mailbox, facts.message.message.time)) {
        namesakes.push_back(bearer);
      }
    }
  }
  return namesakes;
}

/// How much more often the namesake stood beside the others, as a log-ratio over all of them, times
/// the share of them it ever stood beside.
double belonging(const Contact& namesake, const Contact& typed, const Others& others,
                 const RecipientFacts& facts) {
  const People& people = facts.message.snapshots.people;
  const std::int64_t now = facts.message.message.time;
  double sum = 0;
  std::size_t beside = 0;
  for (const Contact* const other : others.contacts) {
    const double with_namesake = people.together(namesake, *other, now);
    const double with_typed = people.together(typed, *other, now);
    beside += with_namesake > 0 ? 1 : 0;
    sum += std::log((with_namesake + weights::together_smoothing) /
                    (with_typed + weights::together_smoothing));
  }
  const auto count = static_cast<double>(others.count);
  return sum / std::sqrt(count) * static_cast<double>(beside) / count;
}

/// One or two others are soon met by chance: beyond some point more of the same says little more.
double tempered(double score, std::size_t others) {
  const double knee = others == 1 ? weights::knee_beside_one : weights::knee_beside_two;
  return others > 2 || score <= knee ? score : knee + weights::beyond_the_knee * (score - knee);
}

}  // namespace

std::optional<Found> check_odd_one_out(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::odd_one_out, facts.policy());
  const People& people = facts.message.snapshots.people;
  if (!verdict || facts.read == nullptr || facts.message.written_to.size() < 2 ||
      !facts.standing.known) {
    return std::nullopt;
  }
  const Contact* const typed = people.contact(facts.read->mailbox);
  const Others others = typed == nullptr ? Others() : others_of(facts);
  if (others.contacts.empty()) {
    return std::nullopt;
  }
  std::vector<Candidate> candidates;
  for (const Contact* const namesake : namesakes_of(*typed, others, facts)) {
    Standing standing = standing_of(namesake->mailbox, facts.message);
    if (standing.blocked()) {
      continue;
    }
    Candidate candidate{namesake->mailbox, namesake->mailbox.domain, SlipKind::several,
                        std::move(standing)};
    candidate.weigh("odd_prior", weights::odd_prior);
    candidate.weigh("company", tempered(belonging(*namesake, *typed, others, facts), others.count));
    candidates.push_back(std::move(candidate));
  }
  sort_likeliest_first(candidates);
  auto found =
      weighed_finding(Reason::odd_one_out, *verdict, std::move(candidates), facts.policy());
  if (found) {
    found->finding.near.clear();
    found->finding.slip.reset();
    found->finding.rule.clear();
  }
  return found;
}

}  // namespace recipient_guard
