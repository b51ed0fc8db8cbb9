// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy.hpp"

#include <unordered_set>
#include <utility>

namespace recipient_guard {
namespace {

// An id of near_names is a number in Policy::rules, or with this bit one in Policy::protect.
constexpr std::uint32_t of_protect = 1U << 31U;

/// A block entry of the same form and name decides instead.
bool is_overruled(const Policy& policy, std::size_t number) {
  if (!policy.rules.has_blocks()) {
    return false;
  }
  const Rule rule = policy.rules.rule(number);
  const auto decides = rule.entry.mailbox ? policy.rules.covering(*rule.entry.mailbox)
                                          : policy.rules.covering(*rule.entry.domain);
  return decides && decides->kind == RuleKind::block && decides->entry.form == rule.entry.form &&
         (rule.entry.mailbox || *decides->entry.domain == *rule.entry.domain);
}

/// Walks over the entries once and notes the first of each domain, so that the index of names can
/// be made at its size.
class Filling {
 public:
  explicit Filling(Policy& policy) : policy_(policy) {}

  void look_at(const EntrySet& entries, std::uint32_t bit, bool addresses) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const EntrySet::Listed listed = entries.listed(i);
      const bool is_address = listed.form == EntryForm::address;
      if (listed.form == EntryForm::verbatim || is_address != addresses ||
          listed.kind == RuleKind::block) {
        continue;
      }
      const std::size_t at = is_address ? listed.text.rfind('@') : 0;
      const std::string_view domain = is_address ? listed.text.substr(at + 1) : listed.text;
      if (is_address) {
        folded_.clear();
        append_folded(folded_, listed.text.substr(0, at), domain);
        near_addresses_.add(folded_, domain);
      }
      if (domain == last_ || seen_.contains(domain) || (bit == 0 && is_overruled(policy_, i))) {
        continue;
      }
      last_ = domain;
      seen_.insert(domain);
      names_.emplace_back(domain, static_cast<std::uint32_t>(i) | bit);
    }
  }

  void add_names(const PublicSuffixes& suffixes) {
    policy_.near_names.reserve(names_.size());
    for (const auto& [domain, id] : names_) {
      policy_.near_names.add(DomainName::kept(domain), id, suffixes);
    }
  }

 private:
  Policy& policy_;
  NearAddresses::Filling near_addresses_{policy_.near_addresses};
  std::string folded_;
  std::string_view last_;
  std::unordered_set<std::string_view> seen_;
  std::vector<std::pair<std::string_view, std::uint32_t>> names_;
};

}  // namespace

void fill_near_names(Policy& policy, const PublicSuffixes& suffixes) {
  policy.near_addresses.reserve(policy.rules.count_of_addresses() +
                                policy.protect.count_of_addresses());
  Filling filling(policy);
  filling.look_at(policy.rules, 0, false);
  filling.look_at(policy.rules, 0, true);
  filling.look_at(policy.protect, of_protect, false);
  filling.look_at(policy.protect, of_protect, true);
  filling.add_names(suffixes);
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
