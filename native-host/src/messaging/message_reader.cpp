// SPDX-License-Identifier: MPL-2.0
#include "messaging/message_reader.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "document/time_text.hpp"
#include "organisation/quoting.hpp"
#include "system/digest.hpp"

namespace recipient_guard {
namespace {

std::optional<std::string> moved(std::string* text) {
  return text == nullptr ? std::nullopt : std::optional(std::move(*text));
}

Recipient read_one_recipient(JsonValue& value, Way way, Complaints& complaints) {
  const Fields fields(value, way, complaints);
  Recipient recipient;
  if (const std::string* name = fields.text("field")) {
    const auto field = field_of(*name);
    if (!field) {
      fields.complain("field", in_quotes(*name) +
                                   " is none of to, cc, bcc, reply-to, followup-to, "
                                   "newsgroup");
    }
    recipient.field = field.value_or(Field::to);
  }
  recipient.text = moved(fields.text("text"));
  recipient.parsed = moved(fields.text("parsed"));
  recipient.list = moved(fields.text("list"));
  if (!recipient.text && !recipient.list) {
    fields.complain("text", "is missing; a recipient has a text, or is a list");
  }
  return recipient;
}

void read_recipients(const Fields& fields, Message& message, Complaints& complaints) {
  JsonArray* const recipients = fields.needed_list("recipients");
  if (recipients == nullptr) {
    return;
  }
  message.recipients.reserve(recipients->size());
  for (std::size_t i = 0; i < recipients->size() && !complaints.first(); ++i) {
    message.recipients.push_back(
        read_one_recipient((*recipients)[i], fields.way_to("recipients", i), complaints));
  }
}

void read_words(const Fields& fields, Message& message) {
  if (const std::string* name = fields.text("kind")) {
    const auto kind = message_kind_of(*name);
    if (!kind) {
      fields.complain("kind",
                      in_quotes(*name) + " is none of new, reply, forward, redirect, draft");
    }
    message.kind = kind.value_or(MessageKind::new_message);
  }
  if (const std::string* purpose = fields.text("purpose")) {
    if (*purpose != "send" && *purpose != "writing") {
      fields.complain("purpose", in_quotes(*purpose) + " is none of send, writing");
    }
    message.purpose = *purpose == "writing" ? Purpose::writing : Purpose::send;
  }
  if (const auto time = fields.whole_number("time")) {
    if (*time < 1 || *time > latest_time) {
      fields.complain("time", "Unix seconds are needed here, from 1 up to the year 9999");
    }
    message.time = *time;
  }
}

// Each part with its length in front, so that no two different messages run together.
class Digester {
 public:
  Digester() { parts_.reserve(usual_octets); }

  void add(std::string_view text) {
    number(text.size());
    parts_ += text;
  }
  void add(const std::optional<std::string>& text) {
    number(text ? 1 : 0);
    add(text ? std::string_view(*text) : std::string_view());
  }
  void add(const std::vector<std::string>& texts) {
    number(texts.size());
    for (const auto& text : texts) {
      add(std::string_view(text));
    }
  }
  void number(std::uint64_t number) {
    // Seven bits an octet, the last one without the eighth (LEB128).
    for (; number > 0x7f; number >>= 7U) {
      parts_ += static_cast<char>(0x80U | (number & 0x7fU));
    }
    parts_ += static_cast<char>(number);
  }
  std::string finish() const { return sha256_of(parts_); }

 private:
  static constexpr std::size_t usual_octets = 2048;

  std::string parts_;
};

}  // namespace

Message read_message(JsonValue&& value, Way way, Complaints& complaints) {
  Message message;
  const Fields fields(value, way, complaints);
  message.from = moved(fields.text("from")).value_or(std::string());
  read_words(fields, message);
  read_recipients(fields, message, complaints);
  message.thread = fields.texts("thread");
  if (JsonValue* const answered = fields.object("answered")) {
    const Fields of_answered(*answered, fields.way_to("answered"), complaints);
    message.answered = Answered{moved(of_answered.text("from")).value_or(std::string()),
                                of_answered.texts("reply_to")};
  }
  message.subject = moved(fields.text("subject")).value_or(std::string());
  message.attachments = fields.texts("attachments");
  return message;
}

std::string fingerprint(const Message& message) {
  Digester digest;
  digest.add(std::string_view(message.from));
  digest.number(static_cast<std::uint64_t>(message.kind));
  digest.number(static_cast<std::uint64_t>(message.purpose));
  digest.number(message.recipients.size());
  for (const auto& recipient : message.recipients) {
    digest.number(static_cast<std::uint64_t>(recipient.field));
    digest.add(recipient.text);
    digest.add(recipient.parsed);
    digest.add(recipient.list);
  }
  digest.add(message.thread);
  digest.number(message.answered ? 1 : 0);
  if (message.answered) {
    digest.add(std::string_view(message.answered->from));
    digest.add(message.answered->reply_to);
  }
  digest.add(std::string_view(message.subject));
  digest.add(message.attachments);
  digest.number(static_cast<std::uint64_t>(message.time));
  return digest.finish();
}

}  // namespace recipient_guard
