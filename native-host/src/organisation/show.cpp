// SPDX-License-Identifier: MPL-2.0
#include "organisation/show.hpp"

#include <string_view>

namespace recipient_guard {
namespace {

std::string_view word_for(bool truth) {
  return truth ? "true" : "false";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

std::string joined(const EntrySet& entries) {
  std::vector<std::string> texts;
  for (const Rule& rule : entries.rules()) {
    texts.push_back(rule.entry.text);
  }
  return joined(texts);
}

class Rows {
 public:
  explicit Rows(const Policy& policy) : policy_(policy) {}

  void scalar(std::string_view key, std::string_view value) {
    rows_.push_back({std::string(key), std::string(value), policy_.shown(key)});
  }
  void row(std::string key, std::string value, std::string at) {
    rows_.push_back({std::move(key), std::move(value), std::move(at)});
  }

  void entries(std::string_view key, const EntrySet& set) {
    if (set.empty()) {
      row(std::string(key), {}, policy_.shown(key));
    }
    for (std::size_t i = 0; i < set.size(); ++i) {
      const Rule rule = set.rule(i);
      row(std::string(key), rule.entry.text, policy_.shown(rule.source));
    }
  }

  void rules_of(std::string_view key, RuleKind kind) {
    bool any = false;
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      const Rule rule = policy_.rules.rule(i);
      if (rule.kind == kind) {
        any = true;
        row(std::string(key), rule.entry.text, policy_.shown(rule.source));
      }
    }
    if (!any) {
      row(std::string(key), {}, {});
    }
  }

  void checks(const CheckVocabulary& vocabulary) {
    for (const CheckName& name : vocabulary) {
      const auto found = policy_.checks.find(name.code);
      const std::string key = "checks." + std::string(name.code);
      if (found == policy_.checks.end()) {
        if (!name.fixed) {
          row(key, std::string(name.left_out), {});
        }
        continue;
      }
      const CheckSetting& set = found->second;
      row(key, std::string(set.verdict ? name_of(*set.verdict) : name.left_out),
          set.verdict ? policy_.shown(set.source) : std::string());
      for (const auto& [limit, number] : set.numbers) {
        row(key + "." + limit, std::to_string(number.value), policy_.shown(number.source));
      }
      for (const auto& [list, listed] : set.entries) {
        row(key + "." + list, joined(listed),
            listed.empty() ? std::string() : policy_.shown(listed.rule(listed.size() - 1).source));
      }
    }
  }

  void confusable() {
    for (const ConfusablePair& pair : policy_.confusable) {
      row("confusable",
          "meant " + pair.meant.text() + ", typed " + pair.typed.text() + ", " +
              (pair.verdict ? std::string(name_of(*pair.verdict)) : "as checks says"),
          pair.source ? policy_.shown(*pair.source) : std::string());
    }
    if (policy_.confusable.empty()) {
      row("confusable", {}, {});
    }
  }

  void markings() {
    for (const Marking& marking : policy_.markings) {
      const std::string key = "markings." + marking.name;
      const std::string at = policy_.shown(marking.source);
      row(key + ".in",
          std::string(marking.in_subject ? "subject" : "") +
              (marking.in_subject && marking.in_attachments ? ", " : "") +
              (marking.in_attachments ? "attachments" : ""),
          at);
      row(key + ".words", joined(marking.words), at);
      row(key + ".only", joined(marking.only), at);
      row(key + ".otherwise", std::string(name_of(marking.otherwise.value_or(PolicyVerdict::warn))),
          at);
    }
    if (policy_.markings.empty()) {
      row("markings", {}, {});
    }
  }

  void help() {
    for (const auto& [language, text] : policy_.help) {
      scalar("help." + language, text);
    }
    if (policy_.help.empty()) {
      row("help", {}, {});
    }
  }

  std::vector<ShownValue> take() { return std::move(rows_); }

 private:
  const Policy& policy_;
  std::vector<ShownValue> rows_;
};

}  // namespace

std::vector<ShownValue> shown_values(const Policy& policy, const CheckVocabulary& vocabulary) {
  Rows rows(policy);
  rows.scalar("organisation", policy.organisation);
  rows.scalar("revision", std::to_string(policy.revision));
  rows.scalar("mode", name_of(policy.mode));
  rows.entries("senders", policy.senders);
  rows.rules_of("own", RuleKind::own);
  rows.rules_of("allow", RuleKind::allow);
  rows.rules_of("block", RuleKind::block);
  rows.entries("ask", policy.ask);
  rows.entries("protect", policy.protect);
  rows.scalar("builtin_protect", word_for(policy.builtin_protect));
  rows.confusable();
  rows.scalar("strangers", name_of(policy.strangers));
  rows.scalar("known", name_of(policy.known));
  rows.checks(vocabulary);
  rows.markings();
  rows.scalar("personal_trust", name_of(policy.personal_trust));
  rows.scalar("override.warn", name_of(policy.override_warn));
  rows.scalar("override.block", name_of(policy.override_block));
  rows.help();
  rows.scalar("history.learn", word_for(policy.history_learn));
  rows.scalar("history.keep_days", std::to_string(policy.history_keep_days));
  rows.scalar("audit.record", name_of(policy.audit.record));
  rows.entries("audit.always", policy.audit.always);
  rows.scalar("audit.addresses", name_of(policy.audit.addresses));
  rows.scalar("audit.keep_days", std::to_string(policy.audit.keep_days));
  rows.scalar("audit.syslog", word_for(policy.audit.syslog));
  return rows.take();
}

}  // namespace recipient_guard
