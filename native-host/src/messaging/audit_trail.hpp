// SPDX-License-Identifier: MPL-2.0
// What was asked and answered of one message, under all the keys that take each other's place, as
// far as the record's word for it needs it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "messaging/answers.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

class AuditTrail {
 public:
  /// The key of the last line of this message in the record; empty: it holds none.
  std::string recorded_under;

  bool is_recorded() const { return !recorded_under.empty(); }
  /// What a line under `key` has to name as `renews` to stand with those before it; empty where the
  /// key does that.
  std::string joins(const std::string& key) const {
    return recorded_under == key ? std::string() : recorded_under;
  }

  void asked(const Message& message, const Judgement& open);
  void decided(const std::vector<Action>& actions);
  /// `open`: what is questioned of the message as it stands now, after all answers.
  void looked_at(const Judgement& open);

  /// sent-unguarded, sent-with-reason, sent-warned, removed, corrected; empty where nothing was
  /// questioned. A message that was only watched went out unguarded: nobody was asked.
  std::string_view word_for(const Message& left) const;

 private:
  std::set<std::string> questioned_;    // by address without regard to spelling, else what is shown
  std::set<std::string> written_to_;    // whoever stood in a message that was questioned
  std::set<std::string> unseen_lists_;  // in the message as it was last looked at
  std::set<std::string> reasoned_;      // for whom a reason was typed
  bool message_questioned_ = false;
  bool message_open_ = false;  // when it was last looked at
  bool message_answered_ = false;
  bool watched_ = false;
  bool message_reasoned_ = false;
  bool removed_ = false;
  bool changed_ = false;
};

}  // namespace recipient_guard
