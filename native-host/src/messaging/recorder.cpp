// SPDX-License-Identifier: MPL-2.0
#include "messaging/recorder.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "address/reader.hpp"
#include "document/time_text.hpp"
#include "messaging/audit_writer.hpp"
#include "system/origin.hpp"

namespace recipient_guard {
namespace {

bool goes_to_one_of(const Message& message, const EntrySet& entries) {
  return !entries.empty() && std::ranges::any_of(message.recipients, [&](const Recipient& one) {
    return entries.covering(read_recipient(one.text.value_or(""))).has_value();
  });
}

bool is_questioned(const Judgement& open) {
  return open.verdict != Verdict::allow;
}

bool wanted(const Message& message, const Judgement& open, const AuditSettings& settings) {
  using Record = AuditSettings::Record;
  return settings.record == Record::all || goes_to_one_of(message, settings.always) ||
         (settings.record == Record::questioned && is_questioned(open));
}

bool overrides_block(const std::vector<std::pair<Action, Card>>& right) {
  return std::ranges::any_of(right, [](const auto& answered) {
    return std::ranges::any_of(answered.second.findings, [](const Finding& finding) {
      return finding.verdict == Verdict::block;
    });
  });
}

const Policy& defaults() {
  static const Policy policy;
  return policy;
}

}  // namespace

std::string origin_of_this_user() {
  return audit_origin(machine_name(), user_name());
}

Recorder::Recorder(AuditRecord* record, const PolicySource& policy,
                   std::function<std::int64_t()> now)
    : record_(record), policy_(policy), now_(std::move(now)), origin_(origin_of_this_user()) {}

Recorder::~Recorder() {
  if (record_ != nullptr) {
    record_->write_waiting();
  }
}

std::int64_t Recorder::time_of(const Message& message) const {
  return std::min(message.time, now_());
}

std::optional<bool> Recorder::write(std::string members, std::int64_t time, Durably durably) {
  if (record_ == nullptr) {
    tell_system(members);
    return false;
  }
  const bool written = record_->append_or_keep({time, members}, durably);
  tell_system(members);
  return written;
}

// With number and digest, so that the record can be held against what the log keeps elsewhere.
void Recorder::tell_system(const std::string& members) const {
  const auto policy = policy_.policy();
  if (policy == nullptr || !policy->audit.syslog) {
    return;
  }
  const std::string head =
      record_ == nullptr ? std::string("-")
                         : std::to_string(record_->head().count) + ":" + record_->head().digest;
  tell_system_log(head + " {" + members + "}");
}

std::optional<bool> Recorder::asked(AuditTrail& trail, const std::string& key,
                                    const std::string& renews, const Message& message,
                                    const Judgement& open) {
  if (message.purpose != Purpose::send) {
    return std::nullopt;
  }
  const auto policy = policy_.policy();
  const Policy& in_force = policy == nullptr ? defaults() : *policy;
  trail.asked(message, open);
  if (!wanted(message, open, in_force.audit)) {
    return std::nullopt;
  }
  // A key in between that was not questioned has no line: named is one that has.
  const std::string joins = trail.is_recorded() ? trail.joins(key) : renews;
  trail.recorded_under = key;
  return write(AuditWriter(in_force, origin_).asked(key, joins, message, open), time_of(message),
               Durably::no);
}

Result<std::optional<bool>> Recorder::decided(AuditTrail& trail, const std::string& key, bool send,
                                              const std::vector<Action>& actions,
                                              const Conversation& conversation, std::int64_t now) {
  const auto policy = policy_.policy();
  const Policy& in_force = policy == nullptr ? defaults() : *policy;
  const auto right = conversation.answered_right(actions);
  const bool must_last = overrides_block(right);
  if (!trail.is_recorded() && !must_last) {
    trail.decided(actions);
    return std::optional<bool>();
  }
  std::string members =
      AuditWriter(in_force, origin_).decided(key, trail.joins(key), send, actions, right);
  if (must_last) {
    const auto done = record_ == nullptr
                          ? Result<Done>(Error{ErrorCode::cannot_record, "no record is kept here"})
                          : record_->append({now, members}, Durably::yes);
    if (!done) {
      return Error{ErrorCode::cannot_record,
                   "an overridden block must be in the record before the message leaves: " +
                       done.error().text};
    }
    tell_system(members);
    trail.recorded_under = key;
    trail.decided(actions);
    return std::optional(true);
  }
  trail.recorded_under = key;
  trail.decided(actions);
  return write(std::move(members), now, Durably::yes);
}

std::optional<bool> Recorder::left(const AuditTrail* trail, const std::string& key,
                                   const Message& message, std::optional<bool> matched,
                                   std::string_view mode) {
  const auto policy = policy_.policy();
  const Policy& in_force = policy == nullptr ? defaults() : *policy;
  const bool is_odd = matched == false && in_force.audit.record != AuditSettings::Record::none;
  if (trail != nullptr && !trail->is_recorded() && !is_odd) {
    return std::nullopt;
  }
  if (trail == nullptr && in_force.audit.record == AuditSettings::Record::none) {
    return std::nullopt;
  }
  const std::string_view word = trail == nullptr ? "" : trail->word_for(message);
  const std::string joins = trail == nullptr ? "" : trail->joins(key);
  return write(AuditWriter(in_force, origin_).left(key, joins, message, word, matched, mode),
               time_of(message), Durably::yes);
}

std::optional<bool> Recorder::unguarded(const Message& message, const std::vector<Action>& actions,
                                        const std::string& why, std::string_view mode) {
  const auto policy = policy_.policy();
  const Policy& in_force = policy == nullptr ? defaults() : *policy;
  if (in_force.audit.record == AuditSettings::Record::none &&
      !goes_to_one_of(message, in_force.audit.always)) {
    return std::nullopt;
  }
  return write(AuditWriter(in_force, origin_).unguarded(message, actions, why, mode),
               time_of(message), Durably::yes);
}

void Recorder::keep_up(std::int64_t now) {
  if (record_ == nullptr) {
    return;
  }
  record_->write_waiting();
  const auto policy = policy_.policy();
  if (policy == nullptr) {
    return;
  }
  if (policy != seen_) {
    // A machine without an organisation's policy needs no record of that.
    const bool is_news = policy->from_organisation || record_->folder_holds_record();
    if (is_news && policy->audit.record != AuditSettings::Record::none) {
      const AuditEntry entry{now, AuditWriter(*policy, origin_).policy_changed()};
      if (!record_->note_policy(policy->digest, entry)) {
        return;  // said by the next that is to be written; tried again then
      }
    }
    seen_ = policy;
  }
  if (now - expired_at_ > seconds_a_day && record_->expire(policy->audit.keep_days, now)) {
    expired_at_ = now;
  }
}

}  // namespace recipient_guard
