// SPDX-License-Identifier: MPL-2.0
#include "organisation/coverage.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace recipient_guard {
namespace {

struct Relation {
  Coverage coverage = Coverage::less_specific;
  std::size_t rank = 0;  // more specific is more
};

// Addresses above everything, `=domain` above every domain, then by the domain's length, `*.x` just
// above `x` (docs/POLICY, Entries).
constexpr std::size_t rank_of_address = 1'000'000;
constexpr std::size_t rank_of_only = 999'999;

std::optional<Relation> relation(const Entry& entry, const Mailbox& mailbox) {
  switch (entry.form) {
    case EntryForm::verbatim:
      return std::nullopt;
    case EntryForm::address:
      return entry.mailbox->key() == mailbox.key()
                 ? std::optional(Relation{Coverage::less_specific, rank_of_address})
                 : std::nullopt;
    default:
      break;
  }
  const DomainName& domain = *entry.domain;
  const bool is_itself = domain == mailbox.domain;
  if (!is_itself && !mailbox.domain.is_below(domain)) {
    return std::nullopt;
  }
  const std::size_t by_length = 2 * domain.text().size();
  if (entry.form == EntryForm::only) {
    return is_itself ? Relation{Coverage::less_specific, rank_of_only}
                     : Relation{Coverage::only_itself, 0};
  }
  if (entry.form == EntryForm::below) {
    return is_itself ? Relation{Coverage::only_below, 0}
                     : Relation{Coverage::less_specific, by_length + 1};
  }
  return Relation{Coverage::less_specific, by_length};
}

struct Ranked {
  Rule rule;
  Relation relation;
};

std::vector<CoveringRule> decided(std::vector<Ranked> found) {
  std::stable_sort(found.begin(), found.end(), [](const Ranked& a, const Ranked& b) {
    if (a.relation.rank != b.relation.rank) {
      return a.relation.rank > b.relation.rank;
    }
    return a.rule.kind == RuleKind::block && b.rule.kind != RuleKind::block;
  });
  std::vector<CoveringRule> told;
  for (Ranked& one : found) {
    if (told.size() == max_told_rules) {
      break;
    }
    Coverage coverage = one.relation.coverage;
    const Ranked& first = found.front();
    if (one.relation.rank > 0 && told.empty()) {
      coverage = Coverage::decides;
    } else if (one.relation.rank > 0 && one.relation.rank == first.relation.rank) {
      const bool block_wins =
          told.front().rule.kind == RuleKind::block && one.rule.kind != RuleKind::block;
      coverage = block_wins ? Coverage::block_is_first : Coverage::repeated;
    }
    told.push_back({std::move(one.rule), coverage});
  }
  return told;
}

}  // namespace

std::string_view words_for(Coverage coverage) {
  switch (coverage) {
    case Coverage::decides:
      return "decides: the most specific entry";
    case Coverage::less_specific:
      return "lost: less specific than the one that decides";
    case Coverage::block_is_first:
      return "lost: as specific, but block beats allow";
    case Coverage::repeated:
      return "lost: the same entry stands before it";
    case Coverage::only_itself:
      return "does not hold: names that domain alone, not what is below";
    case Coverage::only_below:
      return "does not hold: names what is below that domain, not itself";
  }
  return "";
}

std::vector<CoveringRule> coverage_of(const EntrySet& entries, const Mailbox& mailbox) {
  std::vector<Ranked> found;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Rule rule = entries.rule(i);
    if (const auto related = relation(rule.entry, mailbox)) {
      found.push_back({std::move(rule), *related});
    }
  }
  return decided(std::move(found));
}

std::vector<CoveringRule> coverage_of_verbatim(const EntrySet& entries, std::string_view address) {
  std::vector<Ranked> found;
  const auto deciding = entries.covering_verbatim(address);
  if (deciding) {
    found.push_back({made_of(*deciding), {Coverage::less_specific, rank_of_address}});
  }
  return decided(std::move(found));
}

}  // namespace recipient_guard
