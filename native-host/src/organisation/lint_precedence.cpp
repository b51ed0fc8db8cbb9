// SPDX-License-Identifier: MPL-2.0
// Entries against each other: which of them say the same, contradict, or never come to speak.
#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "organisation/lint_findings.hpp"

namespace recipient_guard {
namespace {

constexpr std::uint32_t nobody = ~0U;

/// The first entry of each kind under one form and name.
struct Firsts {
  std::array<std::uint32_t, 3> of_kind{nobody, nobody, nobody};

  std::uint32_t& of(RuleKind kind) { return of_kind[static_cast<std::size_t>(kind)]; }
  std::uint32_t allowing() const {
    return std::min(of_kind[static_cast<std::size_t>(RuleKind::own)],
                    of_kind[static_cast<std::size_t>(RuleKind::allow)]);
  }
  std::uint32_t blocking() const { return of_kind[static_cast<std::size_t>(RuleKind::block)]; }
};

char mark_of(EntryForm form) {
  return static_cast<char>('0' + static_cast<int>(form));
}

std::string key_of(EntryForm form, std::string_view name) {
  std::string key(1, mark_of(form));
  key.append(name);
  return key;
}

std::string key_of(const Entry& entry) {
  switch (entry.form) {
    case EntryForm::address:
      return key_of(entry.form, entry.mailbox->key());
    case EntryForm::verbatim:
      return key_of(entry.form, entry.text);
    default:
      return key_of(entry.form, entry.domain->text());
  }
}

class Precedence {
 public:
  Precedence(const Policy& policy, const PublicSuffixes& suffixes, LintFindings& findings)
      : policy_(policy), suffixes_(suffixes), findings_(findings) {}

  void run() {
    firsts_.reserve(policy_.rules.size());
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      const Rule rule = policy_.rules.rule(i);
      std::uint32_t& first = firsts_[key_of(rule.entry)].of(rule.kind);
      first = first == nobody ? i : first;
    }
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      look_at(i, policy_.rules.rule(i));
    }
    look_at_asked();
  }

 private:
  std::string place_of(std::uint32_t number) const {
    return policy_.shown(policy_.rules.rule(number).source);
  }

  void add(LintCode code, const Rule& rule, std::string text, std::string advice) {
    findings_.add(code, policy_, rule.source, std::move(text), std::move(advice));
  }

  void look_at(std::uint32_t number, const Rule& rule) {
    Firsts& same = firsts_.at(key_of(rule.entry));
    if (const std::uint32_t first = same.of(rule.kind); first != number) {
      add(LintCode::doubled, rule, quoted(rule) + " stands in " + place_of(first) + " already",
          "Take one of them out.");
      return;
    }
    if (rule.kind != RuleKind::block && same.blocking() != nobody) {
      add(LintCode::contradictory, rule,
          quoted(rule) + " is allowed here and blocked in " + place_of(same.blocking()) +
              "; the block holds",
          "Take one of them out.");
      return;
    }
    // `own` says more than `allow`: who is inside.
    if (rule.kind == RuleKind::allow && same.of(RuleKind::own) != nobody) {
      add(LintCode::doubled, rule,
          quoted(rule) + " is allowed as own already, in " + place_of(same.of(RuleKind::own)),
          "Take it out here: own is allowed too.");
      return;
    }
    if (is_unreachable(rule)) {
      const std::string& name = rule.entry.domain->text();
      add(LintCode::unreachable, rule,
          quoted(rule) + " never decides: \"=" + name + "\" and \"*." + name +
              "\" name all of it, and are more specific",
          "Take it out, or one of these.");
      return;
    }
    look_for_wider(rule);
  }

  bool is_unreachable(const Rule& rule) const {
    return rule.entry.form == EntryForm::domain &&
           firsts_.contains(key_of(EntryForm::only, rule.entry.domain->text())) &&
           firsts_.contains(key_of(EntryForm::below, rule.entry.domain->text()));
  }

