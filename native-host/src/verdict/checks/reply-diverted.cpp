// SPDX-License-Identifier: MPL-2.0
#include <algorithm>

#include "address/characters.hpp"
#include "lookalike/domain_slip.hpp"
#include "lookalike/local_part_slip.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

std::optional<ReadMailbox> read(const std::string& text) {
  Reading reading = read_recipient(text);
  auto* const mailbox = std::get_if<ReadMailbox>(&reading);
  return mailbox == nullptr ? std::nullopt : std::optional(std::move(*mailbox));
}

/// The author asked for answers at this address.
bool is_asked_for(const Mailbox& mailbox, const Answered& answered) {
  return std::any_of(answered.reply_to.begin(), answered.reply_to.end(),
                     [&](const std::string& text) {
                       const auto asked = read_mailbox(text);
                       return asked && asked->key() == mailbox.key();
                     });
}

bool is_same_name(const std::string& a, const std::string& b) {
  return !a.empty() && simple_lower(nfkc(a)) == simple_lower(nfkc(b));
}

/// The slip that makes `typed` of the author's address, in one of its sides or in both.
std::optional<SlipKind> slip_of_author(const Mailbox& typed, const Mailbox& author,
                                       const PublicSuffixes& suffixes) {
  const auto in_domain = typed.domain == author.domain
                             ? std::optional<DomainSlip>()
                             : slip_between(typed.domain, author.domain, suffixes);
  const auto in_local = local_part_slip(typed.local.folded(), author.local.folded());
  const bool is_slip_of_local = in_local && !in_local->says_nothing();
  if (typed.domain == author.domain) {
    return is_slip_of_local ? std::optional(in_local->kind) : std::nullopt;
  }
  if (!in_domain || !(is_slip_of_local || typed.local == author.local)) {
    return std::nullopt;
  }
  return is_slip_of_local ? SlipKind::several : in_domain->kind;
}

}  // namespace

std::optional<Found> check_reply_diverted(const RecipientFacts& facts) {
  const Message& message = facts.message.message;
  const auto verdict = verdict_for(Reason::reply_diverted, facts.policy());
  if (!verdict || facts.read == nullptr || !message.is_reply() || !message.answered) {
    return std::nullopt;
  }
  const auto author = read(message.answered->from);
  const Mailbox& typed = facts.read->mailbox;
  if (!author || author->mailbox.key() == typed.key() || !is_asked_for(typed, *message.answered)) {
    return std::nullopt;
  }
  const PublicSuffixes& suffixes = facts.message.snapshots.suffixes;
  const bool elsewhere = suffixes.organizational_domain_of(typed.domain) !=
                         suffixes.organizational_domain_of(author->mailbox.domain);
  const bool by_name = typed.local == author->mailbox.local ||
                       is_same_name(facts.read->display_name, author->display_name);
  const auto slip = slip_of_author(typed, author->mailbox, suffixes);
  if (!(elsewhere && by_name) && !slip) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::reply_diverted, *verdict);
  found.finding.slip = slip;
  found.finding.near = author->mailbox.domain.text();
  if (!standing_of(author->mailbox, facts.message).blocked()) {
    found.finding.meant = {author->mailbox.text()};
  }
  return found;
}

}  // namespace recipient_guard
