// SPDX-License-Identifier: MPL-2.0
// The message as the engine sees it: docs/PROTOCOL, "Message", as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recipient_guard {

enum class MessageKind { new_message, reply, forward, redirect, draft };
enum class Purpose { send, writing };
enum class Field { to, cc, bcc, reply_to, followup_to, newsgroup };

std::string_view name_of(MessageKind kind);  ///< "new"
std::string_view name_of(Field field);       ///< "reply-to"
std::optional<MessageKind> message_kind_of(std::string_view name);
std::optional<Field> field_of(std::string_view name);

/// One recipient: a mailbox in display form, a member of a list, a list that cannot be seen (`list`
/// without `text`), or a group name in the fields newsgroup and followup-to.
struct Recipient {
  Field field = Field::to;
  std::optional<std::string> text;
  std::optional<std::string> parsed;  ///< Thunderbird's own reading
  std::optional<std::string> list;
};

struct Answered {
  std::string from;
  std::vector<std::string> reply_to;
};

struct Message {
  std::string from;  ///< empty where not told
  MessageKind kind = MessageKind::new_message;
  Purpose purpose = Purpose::send;
  std::vector<Recipient> recipients;
  std::vector<std::string> thread;
  std::optional<Answered> answered;
  std::string subject;                   ///< looked at for markings, never kept
  std::vector<std::string> attachments;  ///< names; likewise
  std::int64_t time = 0;                 ///< Unix seconds, never 0 when judged

  /// Answers another message. A draft that is told what it answers is a reply put by.
  bool is_reply() const {
    const bool is_told = !thread.empty() || answered;
    return kind == MessageKind::reply || (kind == MessageKind::draft && is_told);
  }
};

}  // namespace recipient_guard
