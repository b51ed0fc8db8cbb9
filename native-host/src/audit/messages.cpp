// SPDX-License-Identifier: MPL-2.0
#include "audit/messages.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "audit/record_reading.hpp"
#include "document/json.hpp"

namespace recipient_guard {
namespace {

std::vector<std::string> texts_of(const JsonValue* value) {
  std::vector<std::string> texts;
  for (const JsonValue& one : list_of(value)) {
    texts.push_back(text_of(&one));
  }
  return texts;
}

void add_new(std::vector<std::string>& to, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (!text.empty() && std::ranges::find(to, text) == to.end()) {
      to.push_back(text);
    }
  }
}

std::string stricter(const std::string& a, const std::string& b) {
  const auto rank = [](const std::string& verdict) {
    return verdict == "block" ? 3 : verdict == "warn" ? 2 : verdict == "allow" ? 1 : 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

// docs/PROTOCOL: a message has one word, the first that holds of all that was told of it.
std::string first_that_holds(const std::string& a, const std::string& b) {
  static constexpr std::array<std::string_view, 5> order{"sent-unguarded", "sent-with-reason",
                                                         "sent-warned", "removed", "corrected"};
  return std::ranges::find(order, a) <= std::ranges::find(order, b) ? a : b;
}

class Gathering {
 public:
  /// False where it cannot be read.
  bool line(std::string_view text) {
    const auto read = read_json_without_places(text);
    const auto* const line = std::get_if<JsonValue>(&read);
    const JsonValue* const event = member_of(line, "event");
    const std::string action = text_of(member_of(event, "action"));
    if (action != "asked" && action != "decided" && action != "left") {
      return !action.empty();
    }
    RecordedMessage& message = message_of(*line, text_of(member_of(event, "id")));
    const JsonValue* const guard = member_of(line, "recipient_guard");
    message.from =
        message.from.empty() ? first_of(member_of(line, "email", "from", "address")) : message.from;
    if (action == "asked") {
      asked(message, guard);
    } else if (action == "decided") {
      decided(message, guard);
    } else {
      left(message, *line, guard, text_of(member_of(event, "outcome")));
    }
    return true;
  }

  std::vector<RecordedMessage> finish() {
    for (RecordedMessage& message : messages_) {
      if (!message.has_left && message.verdict != "allow") {
        message.word = "stopped";
      }
    }
    return std::move(messages_);
  }

 private:
  static std::string first_of(const JsonValue* list) {
    return list_of(list).empty() ? std::string() : text_of(&list_of(list).front());
  }

  // Keys that take each other's place are one message. A message that left twice (Send Later tried
  // again) is one, too.
  RecordedMessage& message_of(const JsonValue& line, const std::string& key) {
    const std::string host = text_of(member_of(&line, "host", "name"));
    const std::string user = text_of(member_of(&line, "user", "name"));
    const std::string whose = user + "\n" + host + "\n";
    const std::string renews = text_of(member_of(&line, "recipient_guard", "renews"));
    auto found = key.empty() ? by_key_.end() : by_key_.find(whose + key);
    if (found == by_key_.end() && !renews.empty()) {
      found = by_key_.find(whose + renews);
    }
    if (found == by_key_.end()) {
      RecordedMessage message;
      message.time = text_of(member_of(&line, "@timestamp"));
      message.user = user;
      message.host = host;
      message.key = key;
      messages_.push_back(std::move(message));
      if (key.empty()) {
        return messages_.back();
      }
      by_key_[whose + key] = messages_.size() - 1;
      return messages_.back();
    }
    const std::size_t number = found->second;
    by_key_[whose + key] = number;
    return messages_[number];
  }

  static void asked(RecordedMessage& message, const JsonValue* guard) {
    message.verdict = stricter(message.verdict, text_of(member_of(guard, "verdict")));
    for (const JsonValue& one : list_of(member_of(guard, "recipients"))) {
      QuestionedRecipient recipient;
      recipient.address = text_of(member_of(&one, "address"));
      if (recipient.address.empty()) {
        recipient.address = text_of(member_of(&one, "shown"));
      }
      recipient.verdict = text_of(member_of(&one, "verdict"));
      for (const JsonValue& finding : list_of(member_of(&one, "findings"))) {
        recipient.codes.push_back(text_of(member_of(&finding, "code")));
        add_new(recipient.meant, texts_of(member_of(&finding, "meant")));
      }
      add(message, std::move(recipient));
    }
    for (const JsonValue& finding : list_of(member_of(guard, "findings"))) {
      const std::string code = text_of(member_of(&finding, "code"));
      const std::string marking = text_of(member_of(&finding, "marking"));
      std::string about = code;
      if (!marking.empty()) {
        about.append(" ").append(marking);
      }
      add(message, {std::move(about), text_of(member_of(&finding, "verdict")), {code}, {}});
    }
  }

  static void add(RecordedMessage& message, QuestionedRecipient recipient) {
    const auto same =
        std::ranges::find(message.questioned, recipient.address, &QuestionedRecipient::address);
    if (same == message.questioned.end()) {
      message.questioned.push_back(std::move(recipient));
    } else {
      same->verdict = stricter(same->verdict, recipient.verdict);
      add_new(same->codes, recipient.codes);
    }
  }

  static void decided(RecordedMessage& message, const JsonValue* guard) {
    for (const JsonValue& one : list_of(member_of(guard, "actions"))) {
      std::string action = text_of(member_of(&one, "action")) + " ";
      const std::string address = text_of(member_of(&one, "address"));
      action += address.empty() ? text_of(member_of(&one, "code")) : address;
      const std::string to = text_of(member_of(&one, "to"));
      action += to.empty() ? "" : " to " + to;
      message.actions.push_back(std::move(action));
      add_new(message.reasons, {text_of(member_of(&one, "reason"))});
      for (const std::string& code : texts_of(member_of(&one, "codes"))) {
        if (!address.empty()) {
          add(message, {address, text_of(member_of(&one, "verdict")), {code}, {}});
        }
      }
      message.verdict = stricter(message.verdict, text_of(member_of(&one, "verdict")));
    }
  }

  static void left(RecordedMessage& message, const JsonValue& line, const JsonValue* guard,
                   const std::string& word) {
    message.has_left = true;
    message.word = first_that_holds(message.word, word);
    const JsonValue* const matched = member_of(guard, "matched");
    const bool* const truth = matched == nullptr ? nullptr : matched->boolean();
    if (truth != nullptr) {
      message.matched = message.matched.value_or(true) && *truth;
    }
    for (const std::string_view field : {"to", "cc", "bcc"}) {
      add_new(message.sent_to, texts_of(member_of(&line, "email", field, "address")));
    }
    add_new(message.reasons, {text_of(member_of(guard, "why"))});
  }

  std::vector<RecordedMessage> messages_;
  std::map<std::string, std::size_t> by_key_;
};

bool is_at(std::string_view address, std::string_view domain) {
  const std::string_view host = address.substr(address.rfind('@') + 1);
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

GatheredMessages messages_in(const std::vector<RecordChain>& chains) {
  Gathering gathering;
  GatheredMessages gathered;
  for (const RecordChain& chain : chains) {
    for (const RecordFile& file : chain.files) {
      const RecordLines lines = lines_of(file.text);
      const auto passed_over = [&](std::size_t number) {
        gathered.unreadable.push_back(file.name + ":" + std::to_string(number));
      };
      for (std::size_t i = 0; i < lines.whole.size(); ++i) {
        if (!gathering.line(lines.whole[i])) {
          passed_over(i + 1);
        }
      }
      if (!lines.torn.empty()) {
        passed_over(lines.whole.size() + 1);
      }
    }
  }
  gathered.messages = gathering.finish();
  std::ranges::stable_sort(gathered.messages, {}, &RecordedMessage::time);
  return gathered;
}

bool fits(const RecordedMessage& message, const RecordFilter& filter) {
  if ((!filter.since.empty() && message.time < filter.since) ||
      (!filter.until.empty() && message.time >= filter.until) ||
      (!filter.verdict.empty() && message.verdict != filter.verdict) ||
      (!filter.word.empty() && message.word != filter.word)) {
    return false;
  }
  const auto there = [&](const std::string& address) { return is_at(address, filter.domain); };
  return filter.domain.empty() || std::ranges::any_of(message.sent_to, there) ||
         std::ranges::any_of(message.questioned, there, &QuestionedRecipient::address);
}

}  // namespace recipient_guard
