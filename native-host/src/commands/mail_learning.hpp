// SPDX-License-Identifier: MPL-2.0
// Files of sent mail -> the contacts' store: what `recipient-guard history learn` does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "commands/places.hpp"
#include "mail/reader.hpp"

namespace recipient_guard {

/// What a reading of mail came to.
struct LearningCounts {
  std::uint64_t learned = 0;
  std::uint64_t too_old = 0;     ///< older than the policy keeps
  std::uint64_t of_others = 0;   ///< written by another than --from names
  std::uint64_t repeated = 0;    ///< of a Message-ID that was read already
  std::uint64_t to_nobody = 0;   ///< without a recipient that could be read
  std::uint64_t unreadable = 0;  ///< lines and messages at fault
};

class MailLearning {
 public:
  /// `from`: whose mail it must be, by Mailbox::key(); empty: anybody's. `complain` is given each
  /// fault in words. A policy must be there. All outlive this.
  MailLearning(Engine& engine, PeopleStore& store, std::unordered_set<std::string> from,
               std::function<void(const std::string&)> complain);

  /// Learns all of `mail`. What was learned before an error stays learned.
  Result<Done> learn(MailReader& mail, const std::function<void()>& after_batch);
  const LearningCounts& counts() const { return counts_; }

 private:
  void take(const MailItem& item);
  void take(const MailHeaders& headers);
  void take(const MessageLine& line);
  void take(Message message);
  Result<Done> keep();

  Engine& engine_;
  PeopleStore& store_;
  const std::unordered_set<std::string> from_;
  const std::function<void(const std::string&)> complain_;
  const std::int64_t now_;
  LearningCounts counts_;
  std::vector<Message> waiting_;
  std::unordered_set<std::string> seen_ids_;
};

}  // namespace recipient_guard
