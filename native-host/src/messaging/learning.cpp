// SPDX-License-Identifier: MPL-2.0
#include "messaging/learning.hpp"

#include <cstddef>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

void settle_one(People& people, const Card& card, Reason reason) {
  if ((traits_of(reason).clears & by_settled) != 0) {
    people.settle(name_of(reason), settled_subject(reason, card));
  }
}

bool is_sent_to(Field field) {
  return field == Field::to || field == Field::cc || field == Field::bcc;
}

}  // namespace

void settle(People& people, const Card& card) {
  for (const auto& finding : card.findings) {
    if (finding.verdict != Verdict::warn) {
      continue;
    }
    settle_one(people, card, finding.reason);
    for (const Reason merged : finding.merged) {
      settle_one(people, card, merged);
    }
  }
}

void settle_all(People& people, const Judgement& judgement) {
  for (const auto& recipient : judgement.recipients) {
    settle(people, recipient);
  }
}

void trust(People& people, const Card& card, TrustOffer offer, const PublicSuffixes& suffixes) {
  const auto mailbox = read_address(card.address);
  if (!mailbox || offer == TrustOffer::none) {
    return;
  }
  if (offer == TrustOffer::domain) {
    people.trust(mailbox->domain, suffixes);
  } else {
    people.trust(*mailbox, suffixes);
  }
}

void learn_from_sent(People& people, const Message& message, const Judgement& judgement,
                     const PublicSuffixes& suffixes) {
  for (const auto& recipient : judgement.recipients) {
    const auto mailbox = read_address(recipient.address);
    if (mailbox && is_sent_to(recipient.field)) {
      people.wrote_to(*mailbox, message.time,
                      recipient.findings.empty() ? Sending::right : Sending::overridden, suffixes);
    }
  }
  if (message.kind != MessageKind::reply || !message.answered) {
    return;
  }
  const Reading author = read_recipient(message.answered->from);
  if (const auto* read = std::get_if<ReadMailbox>(&author)) {
    people.answered(read->mailbox, message.time, suffixes);
  }
}

}  // namespace recipient_guard
