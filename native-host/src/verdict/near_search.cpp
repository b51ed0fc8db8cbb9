// SPDX-License-Identifier: MPL-2.0
// Names near the domain that was typed, from every index there is, each weighed once.
#include <algorithm>
#include <iterator>

#include "lookalike/glued_labels.hpp"
#include "lookalike/skeleton.hpp"
#include "verdict/facts.hpp"
#include "verdict/slip_weighing.hpp"
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
std::vector<NearName> near_inside(const NearQuery& query, const DomainName& inside) {
  const PublicSuffixes& suffixes = query.suffixes();
  if (suffixes.is_public_suffix(inside)) {
    return {};
  }
  for (const auto& [parent, keys] : query.parents()) {
    const auto slip = slip_between(parent, inside, suffixes);
    const auto meant = slip ? with_end_replaced(query.typed(), parent, inside) : std::nullopt;
    if (meant) {
      return {NearName{inside, *meant, slip->kind, 0, slip->shape}};
    }
  }
  return {};
}

/// What no slip can be about, whatever its weight.
bool is_out_of_question(Candidate& candidate, const RecipientFacts& facts,
                        bool only_marks = false) {
  const Mailbox& typed = facts.read->mailbox;
  if (candidate.meant.domain == typed.domain) {
    return true;
  }
  if (is_built_in_name(facts) && !candidate.standing.known) {
    return true;
  }
  // What lies below a name of the built-in list has that name right; its own labels may be wrong.
  const WellKnownDomain* const above = facts.message.snapshots.well_known.covering(typed.domain);
  const auto name = above != nullptr ? DomainName::from_ascii(above->name) : std::nullopt;
  if (name && !candidate.meant.domain.is_below(*name) && candidate.meant.domain != *name &&
      !candidate.standing.known && !only_marks) {
    return true;
  }
  const EqualTerms terms = equal_terms(facts, candidate);
  candidate.both_known = terms == EqualTerms::by_user;
  return terms == EqualTerms::by_organisation;
}

bool is_told(const DomainName& meant, const std::vector<Candidate>& candidates) {
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](const Candidate& candidate) { return candidate.meant.domain == meant; });
}

/// A name to look near, in whichever index.
bool is_listed(const DomainName& name, const RecipientFacts& facts) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  return policy.near_names.contains(name) ||
         people.means_something(name, facts.message.message.time) ||
         (facts.message.inside && *facts.message.inside == name) ||
         (policy.builtin_protect && well_known.near_names().contains(name));
}

/// One label too many in front: usibm.com for ibm.com, where us is a label that many put there.
void add_glued_subdomains(const RecipientFacts& facts, std::vector<Candidate>& candidates) {
  const Mailbox& typed = facts.read->mailbox;
  const PublicSuffixes& suffixes = facts.message.snapshots.suffixes;
  const auto registrable = suffixes.registrable_of(typed.domain);
  if (!registrable) {
    return;
  }
  const std::string_view name = *registrable;
  const std::size_t label = name.find('.');
  for (const std::string_view subdomain : common_subdomains_in_front(name.substr(0, label))) {
    const std::size_t size = subdomain.size();
    const auto near = size + 1 < label ? DomainName::from_ascii(name.substr(size)) : std::nullopt;
    if (!near || !is_listed(*near, facts)) {
      continue;
    }
    const auto meant =
        with_end_replaced(typed.domain, *DomainName::from_ascii(name),
                          *DomainName::from_ascii(std::string(subdomain) + "." + near->text()));
    if (!meant || is_told(*meant, candidates)) {
      continue;
    }
    Candidate candidate{{typed.local, *meant},
                        *near,
                        SlipKind::dot,
                        standing_of({typed.local, *meant}, facts.message)};
    if (!is_out_of_question(candidate, facts)) {
      candidate.weigh("prior", weights::prior);
      candidate.weigh("glued_subdomain", weights::glued_subdomain);
      candidate.weigh("length_behind_glue", weights::length_behind_glue, label - size);
      weigh_sides(candidate, facts);
      candidates.push_back(std::move(candidate));
    }
  }
}

