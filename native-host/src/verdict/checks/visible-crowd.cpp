// SPDX-License-Identifier: MPL-2.0
// Many outsiders in To and Cc see each other's addresses: Bcc was probably meant.
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>

#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

constexpr std::int64_t usual_limit = 15;

/// As the policy sets it; null where it does not.
const CheckSetting::Number* limit_in(const Policy& policy) {
  const auto set = policy.checks.find(name_of(Reason::visible_crowd));
  if (set == policy.checks.end()) {
    return nullptr;
  }
  const auto number = set->second.numbers.find("limit");
  return number == set->second.numbers.end() ? nullptr : &number->second;
}

}  // namespace

std::vector<Finding> check_visible_crowd(const MessageFacts& facts) {
  const auto verdict = verdict_for(Reason::visible_crowd, facts.policy());
  const auto& recipients = facts.message.recipients;
  const CheckSetting::Number* const set = limit_in(facts.policy());
  const auto limit = static_cast<std::size_t>(set != nullptr ? set->value : usual_limit);
  if (!verdict || recipients.size() < limit) {
    return {};
  }
  Finding finding;
  finding.reason = Reason::visible_crowd;
  finding.verdict = *verdict;
  finding.rule = set != nullptr ? facts.policy().shown(set->source) : std::string();
  std::unordered_set<std::string> seen;  // somebody named twice is one of the crowd
  for (std::size_t index = 0; index < recipients.size(); ++index) {
    const Recipient& recipient = recipients[index];
    if ((recipient.field != Field::to && recipient.field != Field::cc) || !recipient.text) {
      continue;
    }
    const auto mailbox = read_mailbox(*recipient.text);
    if (mailbox && !facts.is_inside(*mailbox) && seen.insert(mailbox->key()).second) {
      finding.recipients.push_back(index);
    }
  }
  return finding.recipients.size() < limit ? std::vector<Finding>()
                                           : std::vector<Finding>{std::move(finding)};
}

}  // namespace recipient_guard
