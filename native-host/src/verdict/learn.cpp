// SPDX-License-Identifier: MPL-2.0
#include "verdict/learn.hpp"

#include <string>
#include <unordered_map>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

std::optional<Mailbox> mailbox_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const auto local = LocalPart::from_text(address.substr(0, at));
  const auto domain = DomainName::from_ascii(address.substr(at + 1));
  return local && domain ? std::optional(Mailbox{*local, *domain}) : std::nullopt;
}

bool is_written_to(Field field) {
  return field == Field::to || field == Field::cc || field == Field::bcc;
}

void settle_one(People& people, Reason reason, const RecipientJudgement& recipient) {
  if ((traits_of(reason).clears & by_settled) != 0) {
    people.settle(name_of(reason), settled_subject(reason, recipient));
  }
}

}  // namespace

void settle(People& people, const RecipientJudgement& recipient) {
  for (const Finding& finding : recipient.findings) {
    settle_one(people, finding.reason, recipient);
    for (const Reason merged : finding.merged) {
      settle_one(people, merged, recipient);
    }
  }
}

void learn(People& people, const Message& message, const Judgement& judgement, bool right,
           const PublicSuffixes& suffixes) {
  // An address that stands in several fields was written to once; questioned in one is questioned.
  struct Sent {
    Mailbox mailbox;
    Sending sending;
  };
  std::unordered_map<std::string, Sent> sent;
  for (const RecipientJudgement& recipient : judgement.recipients) {
    const auto mailbox = mailbox_of(recipient.address);
    if (!mailbox || !is_written_to(recipient.field)) {
      continue;
    }
    const bool overridden =
        recipient.verdict == Verdict::block || (recipient.verdict == Verdict::warn && !right);
    const Sending sending = overridden ? Sending::overridden : Sending::right;
    const auto [at, is_new] = sent.try_emplace(mailbox->key(), Sent{*mailbox, sending});
    if (!is_new && overridden) {
      at->second.sending = Sending::overridden;
    }
  }
  for (const auto& [key, one] : sent) {
    people.wrote_to(one.mailbox, message.time, one.sending, suffixes);
  }
  if (message.kind != MessageKind::reply || !message.answered) {
    return;
  }
  const Reading from = read_recipient(message.answered->from);
  if (const auto* const read = std::get_if<ReadMailbox>(&from)) {
    people.answered(read->mailbox, message.time, suffixes);
  }
}

}  // namespace recipient_guard
