// SPDX-License-Identifier: MPL-2.0
#include "messaging/audit_trail.hpp"

#include <algorithm>
#include <variant>

#include "address/characters.hpp"
#include "address/reader.hpp"

namespace recipient_guard {
namespace {

std::string subject_of(const RecipientJudgement& recipient) {
  return recipient.address.empty() ? recipient.shown() : key_of(recipient.address);
}

// Of what an action names: an address, or what was shown.
std::string subject_of(const std::string& name) {
  return read_address(name) ? key_of(name) : name;
}

std::string subject_of(const Recipient& recipient) {
  if (!recipient.text) {
    return recipient.list.value_or("");
  }
  const Reading reading = read_recipient(*recipient.text);
  const auto* const read = std::get_if<ReadMailbox>(&reading);
  return read != nullptr ? read->mailbox.key() : escape_for_display(*recipient.text);
}

std::set<std::string> subjects_of(const Message& message) {
  std::set<std::string> subjects;
  for (const Recipient& recipient : message.recipients) {
    subjects.insert(subject_of(recipient));
  }
  return subjects;
}

}  // namespace

void AuditTrail::asked(const Message& message, const Judgement& open) {
  looked_at(open);
  watched_ = open.watch;
  message_questioned_ |= !open.findings.empty();
  bool is_questioned = !open.findings.empty();
  unseen_lists_.clear();
  for (const RecipientJudgement& recipient : open.recipients) {
    if (!recipient.findings.empty()) {
      is_questioned = true;
      questioned_.insert(subject_of(recipient));
    }
    if (!message.recipients[recipient.index].text) {
      unseen_lists_.insert(subject_of(recipient));
    }
  }
  // What was asked about no more is how it was put right.
  if (!is_questioned) {
    return;
  }
  for (const RecipientJudgement& recipient : open.recipients) {
    written_to_.insert(recipient.address.empty() ? subject_of(message.recipients[recipient.index])
                                                 : subject_of(recipient));
  }
}

void AuditTrail::looked_at(const Judgement& open) {
  message_open_ = !open.findings.empty();
}

void AuditTrail::decided(const std::vector<Action>& actions) {
  for (const Action& action : actions) {
    const bool is_right = action.kind == ActionKind::right;
    const bool is_reasoned = is_right && !shows_nothing(action.typed_reason);
    removed_ |= action.kind == ActionKind::remove;
    changed_ |= action.kind == ActionKind::change || action.kind == ActionKind::bcc;
    if (action.reason) {
      message_answered_ |= is_right;
      message_reasoned_ |= is_reasoned;
    } else if (is_reasoned) {
      reasoned_.insert(subject_of(action.name));
    } else if (!is_right) {
      unseen_lists_.erase(action.name);
    }
  }
}

std::string_view AuditTrail::word_for(const Message& left) const {
  const std::set<std::string> now = subjects_of(left);
  // A list whose members nobody sees leaves as its members.
  const auto went_to = [&](const std::string& one) {
    return now.contains(one) || unseen_lists_.contains(one);
  };
  const bool all_gone = std::ranges::none_of(questioned_, went_to);
  if (!all_gone || message_answered_ || message_open_) {
    const bool is_reasoned = message_reasoned_ || std::ranges::any_of(reasoned_, went_to);
    return watched_ ? "sent-unguarded" : is_reasoned ? "sent-with-reason" : "sent-warned";
  }
  if (questioned_.empty() && !message_questioned_) {
    return "";
  }
  if (removed_ || changed_) {
    return removed_ ? "removed" : "corrected";
  }
  // Put right by hand in the compose window: somebody new in the place, or fewer than before.
  const auto was_there = [&](const std::string& one) { return written_to_.contains(one); };
  return !questioned_.empty() && std::ranges::all_of(now, was_there) ? "removed" : "corrected";
}

}  // namespace recipient_guard
