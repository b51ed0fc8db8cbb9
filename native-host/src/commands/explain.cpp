// SPDX-License-Identifier: MPL-2.0
#include "commands/explain.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "address/reader.hpp"
#include "commands/check.hpp"
#include "commands/explanation.hpp"
#include "commands/places.hpp"
#include "commands/wording.hpp"
#include "document/count_text.hpp"
#include "messaging/json_writer.hpp"
#include "messaging/verdict_writer.hpp"
#include "system/stdio.hpp"
#include "system/terminal.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

std::string_view code_of(Coverage coverage) {
  switch (coverage) {
    case Coverage::decides:
      return "decides";
    case Coverage::less_specific:
      return "less-specific";
    case Coverage::block_is_first:
      return "block-is-first";
    case Coverage::repeated:
      return "repeated";
    case Coverage::only_itself:
      return "only-itself";
    case Coverage::only_below:
      return "only-below";
  }
  return "";
}

void add_rule(JsonWriter& json, const ExplainedRule& rule) {
  const std::size_t colon = rule.at.rfind(':');
  json.begin_object().member("list", rule.list).member("entry", rule.rule.entry.text);
  json.member("at", rule.at);
  json.member("file", colon == std::string::npos ? rule.at : rule.at.substr(0, colon));
  json.member("line", rule.rule.source.line).member("state", code_of(rule.coverage));
  json.member("why", words_for(rule.coverage)).end_object();
}

void add_check(JsonWriter& json, const ExplainedCheck& check) {
  json.begin_object().member("code", name_of(check.reason)).member("state", name_of(check.state));
  json.key("evidence").begin_array();
  for (const Evidence& piece : check.evidence) {
    json.begin_object().member("score", piece.score).member("threshold", piece.threshold);
    if (!piece.near.empty()) {
      json.member("near", piece.near).member("meant", piece.meant);
    }
    if (piece.slip) {
      json.member("slip", name_of(*piece.slip));
    }
    if (!piece.cleared_by.empty()) {
      json.member("cleared_by", piece.cleared_by);
      json.member("why", words_for_clearing(piece.cleared_by));
    }
    json.end_object();
  }
  json.end_array().end_object();
}

void add_what_was_read(JsonWriter& json, const Policy& policy, const Engine& engine) {
  const PublicSuffixes& suffixes = engine.suffixes();
  json.key("read").begin_object().key("documents").begin_array();
  for (const std::string& document : policy.documents) {
    json.value(document);
  }
  json.end_array().member("entries", policy.rules.size());
  json.member("organisation", policy.organisation).member("revision", policy.revision);
  json.member("mode", name_of(policy.mode));
  json.member("digest", policy.digest);
  json.key("suffixes").begin_object().member("source", suffixes.source());
  json.member("date", suffixes.date()).end_object();
  json.key("keyboards").begin_object().key("layouts").begin_array();
  for (const std::string_view layout : names_of(engine.keyboards().layouts)) {
    json.value(layout);
  }
  json.end_array().member("by", engine.keyboards().said_by).end_object().end_object();
}

std::string as_json(const Explanation& explanation, const Policy& policy, const Engine& engine) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("asked", explanation.asked);
  json.member("verdict", name_of(explanation.judgement.verdict));
  json.member("watch", explanation.judgement.watch).member("reading", explanation.reading);
  add_what_was_read(json, policy, engine);
  json.key("rules").begin_array();
  for (const ExplainedRule& rule : explanation.rules) {
    add_rule(json, rule);
  }
  json.end_array().member("known", explanation.known).key("checks").begin_array();
  for (const ExplainedCheck& check : explanation.checks) {
    add_check(json, check);
  }
  json.end_array().key("judgement");
  json.raw(verdict_json(explanation.judgement, {VerdictForm::Listing::all, false, {}, {}}));
  json.end_object();
  return out + "\n";
}

std::string rounded(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", number);
  return text;
}

std::string evidence_in_words(const Evidence& piece) {
  if (piece.near.empty() && piece.cleared_by.empty()) {
    return {};
  }
  std::string text = "      ";
  if (!piece.near.empty()) {
    text += "near " + escape_for_display(piece.near);
    text += piece.slip ? " by " + std::string(name_of(*piece.slip)) : "";
    text += ", evidence " + rounded(piece.score) + " of " + rounded(piece.threshold) + " needed";
  } else {
    text += "found";
  }
  if (!piece.cleared_by.empty()) {
    text += "; cleared by " + std::string(piece.cleared_by) + ": ";
    text += words_for_clearing(piece.cleared_by);
  }
  return text + "\n";
}

std::string state_in_words(ExplainedCheck::State state) {
  switch (state) {
    case ExplainedCheck::State::nothing:
      return "found nothing";
    case ExplainedCheck::State::below:
      return "came close, the evidence does not suffice";
    case ExplainedCheck::State::cleared:
      return "found something that is cleared";
    case ExplainedCheck::State::found:
      return "QUESTIONS IT";
    case ExplainedCheck::State::merged:
      return "another finding stands for it: the same address, or one far likelier";
    case ExplainedCheck::State::off:
      return "is off";
    case ExplainedCheck::State::apart:
      return "looks at whole messages, not at one address";
  }
  return "";
}

