// SPDX-License-Identifier: MPL-2.0
// Settings that no verdict can come to depend on, or that say two things.
#include <string>
#include <string_view>
#include <utility>

#include "address/characters.hpp"
#include "organisation/lint_findings.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

/// `off` comes to the same as allow.
std::string_view word_for(PolicyVerdict verdict) {
  return name_of(verdict == PolicyVerdict::off ? PolicyVerdict::allow : verdict);
}

class Settings {
 public:
  Settings(const Policy& policy, LintFindings& findings) : policy_(policy), findings_(findings) {}

  void run() {
    look_at_strangers();
    for (const ConfusablePair& pair : policy_.confusable) {
      look_at(pair);
    }
    for (const Marking& marking : policy_.markings) {
      look_at(marking);
    }
  }

 private:
  void add(LintCode code, SourcePlace place, std::string text, std::string advice) {
    findings_.add(code, policy_, place, std::move(text), std::move(advice));
  }

  /// Where `checks` sets the verdict of that code; null where it does not.
  const CheckSetting* set_by_checks(std::string_view code) const {
    const auto found = policy_.checks.find(code);
    return found != policy_.checks.end() && found->second.verdict ? &found->second : nullptr;
  }

  /// `checks` outranks what `own_key` at `place` says.
  void look_for_two_verdicts(std::string_view code, const std::string& own_key, SourcePlace place,
                             PolicyVerdict own_verdict) {
    const CheckSetting* const set = set_by_checks(code);
    if (set != nullptr && word_for(*set->verdict) != word_for(own_verdict)) {
      add(LintCode::contradictory, place,
          own_key + " says " + in_quotes(word_for(own_verdict)) + " here, and \"checks\" in " +
              policy_.shown(set->source) + " sets " + in_quotes(code) +
              " otherwise; \"checks\" holds",
          "Take one of them out.");
    }
  }

  void look_at_strangers() {
    const CheckSetting* const set = set_by_checks("not-on-allowlist");
    if (const auto at = policy_.set_at.find("strangers"); at != policy_.set_at.end()) {
      look_for_two_verdicts("not-on-allowlist", "\"strangers\"", at->second, policy_.strangers);
    }
    const PolicyVerdict verdict = set != nullptr ? *set->verdict : policy_.strangers;
    const auto known = policy_.set_at.find("known");
    if (known != policy_.set_at.end() && policy_.known == KnownContacts::allow &&
        verdict != PolicyVerdict::warn) {
      add(LintCode::unreachable, known->second,
          "\"known\": \"allow\" changes nothing: it speaks for strangers who are warned about, and "
          "none is",
          "Take it out, or set \"strangers\" to \"warn\".");
    }
  }

  void look_at(const ConfusablePair& pair) {
    const auto rule = policy_.rules.covering(pair.typed);
    const bool is_off = pair.verdict == PolicyVerdict::off;
    if (pair.source && !is_off && rule && rule->kind != RuleKind::block) {
      add(LintCode::unreachable, *pair.source,
          "the pair " + pair.meant.text() + ", " + pair.typed.text() + " can never be found: \"" +
              made_of(*rule).entry.text + "\" allows all of " + pair.typed.text() + " (" +
              policy_.shown(rule->source) + ")",
          "Take the pair out, or that entry.");
    }
  }

  void look_at(const Marking& marking) {
    if (marking.otherwise) {
      look_for_two_verdicts("marking", "the marking " + in_quotes(marking.name), marking.source,
                            *marking.otherwise);
    }
    for (const std::string& word : marking.words) {
      if (comparable_words(word).empty()) {
        add(LintCode::unreachable, marking.source,
            "the word " + in_quotes(word) + " of the marking " + in_quotes(marking.name) +
                " is never found: blanks, dashes and underscores only part words",
            "Take it out, or write the word that is meant.");
      }
    }
  }

  const Policy& policy_;
  LintFindings& findings_;
};

}  // namespace

void lint_settings(const Policy& policy, const std::vector<Replaced>& replaced,
                   LintFindings& findings) {
  for (const Replaced& one : replaced) {
    findings.add(LintCode::doubled, policy, one.later,
                 one.what + " stands in " + policy.shown(one.first) + " already; this one holds",
                 "Take one of them out.");
  }
  Settings(policy, findings).run();
}

}  // namespace recipient_guard
