// SPDX-License-Identifier: MPL-2.0
// The checks that were answered, by key, for what may still come to them: a repetition, a decision,
// a new check that takes the place, the news that the message left. Bounded; the oldest go first.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "messaging/answers.hpp"
#include "messaging/audit_trail.hpp"
#include "messaging/departure.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_remembered_checks = 1000;
inline constexpr std::size_t max_remembered_octets = 8 * 1024 * 1024;

struct RememberedCheck {
  std::string key;
  std::string fingerprint;                     ///< of the message as it was asked about
  std::string answer;                          ///< given once, given again to the same question
  bool writing = false;                        ///< asked while writing; not sent since
  std::shared_ptr<Conversation> conversation;  ///< never null; shared with the keys it renews
  std::shared_ptr<AuditTrail> trail;           ///< likewise
  std::optional<Destinations> allowed;         ///< of what may leave; nothing: nothing may
  bool left = false;                           ///< `sent` was told and learnt from

  std::size_t counted_octets = 0;  ///< RememberedChecks' own
};

class RememberedChecks {
 public:
  /// Valid until the next add() or changed().
  RememberedCheck* find(const std::string& key);

  /// `check.key` is not remembered yet. Where room is needed, checks asked while writing go before
  /// those asked at Send, older before newer; the new one always stays.
  RememberedCheck& add(RememberedCheck check);

  /// To be told after `check` was changed, so that the bound holds; it stays, too.
  void changed(RememberedCheck& check);

  std::size_t size() const { return by_key_.size(); }

 private:
  void count(RememberedCheck& check);
  void make_room(const RememberedCheck& kept);
  void forget_oldest(std::list<RememberedCheck>& checks);

  std::list<RememberedCheck> asked_writing_;  // oldest first
  std::list<RememberedCheck> asked_sending_;  // likewise
  std::unordered_map<std::string, RememberedCheck*> by_key_;
  std::size_t octets_ = 0;
};

}  // namespace recipient_guard
