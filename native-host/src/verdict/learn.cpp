// SPDX-License-Identifier: MPL-2.0
#include "verdict/learn.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

bool is_written_to(Field field) {
  return field == Field::to || field == Field::cc || field == Field::bcc;
}

/// The name beside an address, where it says no more than a name: one that holds an address would
/// keep that one, too, and nobody could find it there to forget it.
std::string name_shown(const Message& message, std::size_t index) {
  const auto& text = message.recipients[index].text;
  if (!text || text->find('<') == std::string::npos) {
    return {};
  }
  const Reading reading = read_recipient(*text);
  const auto* const read = std::get_if<ReadMailbox>(&reading);
  return read == nullptr || read->display_name.find('@') != std::string::npos ? std::string()
                                                                              : read->display_name;
}

/// `overrides` says of a recipient, by its place in `judgement`, whether it left against a
/// question.
template <typename Overrides>
Facts facts_of(const Message& message, const Judgement& judgement, Overrides overrides) {
  Facts facts;
  facts.time = message.time;
  // An address that stands in several fields was written to once; questioned in one is questioned.
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < judgement.recipients.size(); ++i) {
    const RecipientJudgement& recipient = judgement.recipients[i];
    auto mailbox = Mailbox::from_text(recipient.address);
    if (!mailbox || !is_written_to(recipient.field)) {
      continue;
    }
    const auto [at, is_new] = places.try_emplace(mailbox->key(), facts.written_to.size());
    if (is_new) {
      facts.written_to.push_back(
          {std::move(*mailbox), name_shown(message, recipient.index), Sending::right});
    }
    if (overrides(i)) {
      facts.written_to[at->second].sending = Sending::overridden;
    }
  }
  return facts;
}

void settle_one(std::vector<SettledQuestion>& settled, Reason reason,
                const RecipientJudgement& recipient) {
  if ((traits_of(reason).clears & by_settled) != 0) {
    settled.push_back({std::string(name_of(reason)), settled_subject(reason, recipient)});
  }
}

}  // namespace

std::vector<SettledQuestion> settled_by(const RecipientJudgement& recipient) {
  std::vector<SettledQuestion> settled;
  for (const Finding& finding : recipient.findings) {
    settle_one(settled, finding.reason, recipient);
    for (const Reason merged : finding.merged) {
      settle_one(settled, merged, recipient);
    }
  }
  return settled;
}

Judgement all_answered(Judgement judgement) {
  for (RecipientJudgement& recipient : judgement.recipients) {
    recipient.verdict = Verdict::allow;
    recipient.findings.clear();
  }
  return judgement;
}

Facts learned_from(const Message& message, const Judgement& judgement, const Judgement& open) {
  Facts facts = facts_of(message, judgement, [&](std::size_t i) {
    return judgement.recipients[i].verdict == Verdict::block ||
           open.recipients[i].verdict != Verdict::allow;
  });
  if (message.is_reply() && message.answered) {
    if (auto author = read_mailbox(message.answered->from)) {
      facts.answered.push_back(*std::move(author));
    }
  }
  return facts;
}

Facts learned_from_past(const Message& message, const Judgement& judgement) {
  Facts facts = facts_of(message, judgement, [&](std::size_t i) {
    const RecipientJudgement& recipient = judgement.recipients[i];
    const auto is_lookalike = [](Reason reason) { return traits_of(reason).lookalike; };
    return std::any_of(
        recipient.findings.begin(), recipient.findings.end(), [&](const Finding& finding) {
          return is_lookalike(finding.reason) ||
                 std::any_of(finding.merged.begin(), finding.merged.end(), is_lookalike);
        });
  });
  if (message.is_reply() && facts.written_to.size() == 1 && message.recipients.size() == 1) {
    facts.answered.push_back(facts.written_to.front().mailbox);
  }
  return facts;
}

}  // namespace recipient_guard
