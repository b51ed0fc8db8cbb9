// SPDX-License-Identifier: MPL-2.0
// What is read of a message in a mail file: who wrote it, when, to whom. Never its subject, never
// its body: what is not read cannot be kept.
//
// A mailbox is one text that address/reader.hpp reads (`"Smith, Bob" <bob@navy.mil>`): the name
// well quoted, encoded-words left in it for that reader to decode; the address as it was written,
// whatever octets that were: what is odd there stays odd.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace recipient_guard {

enum class MailField { to, cc, bcc, reply_to, newsgroup };

struct MailRecipient {
  MailField field = MailField::to;
  std::string text;  ///< one mailbox, or the name of a newsgroup
};

struct MailHeaders {
  std::string place;                      ///< "Sent:1204", or the file of a Maildir
  std::string from;                       ///< one mailbox; empty where none stands there
  std::vector<MailRecipient> recipients;  ///< in the order to, cc, bcc, reply-to, newsgroup
  std::optional<std::int64_t> time;       ///< Unix seconds: Date, else what the file itself tells
  std::string message_id;                 ///< without its brackets; empty where none
  std::vector<std::string> in_reply_to;   ///< without brackets
  std::vector<std::string> references;    ///< likewise, the oldest first, the last ones alone

  bool is_reply() const { return !in_reply_to.empty() || !references.empty(); }
};

/// One line of a JSON Lines file, as it stands there; what it means is said by docs/PROTOCOL.
struct MessageLine {
  std::string place;
  int line = 1;  ///< of the file
  std::string text;
};

/// One message that could not be read; the reader goes on behind it.
struct MailFault {
  std::string place;
  std::string text;
};

using MailItem = std::variant<MailHeaders, MessageLine, MailFault>;

}  // namespace recipient_guard
