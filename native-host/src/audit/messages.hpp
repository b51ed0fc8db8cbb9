// SPDX-License-Identifier: MPL-2.0
// The lines of a record put together: what became of each message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/verification.hpp"

namespace recipient_guard {

struct QuestionedRecipient {
  std::string address;  ///< or what was shown, or the code of a finding of the message
  std::string verdict;
  std::vector<std::string> codes;
  std::vector<std::string> meant;
};

struct RecordedMessage {
  std::string time;  ///< of its first line
  std::string user;
  std::string host;
  std::string from;
  std::string key;      ///< of its first line, empty where the host was away
  std::string verdict;  ///< the strictest that was asked, empty if none
  std::string word;     ///< sent-unguarded .. corrected, or empty
  bool has_left = false;
  std::optional<bool> matched;  ///< it left as it was allowed; nothing: that was not compared
  std::vector<QuestionedRecipient> questioned;
  std::vector<std::string> sent_to;
  std::vector<std::string> actions;  ///< "right bob@navy.ml", "change bob@navy.ml to bob@navy.mil"
  std::vector<std::string> reasons;  ///< as typed
};

struct RecordFilter {
  std::string since;  ///< `2023-07-25T14:02:11Z`, empty: from the start
  std::string until;
  std::string domain;  ///< a recipient at it or below
  std::string verdict;
  std::string word;
};

struct GatheredMessages {
  std::vector<RecordedMessage> messages;  ///< in the order of their first lines
  std::vector<std::string> unreadable;    ///< FILE:LINE of what was passed over
};

GatheredMessages messages_in(const std::vector<RecordChain>& chains);

bool fits(const RecordedMessage& message, const RecordFilter& filter);

}  // namespace recipient_guard
