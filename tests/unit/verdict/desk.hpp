// SPDX-License-Identifier: MPL-2.0
// A desk to judge at: a policy and people made by hand, a message to whom one likes.
#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>
#include <vector>

#include "address/reader.hpp"
#include "verdict/judge.hpp"
#include "verdict/learn.hpp"

namespace recipient_guard {

inline constexpr std::int64_t one_day = 86400;
inline constexpr std::int64_t today = 19'700 * one_day + one_day / 2;

inline const PublicSuffixes& all_suffixes() {
  static const PublicSuffixes list;
  return list;
}

inline const WellKnownNames& built_in_names() {
  static const WellKnownNames names(all_suffixes());
  return names;
}

inline Mailbox mailbox_of(const std::string& text) {
  const auto mailbox = read_address(text);
  REQUIRE(mailbox);
  return *mailbox;
}

/// "It is right" was said of it.
inline void settle(People& people, const RecipientJudgement& judged) {
  Facts facts;
  facts.settled = settled_by(judged);
  apply(facts, people, all_suffixes());
}

inline Recipient recipient(Field field, std::string text) {
  return {field, std::move(text), {}, {}};
}

/// The name of `text` with its first a in Cyrillic.
inline std::string with_cyrillic_a(std::string text) {
  return text.replace(text.find('a'), 1, "\xd0\xb0");
}

class Desk {
 public:
  Policy policy;
  People people;
  KeyboardLayouts keyboards = KeyboardLayouts::all();
  Message message;

  Desk() {
    policy.documents = {"policy.json"};
    message.from = "me@orchard-example.com";
    message.time = today;
  }

  Desk& own(const std::string& text) {
    add(policy.own, text);
    policy.rules.add(entry(text), place(), RuleKind::own);
    return *this;
  }
  Desk& allow(const std::string& text) {
    policy.rules.add(entry(text), place(), RuleKind::allow);
    return *this;
  }
  Desk& block(const std::string& text) {
    policy.rules.add(entry(text), place(), RuleKind::block);
    return *this;
  }
  Desk& ask(const std::string& text) { return add(policy.ask, text); }
  Desk& protect(const std::string& text) { return add(policy.protect, text); }
  Desk& senders(const std::string& text) { return add(policy.senders, text); }
  Desk& check(const std::string& code, PolicyVerdict verdict) {
    CheckSetting setting;
    setting.verdict = verdict;
    setting.source = place();
    policy.checks[code] = setting;
    return *this;
  }
  Desk& pair(const std::string& meant, const std::string& typed,
             std::optional<PolicyVerdict> verdict = {}) {
    policy.confusable.push_back(
        {*DomainName::from_ascii(meant), *DomainName::from_ascii(typed), verdict, place()});
    return *this;
  }
  Desk& wrote_to(const std::string& text, int times = 1, Sending sending = Sending::right) {
    for (int i = 0; i < times; ++i) {
      people.wrote_to(mailbox_of(text), today - (times - i) * one_day, sending, all_suffixes());
    }
    return *this;
  }
  Desk& answered(const std::string& text) {
    people.answered(mailbox_of(text), all_suffixes());
    return *this;
  }
  Desk& trust(const std::string& text) {
    people.trust(mailbox_of(text), all_suffixes());
    return *this;
  }

  Judgement judge(std::vector<Recipient> recipients, Trace trace = Trace::off) {
    message.recipients = std::move(recipients);
    Policy filled = policy;
    fill_near_names(filled, all_suffixes());
    return recipient_guard::judge(
        message, {filled, people, built_in_names(), all_suffixes(), keyboards}, trace);
  }
  RecipientJudgement to(const std::string& text) {
    return judge({recipient(Field::to, text)}).recipients.front();
  }

 private:
  static Entry entry(const std::string& text) {
    const auto read = read_entry(text);
    REQUIRE(std::holds_alternative<Entry>(read));
    return std::get<Entry>(read);
  }
  Desk& add(EntrySet& set, const std::string& text) {
    set.add(entry(text), place());
    return *this;
  }
  SourcePlace place() { return {0, ++line_}; }

  std::uint32_t line_ = 0;
};

inline std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    codes.emplace_back(name_of(finding.reason));
  }
  return codes;
}
inline std::vector<std::string> codes_of(const RecipientJudgement& judged) {
  return codes_of(judged.findings);
}

using Codes = std::vector<std::string>;
using Addresses = std::vector<std::string>;

/// The finding with this code; fails the test where there is none.
inline Finding finding_of(const RecipientJudgement& judged, Reason reason) {
  for (const Finding& finding : judged.findings) {
    if (finding.reason == reason) {
      return finding;
    }
  }
  FAIL("no " << name_of(reason) << " for " << judged.shown());
  return {};
}

/// What the first finding on `typed` offers.
inline Addresses meant(Desk& desk, const std::string& typed) {
  const auto judged = desk.to(typed);
  return judged.findings.empty() ? Addresses{} : judged.findings.front().meant;
}

}  // namespace recipient_guard
