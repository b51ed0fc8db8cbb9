// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy.hpp"

namespace recipient_guard {
namespace {

// An id of near_names is a number in Policy::rules, or with this bit one in Policy::protect.
constexpr std::uint32_t of_protect = 1U << 31U;

const DomainName& domain_of(const Entry& entry) {
  return entry.domain ? *entry.domain : entry.mailbox->domain;
}

/// A block entry of the same form and name decides instead.
bool is_overruled(const Policy& policy, const Rule& rule) {
  const auto decides = rule.entry.mailbox ? policy.rules.covering(*rule.entry.mailbox)
                                          : policy.rules.covering(*rule.entry.domain);
  return decides && decides->kind == RuleKind::block && decides->entry.form == rule.entry.form &&
         (rule.entry.mailbox || *decides->entry.domain == *rule.entry.domain);
}

void fill_from(Policy& policy, const EntrySet& entries, std::uint32_t bit, bool addresses,
               const PublicSuffixes& suffixes) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Rule rule = entries.rule(i);
    const Entry& entry = rule.entry;
    if (entry.form == EntryForm::verbatim || entry.names_address() != addresses ||
        rule.kind == RuleKind::block) {
      continue;
    }
    const DomainName& domain = domain_of(entry);
    if (addresses) {
      policy.near_addresses.add(*entry.mailbox);
    }
    if (policy.near_names.contains(domain) || (bit == 0 && is_overruled(policy, rule))) {
      continue;
    }
    policy.near_names.add(domain, static_cast<std::uint32_t>(i) | bit, suffixes);
  }
}

}  // namespace

void fill_near_names(Policy& policy, const PublicSuffixes& suffixes) {
  // Addresses are not counted: a million of them can stand at a handful of domains.
  policy.near_names.reserve(policy.rules.count_of_domains() + policy.protect.count_of_domains());
  fill_from(policy, policy.rules, 0, false, suffixes);
  fill_from(policy, policy.rules, 0, true, suffixes);
  fill_from(policy, policy.protect, of_protect, false, suffixes);
  fill_from(policy, policy.protect, of_protect, true, suffixes);
}

NearRule Policy::near_rule(std::uint32_t id) const {
  if ((id & of_protect) != 0) {
    return {NearList::protect, protect.rule(id & ~of_protect)};
  }
  Rule rule = rules.rule(id);
  const NearList list = rule.kind == RuleKind::own ? NearList::own : NearList::allow;
  return {list, std::move(rule)};
}

std::string Policy::shown(SourcePlace source) const {
  if (source.document >= documents.size()) {
    return {};
  }
  return documents[source.document] + ":" + std::to_string(source.line);
}

std::string Policy::shown(std::string_view key) const {
  const auto place = set_at.find(key);
  return place == set_at.end() ? std::string() : shown(place->second);
}

}  // namespace recipient_guard
