// SPDX-License-Identifier: MPL-2.0
#include "messaging/audit_trail.hpp"

#include <algorithm>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

std::string subject_of(const RecipientJudgement& recipient) {
  return recipient.address.empty() ? recipient.shown : key_of(recipient.address);
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
  for (const RecipientJudgement& recipient : open.recipients) {
    written_to_.insert(recipient.address.empty() ? subject_of(message.recipients[recipient.index])
                                                 : subject_of(recipient));
  }
  watched_ = open.watch;
  message_questioned_ |= !open.findings.empty();
  for (const RecipientJudgement& recipient : open.recipients) {
    if (!recipient.findings.empty()) {
      questioned_.insert(subject_of(recipient));
    }
  }
}

void AuditTrail::decided(const std::vector<Action>& actions) {
  const auto is_blank = [](const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
  };
  for (const Action& action : actions) {
    message_answered_ |= action.kind == ActionKind::right && action.reason.has_value();
    reason_given_ |= action.kind == ActionKind::right && !is_blank(action.typed_reason);
    removed_ |= action.kind == ActionKind::remove;
    changed_ |= action.kind == ActionKind::change || action.kind == ActionKind::bcc;
  }
}

std::string_view AuditTrail::word_for(const Message& left) const {
  const std::set<std::string> now = subjects_of(left);
  const auto is_in = [](const std::set<std::string>& set) {
    return [&set](const std::string& one) { return set.contains(one); };
  };
  const bool all_gone = std::ranges::none_of(questioned_, is_in(now));
  if (!all_gone || message_answered_ || (watched_ && message_questioned_)) {
    return watched_ ? "sent-unguarded" : reason_given_ ? "sent-with-reason" : "sent-warned";
  }
  if (questioned_.empty() && !message_questioned_) {
    return "";
  }
  if (removed_ || changed_) {
    return removed_ ? "removed" : "corrected";
  }
  // Put right by hand in the compose window: somebody new in the place, or fewer than before.
  return std::ranges::all_of(now, is_in(written_to_)) && !questioned_.empty() ? "removed"
                                                                              : "corrected";
}

}  // namespace recipient_guard
