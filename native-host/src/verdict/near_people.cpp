// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <cmath>

#include "address/characters.hpp"
#include "verdict/facts.hpp"
#include "verdict/shared_names.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

/// An entry of the organisation that names this very address.
bool is_listed(const std::optional<ListedRule>& rule) {
  return rule && rule->kind != RuleKind::block && rule->form == EntryForm::address;
}

/// The person as known or listed; nothing where the find of the index was chance, or is not known
/// yet.
std::optional<Mailbox> person_of(const Mailbox& found, const Standing& standing,
                                 const People& people) {
  for (const auto& rule : {standing.rule, standing.protect}) {
    if (is_listed(rule)) {
      return made_of(*rule).entry.mailbox;
    }
  }
  const Contact* const contact = people.contact(found);
  return contact != nullptr && (standing.known || standing.trusted)
             ? std::optional(contact->mailbox)
             : std::nullopt;
}

/// Of the words of a name, in lower case: is `part` one of them?
bool has_word(std::string_view name, std::string_view part) {
  constexpr std::string_view blanks = " \t,.;'\"()-_";
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find_first_of(blanks, at), name.size());
    if (end > at && name.substr(at, end - at) == part) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

bool is_in_thread(const Mailbox& mailbox, const Message& message) {
  const auto is_it = [&](const std::string& text) {
    const auto other = read_mailbox(text);
    return other && other->key() == mailbox.key();
  };
  if (std::any_of(message.thread.begin(), message.thread.end(), is_it)) {
    return true;
  }
  return message.answered &&
         (is_it(message.answered->from) ||
          std::any_of(message.answered->reply_to.begin(), message.answered->reply_to.end(), is_it));
}

void weigh_slip(Candidate& candidate, const LocalPartSlip& slip, KeyboardLayouts keyboards) {
  candidate.weigh("person_prior", weights::person_prior);
  candidate.weigh("person_kind", weights::person_kind[static_cast<std::size_t>(slip.kind)]);
  candidate.weigh("person_length", weights::by_person_length(slip.length));
  if (keyboards.shares_one_with(slip.neighbouring_keys)) {
    candidate.weigh("person_neighbouring_keys", weights::person_neighbouring_keys);
  }
  if (slip.first_character && slip.kind == SlipKind::substitution) {
    candidate.weigh("person_other_initial", weights::person_other_initial);
  } else if (slip.first_character) {
    candidate.weigh("person_first_character", weights::person_first_character);
  }
  if (slip.separator) {
    candidate.weigh("person_separator", weights::person_separator);
  }
  if (slip.plural) {
    candidate.weigh("person_plural", weights::person_plural);
  }
  if (slip.stray_mark) {
    candidate.weigh("person_stray_mark", weights::person_stray_mark);
  }
}

/// Fingers make such slips, and chance hardly makes such names of two people.
bool is_sign_of_the_keyboard(const LocalPartSlip& slip, KeyboardLayouts keyboards) {
  return keyboards.shares_one_with(slip.neighbouring_keys) || slip.stray_mark ||
         slip.kind == SlipKind::transposition || slip.kind == SlipKind::homoglyph;
}

void weigh_messages(Candidate& candidate, const LocalPartSlip& slip, const Contact& contact,
                    KeyboardLayouts keyboards) {
  candidate.weigh("person_written_to", weights::person_written_to);
  candidate.weigh("person_per_message",
                  std::min(weights::most_messages,
                           weights::person_per_message * std::log(std::max(1U, contact.messages))));
  // Of two names written to once each, either may be the slip.
  const bool is_proven =
      contact.answered || contact.trusted || is_sign_of_the_keyboard(slip, keyboards);
  if (contact.messages == 1 && !is_proven) {
    candidate.weigh("person_met_once", weights::person_met_once);
  } else if (contact.messages == 2 && !is_proven) {
    candidate.weigh("person_met_twice", weights::person_met_twice);
  }
}