// Checks with nothing to tell stand together in one line.
std::string checks_in_words(const std::vector<ExplainedCheck>& checks) {
  using State = ExplainedCheck::State;
  std::string text = "  checks\n";
  for (const ExplainedCheck& check : checks) {
    const bool tells = check.state == State::found || check.state == State::merged ||
                       check.state == State::cleared || check.state == State::below;
    if (!tells) {
      continue;
    }
    text += "    " + std::string(name_of(check.reason)) + ": " + state_in_words(check.state) + "\n";
    for (const Evidence& piece : check.evidence) {
      text += evidence_in_words(piece);
    }
  }
  for (const State state : {State::nothing, State::off, State::apart}) {
    std::string names;
    for (const ExplainedCheck& check : checks) {
      if (check.state == state) {
        names += (names.empty() ? "" : ", ") + std::string(name_of(check.reason));
      }
    }
    text += names.empty() ? "" : "    " + state_in_words(state) + ": " + names + "\n";
  }
  return text;
}

std::string read_in_words(const Policy& policy, const Engine& engine) {
  std::string text = "  read\n    policy: ";
  if (policy.from_organisation) {
    text += policy.organisation.empty() ? "no name" : escape_for_display(policy.organisation);
    text += ", revision " + std::to_string(policy.revision) + ", ";
    text += count_text(policy.rules.size(), "entry", "entries") + " of own, allow and block\n";
  } else {
    text += "none of an organisation; the defaults apply\n";
  }
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(policy.documents.size(), most); ++i) {
    text += "      " + escape_for_display(policy.documents[i]) + "\n";
  }
  if (policy.documents.size() > most) {
    text += "      and " + std::to_string(policy.documents.size() - most) + " more\n";
  }
  const PublicSuffixes& suffixes = engine.suffixes();
  text += "    public suffixes: " + suffixes.source();
  text += suffixes.date().empty() ? "\n" : " of " + suffixes.date() + "\n";
  std::string layouts;
  for (const std::string_view layout : names_of(engine.keyboards().layouts)) {
    layouts += (layouts.empty() ? "" : ", ") + std::string(layout);
  }
  return text + "    keyboards: " + layouts + " (" +
         escape_for_display(engine.keyboards().said_by) + ")\n";
}

std::string in_words(const Explanation& explanation, const Policy& policy, const Engine& engine,
                     Colour colour) {
  std::string text = in_words(explanation.judgement, colour);
  text += "  address: " + explanation.reading + "\n";
  text += read_in_words(policy, engine);
  text += "  entries\n";
  for (const ExplainedRule& rule : explanation.rules) {
    text += "    " + std::string(rule.list) + " " + escape_for_display(rule.rule.entry.text) +
            ", " + escape_for_display(rule.at) + "\n      " +
            std::string(words_for(rule.coverage)) + "\n";
  }
  if (explanation.rules.empty()) {
    text += "    none has to do with it";
    const CheckSetting* const set = verdict_setting(Reason::not_on_allowlist, policy);
    text += !verdict_on_strangers(policy) ? std::string("; strangers are allowed\n")
            : set != nullptr ? "; not-on-allowlist: " + policy.shown(set->source) + "\n"
                             : "; strangers: " + policy.shown("strangers") + "\n";
  }
  if (!explanation.known.empty()) {
    text += "  contacts: " + explanation.known + "\n";
  }
  return text + checks_in_words(explanation.checks);
}

}  // namespace

int run_explain(const std::vector<std::string>& given) {
  Places places;
  bool json = false;
  Arguments arguments("explain", "Says why an address gets its verdict, and what came close.",
                      "[--policy DIR|FILE]... [--people DIR|none] [--keyboards LAYOUTS] "
                      "[--json] ADDRESS...");
  add_policy_option(arguments.app(), places);
  add_people_option(arguments.app(), places, true);
  add_keyboards_option(arguments.app(), places);
  arguments.app().add_flag("--json", json, "Answer as JSON, one line an address");
  arguments.app().footer(
      "Each address is looked at by itself. Exit status: 0 allow, 1 warn, "
      "2 block; of several the strictest.");
  if (const auto ended = arguments.read(given)) {
    return *ended;
  }
  if (arguments.plain().empty()) {
    return arguments.usage_error("needs an address");
  }
  Engine engine(places, LaxRights::remark);
  if (const auto ended = engine.report_policy()) {
    return *ended;
  }
  const auto policy = engine.policy().policy();
  const auto people = people_to_look_at(places, engine);
  if (!people) {
    return fail(people.error());
  }
  std::string text;
  int status = exit_clean;
  for (const std::string& address : arguments.plain()) {
    const Explanation explanation = explain(
        message_to({address}, ""),
        {*policy, *people, engine.well_known(), engine.suffixes(), engine.keyboards().layouts});
    text += text.empty() || json ? "" : "\n";
    text += json ? as_json(explanation, *policy, engine)
                 : in_words(explanation, *policy, engine,
                            output_takes_colour() ? Colour::on : Colour::off);
    status = std::max(status, exit_status_of(explanation.judgement));
  }
  return finish(text, status);
}

}  // namespace recipient_guard
