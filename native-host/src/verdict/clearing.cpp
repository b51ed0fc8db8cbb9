// SPDX-License-Identifier: MPL-2.0
#include "verdict/clearing.hpp"

#include <algorithm>

namespace recipient_guard {
namespace {

/// `shown` is of a list or group, which has no mailbox.
std::string subject_of(Reason reason, const Mailbox* mailbox, const std::string& shown) {
  if (mailbox == nullptr) {
    return "list:" + shown;
  }
  return traits_of(reason).of_domain ? mailbox->domain.text() : mailbox->key();
}

bool may_clear(const Found& found, Clears what) {
  return (traits_of(found.finding.reason).clears & found.only_cleared_by & what) != 0;
}

bool by_entry_of_address(const Found& found, const RecipientFacts& facts) {
  if (!may_clear(found, by_address_entry)) {
    return false;
  }
  if (facts.unreadable != nullptr) {
    return facts.verbatim_rule && facts.verbatim_rule->kind != RuleKind::block;
  }
  return facts.standing.address_listed();
}

bool is_towards_known(const Found& found) {
  return std::any_of(found.candidates.begin(), found.candidates.end(), [](const Candidate& c) {
    return c.standing.domain_known || c.standing.known;
  });
}

/// The domain of From, where it is "us", is no list's entry, but its name is right for certain.
bool is_said_of_the_name(Reason reason) {
  return reason == Reason::confusable_suffix || reason == Reason::lookalike_domain ||
         reason == Reason::no_such_suffix;
}

bool by_entry_of_domain(const Found& found, const RecipientFacts& facts) {
  if (!may_clear(found, by_domain_entry) || facts.read == nullptr) {
    return false;
  }
  const Standing& standing = facts.standing;
  if (standing.blocked()) {
    return false;
  }
  if (standing.inside_by_name() && is_said_of_the_name(found.finding.reason)) {
    return true;
  }
  if (!standing.allowed()) {
    return false;
  }
  const bool suffix_beside_known = found.finding.reason == Reason::lookalike_domain &&
                                   standing.rule_is_suffix && is_towards_known(found);
  return !suffix_beside_known;
}

bool was_answered(const RecipientFacts& facts) {
  const Contact* const contact = facts.message.snapshots.people.contact(facts.read->mailbox);
  return contact != nullptr && contact->answered;
}

/// Of two people at one domain: what is said of the domain says nothing of either.
bool is_better_person(const Candidate& twin, const RecipientFacts& facts) {
  const Standing& standing = twin.standing;
  return (standing.protect && standing.protect->names_address()) ||
         (standing.address_listed() && standing.rule->kind == RuleKind::own) ||
         far_better_known(twin.meant, facts.read->mailbox, facts.message.snapshots.people);
}

/// A twin of the known address that is so much better known that the address may be a stored slip.
bool has_far_better_known_twin(const Found& found, const RecipientFacts& facts) {
  if (was_answered(facts)) {
    return false;
  }
  return std::any_of(found.candidates.begin(), found.candidates.end(), [&](const Candidate& twin) {
    const Standing& standing = twin.standing;
    if (twin.meant.domain == facts.read->mailbox.domain) {
      return is_better_person(twin, facts);
    }
    return standing.inside || standing.protect || standing.built_in != nullptr ||
           far_better_known(twin.meant, facts.read->mailbox, facts.message.snapshots.people);
  });
}

bool by_being_known(const Found& found, const RecipientFacts& facts) {
  if (!may_clear(found, by_known) || facts.read == nullptr) {
    return false;
  }
  const Reason reason = found.finding.reason;
  if (reason == Reason::not_on_allowlist) {
    return facts.standing.known && facts.policy().known == KnownContacts::allow;
  }
  if (reason == Reason::lookalike_domain) {
    const ContactDomain* const kept =
        facts.message.snapshots.people.domain(facts.read->mailbox.domain);
    if (kept != nullptr && kept->answered) {
      return true;
    }
  }
  return facts.standing.known &&
         !(traits_of(reason).lookalike && has_far_better_known_twin(found, facts));
}

bool by_being_settled(const Found& found, const RecipientFacts& facts) {
  const Reason reason = found.finding.reason;
  const Mailbox* const mailbox = facts.read == nullptr ? nullptr : &facts.read->mailbox;
  return may_clear(found, by_settled) &&
         facts.message.snapshots.people.is_settled(
             name_of(reason), subject_of(reason, mailbox, facts.shown_otherwise));
}

}  // namespace

std::string_view cleared_by(const Found& found, const RecipientFacts& facts) {
  if (by_entry_of_address(found, facts)) {
    return "A";
  }
  if (by_entry_of_domain(found, facts)) {
    return "D";
  }
  if (found.finding.verdict != Verdict::warn) {
    return {};  // a block falls to the organisation's entries alone
  }
  if (may_clear(found, by_trust) && facts.standing.trusted) {
    return "T";
  }
  if (by_being_known(found, facts)) {
    return "K";
  }
  return by_being_settled(found, facts) ? "S" : std::string_view();
}

std::string settled_subject(Reason reason, const RecipientJudgement& recipient) {
  const auto mailbox = Mailbox::from_text(recipient.address);
  return subject_of(reason, mailbox ? &*mailbox : nullptr, recipient.shown());
}

}  // namespace recipient_guard