std::string_view before_suffix(const DomainName& name, const PublicSuffixes& suffixes) {
  const std::size_t suffix = suffixes.suffix_of(name).size();
  const std::string& text = name.text();
  return suffix + 1 < text.size() ? std::string_view(text).substr(0, text.size() - suffix - 1)
                                  : std::string_view();
}

/// The same person at the same name under another whole ending: yahoo.fr for yahoo.com.
void add_other_endings(const RecipientFacts& facts, std::vector<Candidate>& candidates) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  const Mailbox& typed = facts.read->mailbox;
  const std::string_view stem = before_suffix(typed.domain, suffixes);
  if (stem.empty()) {
    return;
  }
  SlipShape shape;
  shape.name_length = stem.size() - (stem.rfind('.') + 1);  // npos + 1 is 0
  shape.label_length = shape.name_length;
  for (const Contact* const contact : people.namesakes(typed.local)) {
    const DomainName& domain = contact->mailbox.domain;
    if (is_told(domain, candidates) || domain == typed.domain ||
        before_suffix(domain, suffixes) != stem ||
        !people.is_known(contact->mailbox, facts.message.message.time)) {
      continue;
    }
    Candidate candidate{{typed.local, domain},
                        domain,
                        SlipKind::suffix,
                        standing_of({typed.local, domain}, facts.message)};
    if (!is_out_of_question(candidate, facts)) {
      weigh_slip(candidate, shape, keyboards);
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
  if (!domain || is_told(*domain, candidates)) {
    return;
  }
  Candidate candidate{{typed.local, *domain},
                      *domain,
                      SlipKind::homoglyph,
                      standing_of({typed.local, *domain}, facts.message)};
  if (candidate.standing.means_something() && !is_out_of_question(candidate, facts)) {
    candidate.weigh("other_script", weights::other_script);
    weigh_sides(candidate, facts);
    candidates.push_back(std::move(candidate));
  }
}

Finds one_slip_away(const RecipientFacts& facts, const NearQuery& query) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  Finds finds;
  finds.add(policy.near_names.near(query));
  finds.add(people.near_names().near(query));
  if (facts.message.inside) {
    finds.add(near_inside(query, *facts.message.inside));
  }
  if (policy.builtin_protect) {
    finds.add(well_known.near_names().near(query));
  }
  return finds;
}

Finds two_edits_away(const RecipientFacts& facts, const NearQuery& query) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  Finds finds;
  finds.add(policy.near_names.two_edits_away(query));
  finds.add(people.near_names().two_edits_away(query));
  if (policy.builtin_protect) {
    finds.add(well_known.near_names().two_edits_away(query));
  }
  return finds;
}

void weigh_finds(Finds finds, const RecipientFacts& facts, std::vector<Candidate>& candidates) {
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  for (NearName& name : finds.names) {
    Mailbox meant{facts.read->mailbox.local, std::move(name.meant)};
    Standing standing = standing_of(meant, facts.message);
    Candidate candidate{std::move(meant), std::move(name.near), name.slip, std::move(standing)};
    const bool means_something = candidate.standing.means_something() ||
                                 policy.near_names.contains(candidate.near) ||
                                 people.means_something(candidate.near, facts.message.message.time);
    if (means_something && !is_out_of_question(candidate, facts, name.shape.only_marks)) {
      weigh_slip(candidate, name.shape, keyboards);
      weigh_sides(candidate, facts);
      candidates.push_back(std::move(candidate));
    }
  }
}

}  // namespace

std::vector<Candidate> near_candidates(const RecipientFacts& facts) {
  const NearQuery query(facts.read->mailbox.domain, facts.message.snapshots.suffixes);
  std::vector<Candidate> candidates;
  weigh_finds(one_slip_away(facts, query), facts, candidates);
  add_glued_subdomains(facts, candidates);
  add_other_endings(facts, candidates);
  add_latin_twin(facts, candidates);
  const bool one_slip_explains =
      std::any_of(candidates.begin(), candidates.end(),
                  [](const Candidate& candidate) { return candidate.score >= weights::threshold; });
  if (!one_slip_explains) {
    weigh_finds(two_edits_away(facts, query), facts, candidates);
  }
  sort_likeliest_first(candidates);
  return candidates;
}

}  // namespace recipient_guard
