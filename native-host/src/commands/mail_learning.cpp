// SPDX-License-Identifier: MPL-2.0
#include "commands/mail_learning.hpp"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>
#include <variant>

#include "address/reader.hpp"
#include "document/time_text.hpp"
#include "messaging/message_reader.hpp"
#include "messaging/protocol.hpp"
#include "verdict/learn.hpp"

namespace recipient_guard {
namespace {

/// One sync for so many; more would hold the lock too long beside a running Thunderbird.
constexpr std::size_t messages_a_batch = 500;
constexpr int tries_while_busy = 50;  // of up to 200 ms
/// Of ids remembered, to tell copies from messages.
constexpr std::size_t most_ids = 2'000'000;

std::optional<Field> field_of(MailField field) {
  switch (field) {
    case MailField::to:
      return Field::to;
    case MailField::cc:
      return Field::cc;
    case MailField::bcc:
      return Field::bcc;
    case MailField::reply_to:
    case MailField::newsgroup:
      break;
  }
  return std::nullopt;
}

}  // namespace

MailLearning::MailLearning(Engine& engine, PeopleStore& store, std::unordered_set<std::string> from,
                           std::function<void(const std::string&)> complain)
    : engine_(engine),
      store_(store),
      from_(std::move(from)),
      complain_(std::move(complain)),
      now_(std::time(nullptr)) {}

void MailLearning::take(Message message) {
  if (!from_.empty()) {
    const auto from = read_mailbox(message.from);
    if (!from || !from_.contains(from->key())) {
      ++counts_.of_others;
      return;
    }
  }
  message.time = message.time == 0 ? now_ : std::min(message.time, now_);
  if (message.time < now_ - engine_.policy().policy()->history_keep_days * seconds_a_day) {
    ++counts_.too_old;
    return;
  }
  waiting_.push_back(std::move(message));
}

void MailLearning::take(const MailHeaders& headers) {
  if (!headers.message_id.empty()) {
    if (seen_ids_.size() < most_ids ? !seen_ids_.insert(headers.message_id).second
                                    : seen_ids_.contains(headers.message_id)) {
      ++counts_.repeated;
      return;
    }
  }
  Message message;
  message.from = headers.from;
  message.kind = headers.is_reply() ? MessageKind::reply : MessageKind::new_message;
  message.time = headers.time.value_or(0);
  for (const MailRecipient& recipient : headers.recipients) {
    if (const auto field = field_of(recipient.field)) {
      message.recipients.push_back({*field, recipient.text, std::nullopt, std::nullopt});
    }
  }
  take(std::move(message));
}

void MailLearning::take(const MessageLine& line) {
  const auto fault = [&](const std::string& text) {
    ++counts_.unreadable;
    complain_(line.place + ": " + text);
  };
  auto read = read_json_without_places(line.text, line.line);
  if (const auto* const wrong = std::get_if<JsonFault>(&read)) {
    return fault(error_of(*wrong).text);
  }
  // A line of a batch holds the message as a member; a bare message is taken as well.
  auto& value = std::get<JsonValue>(read);
  JsonValue* const inner = value.find("message");
  Complaints complaints;
  Message message = read_message(std::move(inner == nullptr ? value : *inner),
                                 inner == nullptr ? Way{} : Way{.name = "message"}, complaints);
  if (complaints.first()) {
    return fault(complaints.first()->text);
  }
  take(std::move(message));
}

void MailLearning::take(const MailItem& item) {
  if (const auto* const fault = std::get_if<MailFault>(&item)) {
    ++counts_.unreadable;
    complain_(fault->place + ": " + fault->text);
  } else if (const auto* const headers = std::get_if<MailHeaders>(&item)) {
    take(*headers);
  } else {
    take(std::get<MessageLine>(item));
  }
}

Result<Done> MailLearning::keep() {
  std::vector<Facts> facts;
  {
    const auto policy = engine_.policy().policy();
    const auto reading = store_.read();
    const Snapshots snapshots{*policy, reading.people(), engine_.well_known(), engine_.suffixes(),
                              engine_.keyboards().layouts};
    for (const Message& message : waiting_) {
      Facts learned = learned_from_past(message, judge(message, snapshots));
      if (learned.empty()) {
        ++counts_.to_nobody;
      } else {
        facts.push_back(std::move(learned));
      }
    }
  }
  waiting_.clear();
  Result<Done> done = store_.add(facts);
  for (int i = 0; i < tries_while_busy && !done && done.error().code == ErrorCode::busy; ++i) {
    done = store_.add(facts);
  }
  counts_.learned += done ? facts.size() : 0;
  return done;
}

Result<Done> MailLearning::learn(MailReader& mail, const std::function<void()>& after_batch) {
  for (;;) {
    auto item = mail.next();
    if (!item) {
      const auto kept = keep();
      return kept ? Result<Done>(item.error()) : kept;
    }
    if (*item) {
      take(**item);
    }
    if (!*item || waiting_.size() >= messages_a_batch) {
      if (const auto done = keep(); !done) {
        return done;
      }
      after_batch();
    }
    if (!*item) {
      return Done{};
    }
  }
}

}  // namespace recipient_guard