  /// What decides where `rule` is taken out.
  std::optional<Rule> wider_than(const Rule& rule) const {
    const Entry& entry = rule.entry;
    if (entry.form == EntryForm::verbatim) {
      return std::nullopt;
    }
    const std::string& name = entry.domain ? entry.domain->text() : entry.mailbox->domain.text();
    const auto entry_at = [&](EntryForm form, std::string_view of) -> std::optional<Rule> {
      const auto found = firsts_.find(key_of(form, of));
      if (found == firsts_.end()) {
        return std::nullopt;
      }
      const Firsts& firsts = found->second;
      return policy_.rules.rule(firsts.blocking() != nobody ? firsts.blocking()
                                                            : firsts.allowing());
    };
    std::optional<Rule> wider;
    if (entry.form == EntryForm::address) {
      wider = entry_at(EntryForm::only, name);
    }
    if (!wider && entry.form != EntryForm::domain) {
      wider = entry_at(EntryForm::domain, name);
    }
    for (std::size_t dot = name.find('.'); !wider && dot != std::string::npos;
         dot = name.find('.', dot + 1)) {
      const std::string_view parent = std::string_view(name).substr(dot + 1);
      wider = entry_at(EntryForm::below, parent);
      wider = wider ? wider : entry_at(EntryForm::domain, parent);
    }
    return wider;
  }

  void look_for_wider(const Rule& rule) {
    const std::optional<Rule> wider = wider_than(rule);
    if (!wider) {
      return;
    }
    const bool both_block = rule.kind == RuleKind::block && wider->kind == RuleKind::block;
    // An allowed address clears more than its domain; a name below a bare suffix is one that slips
    // are found near.
    const bool both_allow = !rule.entry.names_address() && wider->kind != RuleKind::block &&
                            (rule.kind == RuleKind::allow ||
                             (rule.kind == RuleKind::own && wider->kind == RuleKind::own)) &&
                            !suffixes_.is_public_suffix(*wider->entry.domain);
    if (both_block || both_allow) {
      add(LintCode::shadowed, rule,
          quoted(rule) + " changes nothing: " + quoted(*wider) + " in " +
              policy_.shown(wider->source) + " covers it and does the same",
          "Take it out, or make the wider one narrower.");
    }
  }

  void look_at_asked() {
    for (const Rule& asked : policy_.ask.rules()) {
      const Entry& entry = asked.entry;
      const auto rule = entry.mailbox  ? policy_.rules.covering(*entry.mailbox)
                        : entry.domain ? policy_.rules.covering(*entry.domain)
                                       : std::nullopt;
      if (rule && rule->kind == RuleKind::block) {
        add(LintCode::contradictory, asked,
            quoted(asked) + " is asked about here and blocked by " + quoted(made_of(*rule)) +
                " in " + policy_.shown(rule->source) + "; the block holds",
            "Take one of them out, or allow what is to be asked about.");
      }
    }
  }

  const Policy& policy_;
  const PublicSuffixes& suffixes_;
  LintFindings& findings_;
  // Most questions are for what is not there, which a flat table answers at one look.
  boost::unordered_flat_map<std::string, Firsts, std::hash<std::string>> firsts_;
};

void look_for_doubled(const Policy& policy, const EntrySet& entries, LintFindings& findings) {
  std::unordered_map<std::string, SourcePlace> seen;
  for (const Rule& rule : entries.rules()) {
    const auto [first, is_new] = seen.emplace(key_of(rule.entry), rule.source);
    if (!is_new) {
      findings.add(LintCode::doubled, policy, rule.source,
                   quoted(rule) + " stands in " + policy.shown(first->second) + " already",
                   "Take one of them out.");
    }
  }
}

}  // namespace

void lint_precedence(const Policy& policy, const PublicSuffixes& suffixes, LintFindings& findings) {
  Precedence(policy, suffixes, findings).run();
  for (const EntrySet* entries : {&policy.ask, &policy.protect, &policy.senders}) {
    look_for_doubled(policy, *entries, findings);
  }
}

}  // namespace recipient_guard
