// SPDX-License-Identifier: MPL-2.0
#include "messaging/audit_writer.hpp"

#include <algorithm>
#include <variant>

#include "address/reader.hpp"
#include "address/utf8.hpp"
#include "messaging/json_writer.hpp"
#include "messaging/verdict_writer.hpp"

namespace recipient_guard {
namespace {

// A line fits max_audit_line_octets with room for what the record adds.
constexpr std::size_t max_listed_octets = 400 * 1024;
constexpr std::size_t max_text_octets = 2048;

constexpr std::string_view ends_of_address = " \t\r\n<>()\"',;:";

// Of text that names an address or a domain, or cannot be read.
std::string domain_in(const std::string& text) {
  const std::string domain = text.substr(text.rfind('@') + 1);
  return domain.substr(0, domain.find_first_of(ends_of_address));
}

// Of text that a person wrote: each address in it begins with its `@`.
std::string without_local_parts(std::string text) {
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    // The start of the text where nothing ends an address before it: npos + 1 is 0.
    const std::size_t start = text.substr(0, at).find_last_of(ends_of_address) + 1;
    text.erase(start, at - start);
    at = start;
  }
  return text;
}

std::string bounded(std::string_view text) {
  return shortened(text, max_text_octets);
}

class Line {
 public:
  Line(const Policy& policy, const std::string& origin)
      : only_domains_(policy.audit.addresses == AuditSettings::Addresses::domain),
        policy_(policy),
        origin_(origin),
        json_(out_) {
    json_.begin_object();
  }

  JsonWriter& json() { return json_; }

  void event(std::string_view action, std::string_view key, std::string_view outcome) {
    json_.key("event").begin_object().member("kind", "event");
    json_.key("category").begin_array().value("email").end_array();
    json_.member("action", action);
    optional("id", key);
    optional("outcome", outcome);
    json_.end_object();
  }

  void optional(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      json_.member(name, text);
    }
  }

  /// As far as the policy lets it be kept.
  std::string address(const std::string& text) const {
    if (!only_domains_) {
      return bounded(text);
    }
    return text.find('@') == std::string::npos ? std::string() : bounded(domain_in(text));
  }

  /// Of text in a person's own words.
  std::string words(const std::string& text) const {
    return bounded(only_domains_ ? without_local_parts(text) : text);
  }

  void from(const std::string& from) {
    if (const auto mailbox = read_mailbox(from)) {
      json_.key("from").begin_object().key("address").begin_array();
      json_.value(address(mailbox->text())).end_array().end_object();
    }
  }

  void mail(const Message& message, bool with_recipients) {
    json_.key("email").begin_object();
    from(message.from);
    if (with_recipients) {
      for (const auto& [field, name] :
           {std::pair{Field::to, "to"}, std::pair{Field::cc, "cc"}, std::pair{Field::bcc, "bcc"}}) {
        recipients_in(message, field, name);
      }
    }
    json_.end_object();
  }

  void finding(const Finding& finding, bool of_message) {
    json_.begin_object().member("code", name_of(finding.reason));
    json_.member("verdict", name_of(finding.verdict));
    if (!finding.meant.empty()) {
      json_.key("meant").begin_array();
      for (const std::string& meant : finding.meant) {
        json_.value(address(meant));
      }
      json_.end_array();
    }
    optional("near", bounded(only_domains_ ? domain_in(finding.near) : finding.near));
    optional("rule", bounded(finding.rule));
    optional("marking", bounded(finding.marking));
    if (of_message) {
      json_.member("recipients", finding.recipients.size());
    }
    json_.end_object();
  }

  void findings(const std::vector<Finding>& all, bool of_message) {
    json_.key("findings").begin_array();
    for (const Finding& one : all) {
      finding(one, of_message);
    }
    json_.end_array();
  }

  void recipient(const RecipientJudgement& one) {
    json_.begin_object().member("field", name_of(one.field));
    json_.member("address", address(one.address));
    if (one.address.empty() && !only_domains_) {
      json_.member("shown", bounded(one.shown()));
    }
    json_.member("verdict", name_of(one.verdict));
    findings(one.findings, false);
    json_.end_object();
  }

  void actions(const std::vector<Action>& all, const std::vector<std::pair<Action, Card>>& right) {
    json_.key("actions").begin_array();
    for (const Action& action : all) {
      if (is_full()) {
        break;
      }
      json_.begin_object().member("action", name_of(action.kind));
      if (action.reason) {
        json_.member("code", name_of(*action.reason));
        optional("marking", bounded(action.marking));
      } else {
        json_.member("address", address(action.name));
      }
      optional("to", address(action.to));
      optional("reason", words(action.typed_reason));
      answered(action, right);
      json_.end_object();
    }
    json_.end_array();
  }

  void policy() {
    json_.key("policy").begin_object();
    optional("organisation", bounded(policy_.organisation));
    json_.member("revision", policy_.revision);
    optional("digest", policy_.digest);
    json_.end_object();
  }

