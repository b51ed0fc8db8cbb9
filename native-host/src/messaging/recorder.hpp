// SPDX-License-Identifier: MPL-2.0
// What goes into the audit record and when, and the one word that a message gets in the end.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/record.hpp"
#include "messaging/answers.hpp"
#include "messaging/audit_trail.hpp"
#include "organisation/policy_source.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// Each answer: true, it is in the record; false, it could not be written (and waits in memory);
/// nothing, the policy does not want it recorded.
class Recorder {
 public:
  /// `record` may be null: nothing can be written. Both outlive it.
  /// `now` is this machine's clock, Unix seconds. A line about a message is timed by the message,
  /// but never later than that: one odd time would take all lines behind it to a later month.
  Recorder(AuditRecord* record, const PolicySource& policy, std::function<std::int64_t()> now);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// A message was looked at; `open` is what stands against it.
  std::optional<bool> asked(AuditTrail& trail, const std::string& key, const std::string& renews,
                            const Message& message, const Judgement& open);

  /// What the person did. cannot_record where a block is overridden and that cannot be made to
  /// last, also where nothing is sent yet: the answer holds for what is asked later.
  Result<std::optional<bool>> decided(AuditTrail& trail, const std::string& key, bool send,
                                      const std::vector<Action>& actions,
                                      const Conversation& conversation, std::int64_t now);

  /// `trail` is null where the key is not known: recorded all the same.
  std::optional<bool> left(const AuditTrail* trail, const std::string& key, const Message& message,
                           std::optional<bool> matched, std::string_view mode);

  std::optional<bool> unguarded(const Message& message, const std::vector<Action>& actions,
                                const std::string& why, std::string_view mode);

  /// To be called now and then: notes a policy that changed, writes what waits, removes old months.
  void keep_up(std::int64_t now);

  const AuditRecord* record() const { return record_; }

 private:
  std::int64_t time_of(const Message& message) const;
  std::optional<bool> write(std::string members, std::int64_t time, Durably durably);
  void tell_system(const std::string& members) const;

  AuditRecord* record_;
  const PolicySource& policy_;
  std::function<std::int64_t()> now_;
  std::string origin_;
  std::shared_ptr<const Policy> seen_;
  std::int64_t expired_at_ = 0;
};

/// For the options of the record that the recorder writes to.
std::string origin_of_this_user();

}  // namespace recipient_guard
