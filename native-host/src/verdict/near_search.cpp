// SPDX-License-Identifier: MPL-2.0
// Names near the domain that was typed, from every index there is, each weighed once.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "lookalike/skeleton.hpp"
#include "verdict/facts.hpp"
#include "verdict/shared_names.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

/// The near names of one domain, each once, and by which list.
struct Finds {
  std::vector<NearName> names;

  void add(std::vector<NearName> more) {
    for (NearName& name : more) {
      const bool told = std::any_of(names.begin(), names.end(), [&](const NearName& other) {
        return other.meant == name.meant;
      });
      if (!told) {
        names.push_back(std::move(name));
      }
    }
  }
};

/// The domain of From where it is "us": a name to look near like the others.
std::vector<NearName> near_inside(const DomainName& typed, const DomainName& inside,
                                  const PublicSuffixes& suffixes) {
  if (suffixes.is_public_suffix(inside)) {
    return {};
  }
  for (const DomainName& parent : comparable_parents(typed, suffixes)) {
    const auto slip = slip_between(parent, inside, suffixes);
    const auto meant = slip ? with_end_replaced(typed, parent, inside) : std::nullopt;
    if (meant) {
      return {NearName{inside, *meant, slip->kind, 0, slip->shape}};
    }
  }
  return {};
}

void weigh_slip(Candidate& candidate, const SlipShape& shape) {
  candidate.weigh("prior", weights::prior);
  candidate.weigh("kind", weights::by_kind[static_cast<std::size_t>(candidate.slip)]);
  if (shape.place == SlipPlace::suffix) {
    candidate.weigh("in_suffix", weights::in_suffix);
  } else if (shape.place == SlipPlace::subdomain) {
    candidate.weigh("in_subdomain", weights::in_subdomain);
  }
  candidate.weigh("length", weights::by_length(shape.name_length));
  if (shape.neighbouring_keys) {
    candidate.weigh("neighbouring_keys", weights::neighbouring_keys);
  }
  if (shape.first_character) {
    candidate.weigh("first_character", weights::first_character);
  }
  if (shape.trailing_number) {
    candidate.weigh("trailing_number", weights::trailing_number);
  }
  if (shape.trailing_code) {
    candidate.weigh("trailing_code", weights::trailing_code);
  }
  if (shape.country_code) {
    candidate.weigh("country_code", weights::country_code);
  }
}