void weigh_sides(Candidate& candidate, const LocalPartSlip& slip, const RecipientFacts& facts) {
  const People& people = facts.message.snapshots.people;
  const Standing& meant = candidate.standing;
  if (is_listed(meant.rule) || is_listed(meant.protect)) {
    candidate.weigh("person_listed", weights::person_listed);
  }
  if (slip.other_separator && meant.inside) {
    candidate.weigh("person_separator_inside", weights::person_separator_inside);
  }
  if (meant.trusted) {
    candidate.weigh("person_trusted", weights::person_trusted);
  }
  const Contact* const contact = people.contact(candidate.meant);
  if (meant.known && contact != nullptr) {
    weigh_messages(candidate, slip, *contact, facts.message.snapshots.keyboards);
  }
  const ContactDomain* const domain = people.domain(candidate.meant.domain);
  if (domain != nullptr && domain->contacts > 1) {
    candidate.weigh("person_crowd", weights::person_crowd * std::log(domain->contacts));
  }
  if (is_shared_name(facts.read->mailbox.local)) {
    candidate.weigh("typed_shared_name", weights::typed_shared_name);
  }
  const std::string name = simple_lower(facts.read->display_name);
  if (has_word(name, slip.typed_part)) {
    candidate.weigh("name_fits_typed", weights::name_fits_typed);
  } else if (has_word(name, slip.meant_part)) {
    candidate.weigh("name_fits_meant", weights::name_fits_meant);
  }
  if (is_in_thread(facts.read->mailbox, facts.message.message)) {
    candidate.weigh("typed_in_thread", weights::typed_in_thread);
  }
}

/// Both are named by the organisation, trusted or known: never each other's slip, unless the other
/// is far better known.
bool are_on_equal_terms(const RecipientFacts& facts, const Candidate& candidate) {
  const Standing& typed = facts.standing;
  if (!typed.trusted && !typed.known && !is_listed(typed.rule) && !is_listed(typed.protect)) {
    return false;
  }
  const Standing& meant = candidate.standing;
  const bool better_by_list =
      is_listed(meant.protect) || (is_listed(meant.rule) && meant.rule->kind == RuleKind::own);
  return typed.trusted || is_listed(typed.rule) || is_listed(typed.protect) ||
         (!better_by_list &&
          !far_better_known(candidate.meant, facts.read->mailbox, facts.message.snapshots.people));
}

}  // namespace

std::vector<Candidate> near_people(const RecipientFacts& facts) {
  using Typed = NearAddresses::Typed;
  const Mailbox& typed = facts.read->mailbox;
  const People& people = facts.message.snapshots.people;
  const bool by_organisation = is_listed(facts.standing.rule) || is_listed(facts.standing.protect);
  std::vector<NearLocalPart> finds = facts.policy().near_addresses.near(
      typed, by_organisation ? Typed::was_added : Typed::unknown);
  const Typed knowledge = people.contact(typed) != nullptr ? Typed::was_added : Typed::unknown;
  for (NearLocalPart& find : people.near_addresses().near(typed, knowledge)) {
    const bool told = std::any_of(finds.begin(), finds.end(), [&](const NearLocalPart& other) {
      return other.local == find.local;
    });
    if (!told) {
      finds.push_back(std::move(find));
    }
  }
  std::vector<Candidate> candidates;
  for (const NearLocalPart& find : finds) {
    const Mailbox found{find.local, typed.domain};
    Standing standing = standing_of(found, facts.message);
    auto person = person_of(found, standing, people);
    if (!person || standing.blocked()) {
      continue;
    }
    Candidate candidate{std::move(*person), typed.domain, find.slip.kind, std::move(standing)};
    candidate.both_known = are_on_equal_terms(facts, candidate);
    weigh_slip(candidate, find.slip, facts.message.snapshots.keyboards);
    weigh_sides(candidate, find.slip, facts);
    candidates.push_back(std::move(candidate));
  }
  sort_likeliest_first(candidates);
  return candidates;
}

}  // namespace recipient_guard
