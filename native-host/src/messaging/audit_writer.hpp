// SPDX-License-Identifier: MPL-2.0
// What the record holds of a message, as members of a JSON object without braces (ECS names):
// docs/PROTOCOL, "Audit record". Never a subject, a body or the name of an attachment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "messaging/answers.hpp"
#include "organisation/policy.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// `"host":{"name":..},"user":{"name":..}`
std::string audit_origin(const std::string& host, const std::string& user);

class AuditWriter {
 public:
  /// Both outlive it.
  AuditWriter(const Policy& policy, const std::string& origin) : policy_(policy), origin_(origin) {}

  /// `renews`: a key whose lines this one stands with, empty where there is none.
  std::string asked(const std::string& key, const std::string& renews, const Message& message,
                    const Judgement& judgement) const;
  std::string decided(const std::string& key, const std::string& renews, bool send,
                      const std::vector<Action>& actions,
                      const std::vector<std::pair<Action, Card>>& right) const;
  std::string left(const std::string& key, const std::string& renews, const Message& message,
                   std::string_view word, std::optional<bool> matched, std::string_view mode) const;
  std::string unguarded(const Message& message, const std::vector<Action>& actions,
                        const std::string& why, std::string_view mode) const;
  std::string policy_changed() const;

 private:
  const Policy& policy_;
  const std::string& origin_;
};

}  // namespace recipient_guard