void weigh_sides(Candidate& candidate, const RecipientFacts& facts) {
  const auto& [policy, people, well_known, suffixes] = facts.message.snapshots;
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
  if (meant.built_in != nullptr) {
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
  if (facts.standing.domain_known && !facts.standing.known && !facts.standing.trusted) {
    // An address that is itself known or trusted is no evidence here: K and T decide about it.
    candidate.weigh("typed_domain_known", weights::typed_domain_known);
  }
  if (facts.message.thread_domains.contains(typed.text())) {
    candidate.weigh("typed_in_thread", weights::typed_in_thread);
  }
}

/// What no slip can be about, whatever its weight.
bool is_out_of_question(Candidate& candidate, const RecipientFacts& facts) {
  const Mailbox& typed = facts.read->mailbox;
  if (candidate.standing.blocked() || candidate.meant.domain == typed.domain) {
    return true;
  }
  const bool typed_is_built_in =
      facts.message.snapshots.well_known.covering(typed.domain) != nullptr;
  if (typed_is_built_in && !candidate.standing.known) {
    return true;
  }
  const EqualTerms terms = equal_terms(facts, candidate);
  candidate.both_known = terms == EqualTerms::by_user;
  return terms == EqualTerms::by_organisation;
}

std::string_view before_suffix(const DomainName& name, const PublicSuffixes& suffixes) {
  const std::size_t suffix = suffixes.suffix_of(name).size();
  const std::string& text = name.text();
  return suffix + 1 < text.size() ? std::string_view(text).substr(0, text.size() - suffix - 1)
                                  : std::string_view();
}

/// The same person at the same name under another whole ending: yahoo.fr for yahoo.com.
void add_other_endings(const RecipientFacts& facts, std::vector<Candidate>& candidates) {
  const auto& [policy, people, well_known, suffixes] = facts.message.snapshots;
  const Mailbox& typed = facts.read->mailbox;
  const std::string_view stem = before_suffix(typed.domain, suffixes);
  if (stem.empty() || is_shared_name(typed.local)) {
    return;
  }
  SlipShape shape;
  shape.name_length = stem.size() - (stem.rfind('.') + 1);  // npos + 1 is 0
  for (const Contact* const contact : people.namesakes(typed.local)) {
    const DomainName& domain = contact->mailbox.domain;
    const bool told = std::any_of(
        candidates.begin(), candidates.end(),
        [&](const Candidate& candidate) { return candidate.meant.domain == domain; });
    if (told || domain == typed.domain || before_suffix(domain, suffixes) != stem ||
        !people.is_known(contact->mailbox, facts.message.message.time)) {
      continue;
    }
    Candidate candidate{{typed.local, domain}, domain, SlipKind::suffix,
                        standing_of({typed.local, domain}, facts.message), {}, 0, nullptr, false};
    if (!is_out_of_question(candidate, facts)) {
      weigh_slip(candidate, shape);
      weigh_sides(candidate, facts);
      candidates.push_back(std::move(candidate));
    }
  }
}

/// The name that people read where letters of another script stand in it, if that means something.
void add_latin_twin(const RecipientFacts& facts, std::vector<Candidate>& candidates) {
  const Mailbox& typed = facts.read->mailbox;
  if (typed.domain.text().find("xn--") == std::string::npos) {
    return;
  }
  const std::u32string twin = latin_twin_of(characters_of(typed.domain));
  const bool is_ascii = std::all_of(twin.begin(), twin.end(), [](char32_t c) { return c < 0x80; });
  std::string text;
  if (is_ascii) {
    std::transform(twin.begin(), twin.end(), std::back_inserter(text),
                   [](char32_t c) { return static_cast<char>(c); });
  }
  const std::optional<DomainName> domain = DomainName::from_ascii(text);
  const bool told = !domain || std::any_of(candidates.begin(), candidates.end(),
                                           [&](const Candidate& candidate) {
                                             return candidate.meant.domain == *domain;
                                           });
  if (told) {
    return;
  }
  Candidate candidate{{typed.local, *domain}, *domain, SlipKind::homoglyph,
                      standing_of({typed.local, *domain}, facts.message), {}, 0, nullptr, false};
  if (candidate.standing.means_something() && !is_out_of_question(candidate, facts)) {
    candidate.weigh("other_script", weights::other_script);
    weigh_sides(candidate, facts);
    candidates.push_back(std::move(candidate));
  }
}

}  // namespace

std::vector<Candidate> near_candidates(const RecipientFacts& facts) {
  const auto& [policy, people, well_known, suffixes] = facts.message.snapshots;
  const Mailbox& typed = facts.read->mailbox;
  Finds finds;
  finds.add(policy.near_names.near(typed.domain, suffixes));
  finds.add(people.near_names().near(typed.domain, suffixes));
  if (facts.message.inside) {
    finds.add(near_inside(typed.domain, *facts.message.inside, suffixes));
  }
  if (policy.builtin_protect) {
    finds.add(well_known.near_names().near(typed.domain, suffixes));
  }
  std::vector<Candidate> candidates;
  for (NearName& name : finds.names) {
    Mailbox meant{typed.local, std::move(name.meant)};
    Standing standing = standing_of(meant, facts.message);
    Candidate candidate{std::move(meant), std::move(name.near), name.slip, std::move(standing),
                        {}, 0, nullptr, false};
    const bool means_something =
        candidate.standing.means_something() || policy.near_names.contains(candidate.near) ||
        people.means_something(candidate.near, facts.message.message.time);
    if (means_something && !is_out_of_question(candidate, facts)) {
      weigh_slip(candidate, name.shape);
      weigh_sides(candidate, facts);
      candidates.push_back(std::move(candidate));
    }
  }
  add_other_endings(facts, candidates);
  add_latin_twin(facts, candidates);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return candidates;
}

}  // namespace recipient_guard