  bool is_full() const { return out_.size() > max_listed_octets; }

  /// The members, and what names machine and user.
  std::string finish() {
    json_.end_object();
    std::string members = out_.substr(1, out_.size() - 2);
    return origin_.empty() ? members : members + "," + origin_;
  }

 private:
  void recipients_in(const Message& message, Field field, std::string_view name) {
    bool is_open = false;
    for (const Recipient& recipient : message.recipients) {
      if (recipient.field != field || is_full()) {
        continue;
      }
      if (!is_open) {
        json_.key(name).begin_object().key("address").begin_array();
        is_open = true;
      }
      json_.value(shown_of(recipient));
    }
    if (is_open) {
      json_.end_array().end_object();
    }
  }

  std::string shown_of(const Recipient& recipient) const {
    if (!recipient.text) {
      return only_domains_ ? std::string() : bounded(recipient.list.value_or(""));
    }
    const Reading reading = read_recipient(*recipient.text);
    const auto* const read = std::get_if<ReadMailbox>(&reading);
    return read != nullptr ? address(read->mailbox.text())
           : only_domains_ ? std::string()
                           : bounded(escape_for_display(*recipient.text));
  }

  // Of "it is right": what was overridden, so that the line says it without the one before.
  void answered(const Action& action, const std::vector<std::pair<Action, Card>>& right) {
    const auto of = std::find_if(right.begin(), right.end(), [&](const auto& one) {
      return one.first.name == action.name && one.first.reason == action.reason &&
             one.first.marking == action.marking;
    });
    if (action.kind != ActionKind::right || of == right.end()) {
      return;
    }
    Verdict verdict = Verdict::allow;
    json_.key("codes").begin_array();
    for (const Finding& finding : of->second.findings) {
      json_.value(name_of(finding.reason));
      verdict = std::max(verdict, finding.verdict);
    }
    json_.end_array().member("verdict", name_of(verdict));
  }

  bool only_domains_;
  const Policy& policy_;
  const std::string& origin_;
  std::string out_;
  JsonWriter json_;
};

}  // namespace

std::string audit_origin(const std::string& host, const std::string& user) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("host").begin_object().member("name", host).end_object();
  json.key("user").begin_object().member("name", user).end_object().end_object();
  return out.substr(1, out.size() - 2);
}

std::string AuditWriter::asked(const std::string& key, const std::string& renews,
                               const Message& message, const Judgement& judgement) const {
  Line line(policy_, origin_);
  line.event("asked", key, "");
  line.mail(message, false);
  JsonWriter& json = line.json();
  json.key("recipient_guard").begin_object();
  line.optional("renews", renews);
  json.member("kind", name_of(message.kind)).member("verdict", name_of(judgement.verdict));
  if (judgement.watch) {
    json.member("watch", true);
  }
  json.key("recipients").begin_array();
  std::size_t more = 0;
  for (const RecipientJudgement& one : judgement.recipients) {
    if (one.findings.empty()) {
      continue;
    }
    line.is_full() ? void(++more) : line.recipient(one);
  }
  json.end_array();
  line.findings(judgement.findings, true);
  if (more > 0) {
    json.member("more", more);
  }
  line.policy();
  json.end_object();
  return line.finish();
}

std::string AuditWriter::decided(const std::string& key, const std::string& renews, bool send,
                                 const std::vector<Action>& actions,
                                 const std::vector<std::pair<Action, Card>>& right) const {
  Line line(policy_, origin_);
  line.event("decided", key, send ? "" : "stopped");
  line.json().key("recipient_guard").begin_object();
  line.optional("renews", renews);
  line.json().member("decision", send ? "send" : "back");
  line.actions(actions, right);
  line.json().end_object();
  return line.finish();
}

std::string AuditWriter::left(const std::string& key, const std::string& renews,
                              const Message& message, std::string_view word,
                              std::optional<bool> matched, std::string_view mode) const {
  Line line(policy_, origin_);
  line.event("left", key, word);
  line.mail(message, true);
  line.json().key("recipient_guard").begin_object();
  line.optional("renews", renews);
  line.json().member("mode", mode).key("matched");
  matched ? line.json().value(*matched) : line.json().null();
  line.json().end_object();
  return line.finish();
}

std::string AuditWriter::unguarded(const Message& message, const std::vector<Action>& actions,
                                   const std::string& why, std::string_view mode) const {
  Line line(policy_, origin_);
  line.event("left", "", "sent-unguarded");
  line.mail(message, true);
  line.json().key("recipient_guard").begin_object().member("mode", mode);
  line.optional("why", line.words(why));
  line.actions(actions, {});
  line.json().end_object();
  return line.finish();
}

std::string AuditWriter::policy_changed() const {
  Line line(policy_, origin_);
  line.event("policy-changed", "", "");
  line.json().key("recipient_guard").begin_object();
  line.policy();
  line.json().end_object();
  return line.finish();
}

}  // namespace recipient_guard
