// SPDX-License-Identifier: MPL-2.0
#include "verdict/slip_weighing.hpp"

#include <algorithm>
#include <cmath>

#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

void weigh_length(Candidate& candidate, std::size_t characters) {
  switch (candidate.slip) {
    case SlipKind::transposition:
      candidate.weigh("length_transposed", weights::length_transposed, characters);
      return;
    case SlipKind::doubled:
      candidate.weigh("length_doubled", weights::length_doubled, characters);
      return;
    case SlipKind::undoubled:
      candidate.weigh("length_undoubled", weights::length_undoubled, characters);
      return;
    case SlipKind::deletion:
      candidate.weigh("length_deleted", weights::length_deleted, characters);
      return;
    case SlipKind::insertion:
      candidate.weigh("length_inserted", weights::length_inserted, characters);
      return;
    case SlipKind::substitution:
      candidate.weigh("length_replaced", weights::length_replaced, characters);
      return;
    default:
      candidate.weigh("length_of_label", weights::length_of_label, characters);
  }
}

/// Of a slip in a label left of the registered one.
void weigh_house(Candidate& candidate, const SlipShape& shape) {
  const auto names = static_cast<double>(std::max<std::size_t>(shape.names_of_house, 1));
  candidate.weigh("names_of_house", weights::names_of_house * std::log(names));
  const bool numbered = candidate.slip == SlipKind::digits || shape.digit_for_letter;
  if (!numbered && !shape.country_code) {
    candidate.weigh("in_subdomain", weights::in_subdomain);
  }
}

void weigh_place(Candidate& candidate, const SlipShape& shape) {
  if (shape.shared_subdomain) {
    candidate.weigh("shared_subdomain", weights::shared_subdomain);
  }
  if (shape.place == SlipPlace::suffix) {
    candidate.weigh("in_suffix", weights::in_suffix);
    candidate.weigh("length_before_ending", weights::length_before_ending, shape.name_length);
    if (shape.country_code) {
      candidate.weigh("country_code", weights::country_code);
    }
    return;
  }
  weigh_length(candidate, shape.label_length);
  if (shape.place == SlipPlace::subdomain) {
    weigh_house(candidate, shape);
  }
}

void weigh_first(Candidate& candidate) {
  if (candidate.slip == SlipKind::deletion) {
    candidate.weigh("first_left_out", weights::first_left_out);
  } else if (candidate.slip == SlipKind::substitution) {
    candidate.weigh("first_replaced", weights::first_replaced);
  } else if (candidate.slip == SlipKind::insertion) {
    candidate.weigh("first_put_in", weights::first_put_in);
  }
}

void weigh_last(Candidate& candidate) {
  if (candidate.slip == SlipKind::deletion) {
    candidate.weigh("last_left_out", weights::last_left_out);
  } else if (candidate.slip == SlipKind::insertion) {
    candidate.weigh("last_put_in", weights::last_put_in);
  }
}

/// What stands behind one of these kinds of edit: a key beside, the ends of a label.
void weigh_edit(Candidate& candidate, const SlipShape& shape, KeyboardLayouts keyboards) {
  const SlipKind kind = candidate.slip;
  const bool puts_in = kind == SlipKind::insertion || kind == SlipKind::substitution;
  if (puts_in && keyboards.shares_one_with(shape.neighbouring_keys)) {
    candidate.weigh("neighbouring_keys", weights::neighbouring_keys);
  } else if (kind == SlipKind::substitution && shape.wrong_doubled) {
    candidate.weigh("wrong_doubled", weights::wrong_doubled);
  }
  if (shape.place == SlipPlace::suffix) {
    return;
  }
  if (shape.first_character) {
    weigh_first(candidate);
  } else if (shape.last_character) {
    weigh_last(candidate);
  }
}

void weigh_number(Candidate& candidate, const SlipShape& shape, KeyboardLayouts keyboards) {
  const bool key_beside = keyboards.shares_one_with(shape.neighbouring_keys);
  if (shape.digits_swapped) {
    candidate.weigh("digits_swapped", weights::digits_swapped);
  } else if (shape.digit_among_letters || (shape.first_digit && key_beside)) {
    candidate.weigh("stray_digit", weights::stray_digit);
  } else if (shape.number_at_end) {
    candidate.weigh("number_at_end", weights::number_at_end);
  }
}

void weigh_two_edits(Candidate& candidate, const SlipShape& shape) {
  candidate.weigh("length_two_edits", weights::length_two_edits, shape.name_length);
  if (shape.first_character) {
    candidate.weigh("first_of_two", weights::first_of_two);
  }
  if (shape.same_letters) {
    candidate.weigh("same_letters", weights::same_letters);
  } else if (shape.both_replaced) {
    candidate.weigh("both_replaced", weights::both_replaced);
  } else if (shape.two_in_length) {
    candidate.weigh("two_in_length", weights::two_in_length);
  }
  if (shape.place == SlipPlace::suffix) {
    candidate.weigh("one_in_suffix", weights::one_in_suffix);
  }
}

