// SPDX-License-Identifier: MPL-2.0
#include "commands/explanation.hpp"

#include <algorithm>

#include "address/reader.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

std::string_view list_of(RuleKind kind) {
  switch (kind) {
    case RuleKind::own:
      return "own";
    case RuleKind::allow:
      return "allow";
    case RuleKind::block:
      return "block";
  }
  return "";
}

void add_rules(Explanation& explanation, const Policy& policy, std::string_view list,
               std::vector<CoveringRule> found) {
  for (CoveringRule& one : found) {
    const std::string_view name = list.empty() ? list_of(one.rule.kind) : list;
    const std::string at = policy.shown(one.rule.source);
    explanation.rules.push_back({name, std::move(one.rule), at, one.coverage});
  }
}

std::string times(std::uint32_t count) {
  return count == 1 ? "once" : std::to_string(count) + " times";
}

std::string known_in_words(const Mailbox& mailbox, const Snapshots& snapshots, std::int64_t now) {
  const People& people = snapshots.people;
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (const Contact* const contact = people.contact(mailbox)) {
    if (contact->messages > 0) {
      add("written to " + times(contact->messages));
    }
    if (contact->answered) {
      add("answered");
    }
    if (!people.is_known(mailbox, now) && contact->messages > 0) {
      add("not known yet: it was only overridden, today");
    }
  }
  if (people.trusts(mailbox)) {
    add("trusted by the user");
  }
  if (people.trusts_domain_of(mailbox.domain)) {
    add("its domain trusted by the user");
  }
  if (people.is_known(mailbox, now) && text.empty()) {
    add("in an address book");
  }
  if (text.empty() && people.means_something(mailbox.domain, now)) {
    add("not known; somebody else at that domain is");
  }
  const WellKnownDomain* const row = snapshots.well_known.covering(mailbox.domain);
  if (row != nullptr) {
    text += text.empty() ? "not known to the user" : "";
    text += "; the built-in list holds " + std::string(row->name);
  }
  return text.empty() ? "not known" : text;
}

void add_reading(Explanation& explanation, const Reading& reading, const Message& message,
                 const Snapshots& snapshots) {
  const Policy& policy = snapshots.policy;
  if (const auto* const unreadable = std::get_if<Unreadable>(&reading)) {
    explanation.reading = "not one plain mailbox: " + std::string(name_of(unreadable->fault));
    if (unreadable->verbatim) {
      add_rules(explanation, policy, "", coverage_of_verbatim(policy.rules, *unreadable->verbatim));
    }
    return;
  }
  const auto* const read = std::get_if<ReadMailbox>(&reading);
  if (read == nullptr) {
    explanation.reading = "an empty group, which is nobody";
    return;
  }
  const Mailbox& mailbox = read->mailbox;
  explanation.reading = "one plain mailbox, " + mailbox.text();
  add_rules(explanation, policy, "", coverage_of(policy.rules, mailbox));
  add_rules(explanation, policy, "ask", coverage_of(policy.ask, mailbox));
  add_rules(explanation, policy, "protect", coverage_of(policy.protect, mailbox));
  explanation.known = known_in_words(mailbox, snapshots, message.time);
}

bool stands(const Judgement& judgement, Reason reason) {
  const auto& findings = judgement.recipients.front().findings;
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.reason == reason; });
}

bool is_merged(const Judgement& judgement, Reason reason) {
  const auto& findings = judgement.recipients.front().findings;
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return std::find(finding.merged.begin(), finding.merged.end(), reason) != finding.merged.end();
  });
}

bool is_off(const ReasonTraits& traits, const Policy& policy) {
  if (traits.reason == Reason::not_on_allowlist) {
    return !verdict_on_strangers(policy);
  }
  return !traits.fixed && !verdict_for(traits.reason, policy);
}

ExplainedCheck explained(const ReasonTraits& traits, const Explanation& explanation,
                         const Policy& policy) {
  const Judgement& judgement = explanation.judgement;
  ExplainedCheck check{traits.reason, ExplainedCheck::State::nothing, {}};
  for (const Evidence& piece : judgement.evidence) {
    if (piece.reason == traits.reason) {
      check.evidence.push_back(piece);
    }
  }
  std::stable_sort(check.evidence.begin(), check.evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.score > b.score; });
  check.evidence.resize(std::min(check.evidence.size(), max_told_evidence));
  const auto checks = recipient_checks();
  const bool looks = std::any_of(checks.begin(), checks.end(),
                                 [&](const CheckRow& row) { return row.reason == traits.reason; });
  using State = ExplainedCheck::State;
  if (stands(judgement, traits.reason)) {
    check.state = State::found;
  } else if (is_merged(judgement, traits.reason)) {
    check.state = State::merged;
  } else if (!check.evidence.empty()) {
    check.state = check.evidence.front().cleared_by.empty() ? State::below : State::cleared;
  } else if (traits.reason == Reason::marking || (!looks && !is_off(traits, policy))) {
    check.state = State::apart;
  } else if (is_off(traits, policy)) {
    check.state = State::off;
  }
  return check;
}

}  // namespace

std::string_view name_of(ExplainedCheck::State state) {
  switch (state) {
    case ExplainedCheck::State::nothing:
      return "nothing";
    case ExplainedCheck::State::below:
      return "below";
    case ExplainedCheck::State::cleared:
      return "cleared";
    case ExplainedCheck::State::found:
      return "found";
    case ExplainedCheck::State::merged:
      return "merged";
    case ExplainedCheck::State::off:
      return "off";
    case ExplainedCheck::State::apart:
      return "apart";
  }
  return "";
}

std::string_view words_for_clearing(std::string_view letter) {
  switch (letter.empty() ? '?' : letter.front()) {
    case 'A':
      return "the organisation's most specific entry names the address and allows it";
    case 'D':
      return "the organisation's most specific entry names the domain and allows it";
    case 'T':
      return "the user trusts it";
    case 'K':
      return "the user has written to it before, or it stands in an address book";
    case 'S':
      return "the user once said of this question that it is right";
    default:
      return "nothing";
  }
}

Explanation explain(const Message& message, const Snapshots& snapshots) {
  Explanation explanation;
  const Recipient& recipient = message.recipients.front();
  explanation.asked = recipient.text ? *recipient.text : std::string();
  explanation.judgement = judge(message, snapshots, Trace::on);
  add_reading(explanation, read_recipient(explanation.asked), message, snapshots);
  for (const ReasonTraits& traits : reason_table()) {
    explanation.checks.push_back(explained(traits, explanation, snapshots.policy));
  }
  return explanation;
}

}  // namespace recipient_guard
