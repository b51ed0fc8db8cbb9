// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy.hpp"

#include <unordered_set>
#include <utility>
#include <vector>

namespace recipient_guard {
namespace {

template <std::size_t size, typename Enum>
std::string_view name_in(const std::array<std::string_view, size>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// In the order of their enumerations.
constexpr std::array<std::string_view, 2> modes{"enforce", "watch"};
constexpr std::array<std::string_view, 4> verdicts{"off", "allow", "warn", "block"};
constexpr std::array<std::string_view, 2> known_contacts{"ignore", "allow"};
constexpr std::array<std::string_view, 3> personal_trusts{"none", "addresses", "domains"};
constexpr std::array<std::string_view, 3> overrides{"none", "click", "reason"};
constexpr std::array<std::string_view, 3> records{"none", "questioned", "all"};
constexpr std::array<std::string_view, 2> recorded_addresses{"full", "domain"};

// An id of near_names is a number in Policy::rules, or with this bit one in Policy::protect.
constexpr std::uint32_t of_protect_list = 1U << 31U;

/// A block entry of the same form and name decides instead.
bool is_overruled(const Policy& policy, std::size_t number) {
  if (!policy.rules.has_blocks()) {
    return false;
  }
  const Rule rule = policy.rules.rule(number);
  const auto decides = rule.entry.mailbox ? policy.rules.covering(*rule.entry.mailbox)
                                          : policy.rules.covering(*rule.entry.domain);
  return decides && decides->kind == RuleKind::block && decides->form == rule.entry.form &&
         (rule.entry.mailbox || decides->text == rule.entry.domain->text());
}

/// Fills both indexes of near names. Domains are noted first, so that the index of names can be
/// made at its size.
class Filling {
 public:
  explicit Filling(Policy& policy) : policy_(policy) {}

  void run(const PublicSuffixes& suffixes) {
    policy_.near_addresses.reserve(policy_.rules.count_of_addresses().entries +
                                   policy_.protect.count_of_addresses().entries);
    const auto of_rules = domains_of_addresses(policy_.rules);
    const auto of_protect = domains_of_addresses(policy_.protect);
    std::size_t names_to_come = seen_.size();
    std::size_t octets = 0;
    for (const std::string_view name : seen_) {
      octets += name.size();
    }
    for (const EntrySet* const entries : {&policy_.rules, &policy_.protect}) {
      const EntrySet::Count domains = entries->count_of_domains();
      names_to_come += domains.entries;
      octets += domains.octets;
    }
    policy_.near_names.reserve(names_to_come, octets);
    NearNames::Filling names(policy_.near_names, suffixes);
    add_names(policy_.rules, of_rules, 0, names);
    add_names(policy_.protect, of_protect, of_protect_list, names);
  }

 private:
  /// By the first entry of each; all their addresses go into their own index.
  std::vector<std::uint32_t> domains_of_addresses(const EntrySet& entries) {
    std::vector<std::uint32_t> firsts;
    NearAddresses::Filling addresses(policy_.near_addresses);
    std::string folded;
    std::string_view last;
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      const ListedRule listed = entries.listed(i);
      if (listed.form != EntryForm::address || listed.kind == RuleKind::block) {
        continue;
      }
      const std::size_t at = listed.text.rfind('@');
      const std::string_view domain = listed.text.substr(at + 1);
      folded.clear();
      append_folded(folded, listed.text.substr(0, at), domain);
      addresses.add(folded, domain);
      if (domain == last || seen_.contains(domain) || is_out(entries, i)) {
        continue;
      }
      last = *seen_.insert(domain).first;
      firsts.push_back(i);
    }
    return firsts;
  }

  void add_names(const EntrySet& entries, const std::vector<std::uint32_t>& addresses,
                 std::uint32_t bit, NearNames::Filling& names) const {
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      const ListedRule listed = entries.listed(i);
      if (names_domain(listed.form) && listed.kind != RuleKind::block && !is_out(entries, i)) {
        names.add(listed.text, i | bit);
      }
    }
    for (const std::uint32_t i : addresses) {
      const std::string_view text = entries.listed(i).text;
      names.add(text.substr(text.rfind('@') + 1), i | bit);
    }
  }

  bool is_out(const EntrySet& entries, std::uint32_t number) const {
    return &entries == &policy_.rules && is_overruled(policy_, number);
  }

  Policy& policy_;
  std::unordered_set<std::string_view> seen_;
};

}  // namespace

std::string_view name_of(PolicyMode mode) {
  return name_in(modes, mode);
}

std::string_view name_of(PolicyVerdict verdict) {
  return name_in(verdicts, verdict);
}

std::string_view name_of(KnownContacts known) {
  return name_in(known_contacts, known);
}

std::string_view name_of(PersonalTrust trust) {
  return name_in(personal_trusts, trust);
}

std::string_view name_of(Override override) {
  return name_in(overrides, override);
}

std::string_view name_of(AuditSettings::Record record) {
  return name_in(records, record);
}

std::string_view name_of(AuditSettings::Addresses addresses) {
  return name_in(recorded_addresses, addresses);
}

void fill_near_names(Policy& policy, const PublicSuffixes& suffixes) {
  Filling(policy).run(suffixes);
}

NearRule Policy::near_rule(std::uint32_t id) const {
  if ((id & of_protect_list) != 0) {
    return {NearList::protect, protect.rule(id & ~of_protect_list)};
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