/// The typed name stands below a registered name below which others are listed, and what may have
/// been meant stands below another.
bool is_other_house_with_listed_names(const Candidate& candidate, const RecipientFacts& facts) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  const auto typed = suffixes.registrable_of(facts.read->mailbox.domain);
  if (!typed || suffixes.registrable_of(candidate.meant.domain) == typed) {
    return false;
  }
  const DomainName registrable = *DomainName::from_ascii(*typed);
  return policy.near_names.contains(registrable) || policy.near_names.contains_below(registrable);
}

/// Somebody else known at the typed domain speaks for it; but who was merely written to there, or
/// stands in an address book, may be a stored slip of a name that counts as far better known.
bool speaks_for_typed(const Standing& meant, const RecipientFacts& facts) {
  if (!facts.standing.domain_known) {
    return false;
  }
  const ContactDomain* const typed =
      facts.message.snapshots.people.domain(facts.read->mailbox.domain);
  return !meant.better_by_list_than(facts.standing) ||
         (typed != nullptr && (typed->answered || typed->trusted > 0));
}

}  // namespace

void weigh_slip(Candidate& candidate, const SlipShape& shape, KeyboardLayouts keyboards) {
  candidate.weigh("prior", weights::prior);
  const SlipKind kind = candidate.slip;
  if (kind == SlipKind::homoglyph) {
    candidate.weigh("kind", weights::of_kind(kind));
    if (shape.other_characters) {
      candidate.weigh("other_characters", weights::other_characters);
    } else {
      candidate.weigh("length_of_twin", weights::length_of_twin, shape.label_length);
    }
    if (shape.several_twins) {
      candidate.weigh("several_twins", weights::several_twins);
    }
    return;
  }
  if (shape.only_marks) {
    candidate.weigh("kind", weights::of_kind(std::max(kind, SlipKind::dot)));
    candidate.weigh("length_of_letters", weights::length_of_letters, shape.letters);
    return;
  }
  candidate.weigh("kind", weights::of_kind(kind));
  if (kind == SlipKind::several) {
    weigh_two_edits(candidate, shape);
    return;
  }
  weigh_edit(candidate, shape, keyboards);
  weigh_place(candidate, shape);
  weigh_number(candidate, shape, keyboards);
  if (shape.body_code) {
    candidate.weigh("body_code", weights::body_code);
  }
}

void weigh_sides(Candidate& candidate, const RecipientFacts& facts) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  const DomainName& typed = facts.read->mailbox.domain;
  const Standing& meant = candidate.standing;
  if (!suffixes.top_level_exists(typed)) {
    candidate.weigh("no_such_suffix", weights::no_such_suffix);
  }
  if (meant.inside) {
    candidate.weigh("own", weights::own);
  } else if (meant.allowed()) {
    candidate.weigh("listed", weights::listed);
  }
  if (meant.protect) {
    candidate.weigh("protect", weights::protect);
  }
  if (meant.built_in != nullptr && meant.built_in != facts.standing.built_in) {
    candidate.weigh("built_in", weights::built_in);
  }
  if (meant.domain_known) {
    candidate.weigh("known_domain", weights::known_domain);
    const ContactDomain* const kept = people.domain(candidate.meant.domain);
    if (kept != nullptr && kept->messages > 1) {
      candidate.weigh("per_message", std::min(weights::most_messages,
                                              weights::per_message * std::log(kept->messages)));
    }
  }
  if (meant.known) {
    candidate.weigh("person_known", weights::person_known);
  }
  if (!facts.standing.known && !facts.standing.trusted && speaks_for_typed(meant, facts)) {
    // An address that is itself known or trusted is no evidence here: K and T decide about it.
    candidate.weigh("typed_domain_known", weights::typed_domain_known);
  }
  if (typed.label_count() > candidate.near.label_count()) {
    candidate.weigh("typed_subdomain", weights::typed_subdomain);
  }
  if (is_other_house_with_listed_names(candidate, facts)) {
    candidate.weigh("typed_registrable_listed", weights::typed_registrable_listed);
  }
  // Whoever forges a name by other characters wants an answer: there the thread says nothing.
  if (candidate.slip != SlipKind::homoglyph &&
      facts.message.thread_domains.contains(typed.text())) {
    candidate.weigh("typed_in_thread", weights::typed_in_thread);
  }
}

}  // namespace recipient_guard
