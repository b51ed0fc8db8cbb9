// SPDX-License-Identifier: MPL-2.0
#include "verdict/facts.hpp"

#include <algorithm>

#include "address/idna.hpp"
#include "address/utf8.hpp"
#include "people/facts.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

bool is_suffix(const std::optional<ListedRule>& rule, const PublicSuffixes& suffixes) {
  return rule && !rule->names_address() && suffixes.is_public_suffix(DomainName::kept(rule->text));
}

void add_domain(const std::string& text, std::unordered_set<std::string>& domains) {
  if (const auto mailbox = read_mailbox(text)) {
    domains.insert(mailbox->domain.text());
  }
}

/// Empty where it is shown as it stands, as plain ASCII is.
std::string shown_otherwise(const Mailbox& mailbox) {
  if (is_ascii(mailbox.local.text()) && !is_international(mailbox.domain)) {
    return {};
  }
  return escape_for_display(joined(mailbox.local.text(), to_unicode(mailbox.domain)));
}

bool far_more(std::uint32_t b, std::uint32_t a) {
  return b / weights::far_better_known >= std::max<std::uint32_t>(a, 1);
}

}  // namespace

bool MessageFacts::is_inside(const Mailbox& mailbox) const {
  return policy().own.covers(mailbox) ||
         (inside && (mailbox.domain == *inside || mailbox.domain.is_below(*inside)));
}

bool MessageFacts::is_written_to(const std::string& key) const {
  return std::any_of(written_to.begin(), written_to.end(),
                     [&](const Mailbox* mailbox) { return mailbox->key() == key; });
}

void sort_likeliest_first(std::vector<Candidate>& candidates) {
  if (candidates.size() < 2) {
    return;  // which std::stable_sort() would take memory for
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

Standing standing_of(const Mailbox& mailbox, const MessageFacts& facts) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.snapshots;
  Standing standing;
  standing.rule = policy.rules.covering(mailbox);
  standing.rule_is_suffix = is_suffix(standing.rule, suffixes);
  standing.protect = policy.protect.covering(mailbox);
  standing.protect_is_suffix = is_suffix(standing.protect, suffixes);
  if (policy.builtin_protect) {
    standing.built_in = well_known.covering(mailbox.domain);
  }
  standing.inside = facts.is_inside(mailbox);
  standing.inside_by_suffix = standing.inside && is_suffix(policy.own.covering(mailbox), suffixes);
  const PersonalTrust trust = policy.personal_trust;
  standing.trusted = (trust != PersonalTrust::none && people.trusts(mailbox)) ||
                     (trust == PersonalTrust::domains && people.trusts_domain_of(mailbox.domain));
  standing.known = people.is_known(mailbox, facts.message.time);
  standing.domain_known = people.means_something(mailbox.domain, facts.message.time);
  return standing;
}

MessageFacts facts_of(const Message& message, const std::vector<Reading>& readings,
                      const Snapshots& snapshots) {
  MessageFacts facts{message, snapshots, read_mailbox(message.from), {}, {}, {}};
  if (facts.from && snapshots.policy.own.empty() &&
      !snapshots.well_known.is_mail_provider(facts.from->domain)) {
    facts.inside = facts.from->domain;
  }
  for (const std::string& text : message.thread) {
    add_domain(text, facts.thread_domains);
  }
  if (message.answered) {
    add_domain(message.answered->from, facts.thread_domains);
  }
  const std::size_t count = message.recipients.size();
  for (std::size_t i = 0; count >= 2 && count <= most_in_a_group && i < count; ++i) {
    const Recipient& recipient = message.recipients[i];
    const bool is_written_to = recipient.field == Field::to || recipient.field == Field::cc ||
                               recipient.field == Field::bcc;
    const auto* const read = std::get_if<ReadMailbox>(&readings[i]);
    if (is_written_to && read != nullptr) {
      facts.written_to.push_back(&read->mailbox);
    }
  }
  return facts;
}

RecipientFacts facts_of(const Recipient& recipient, const Reading& reading,
                        const MessageFacts& message, NearSearch search) {
  RecipientFacts facts{message, recipient, &reading, std::get_if<ReadMailbox>(&reading),
                       std::get_if<Unreadable>(&reading)};
  if (facts.unreadable != nullptr) {
    facts.verbatim_rule = facts.named_in(message.policy().rules);
  }
  if (facts.read != nullptr) {
    facts.standing = standing_of(facts.read->mailbox, message);
    if (search == NearSearch::always || !facts.standing.address_listed()) {
      facts.near = near_candidates(facts);
      facts.other_ending = ending_candidates(facts);
      facts.near_people = near_people(facts);
    }
    facts.shown_otherwise = shown_otherwise(facts.read->mailbox);
  } else {
    facts.shown_otherwise = escape_for_display(*recipient.text);
  }
  return facts;
}

RecipientFacts facts_of_list(const Recipient& recipient, const MessageFacts& message) {
  RecipientFacts facts{message, recipient};
  facts.shown_otherwise = escape_for_display(recipient.list.value_or(""));
  return facts;
}

bool far_better_known(const Mailbox& b, const Mailbox& a, const People& people) {
  const Contact* const contact_b = people.contact(b);
  const Contact* const contact_a = people.contact(a);
  if (contact_b != nullptr &&
      far_more(contact_b->messages, contact_a == nullptr ? 0 : contact_a->messages)) {
    return true;
  }
  const ContactDomain* const domain_b = people.domain(b.domain);
  const ContactDomain* const domain_a = people.domain(a.domain);
  return domain_b != nullptr &&
         far_more(domain_b->messages, domain_a == nullptr ? 0 : domain_a->messages);
}

bool is_built_in_name(const RecipientFacts& facts) {
  const DomainName& typed = facts.read->mailbox.domain;
  const WellKnownDomain* const row = facts.message.snapshots.well_known.covering(typed);
  return row != nullptr && row->name == typed.text();
}

EqualTerms equal_terms(const RecipientFacts& facts, const Candidate& candidate) {
  const Standing& typed = facts.standing;
  const Standing& meant = candidate.standing;
  const bool meant_by_user = meant.trusted || meant.domain_known;
  if (!meant.named_by_organisation() && !meant_by_user) {
    return EqualTerms::no;
  }
  if (typed.vouched_for()) {
    return EqualTerms::by_organisation;
  }
  if (typed.trusted) {
    return EqualTerms::by_user;
  }
  const bool meant_is_better =
      meant.better_by_list_than(typed) ||
      far_better_known(candidate.meant, facts.read->mailbox, facts.message.snapshots.people);
  return typed.domain_known && !meant_is_better ? EqualTerms::by_user : EqualTerms::no;
}

}  // namespace recipient_guard
