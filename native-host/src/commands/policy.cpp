// SPDX-License-Identifier: MPL-2.0
#include "commands/policy.hpp"

#include "address/reader.hpp"
#include "commands/command.hpp"
#include "commands/places.hpp"
#include "document/count_text.hpp"
#include "messaging/json_writer.hpp"
#include "organisation/lint.hpp"
#include "organisation/show.hpp"
#include "system/stdio.hpp"
#include "verdict/reason.hpp"

namespace recipient_guard {
namespace {

// A fault is refused by the host; the rest is an opinion, if a well-founded one.
std::string_view severity_of(LintCode code) {
  const bool is_error =
      code == LintCode::invalid || code == LintCode::missing_file || code == LintCode::wide_rights;
  return is_error ? "error" : "warning";
}

std::string as_json(const LintReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("refused", report.refused).member("entries", report.entries);
  json.key("documents").begin_array();
  for (const std::string& document : report.documents) {
    json.value(document);
  }
  json.end_array().key("findings").begin_array();
  for (const LintFinding& finding : report.findings) {
    json.begin_object().member("code", name_of(finding.code));
    json.member("severity", severity_of(finding.code)).member("file", finding.file);
    json.key("line");
    finding.line == 0 ? json.null() : json.value(finding.line);
    json.key("column");
    finding.column == 0 ? json.null() : json.value(finding.column);
    json.member("text", finding.text).member("advice", finding.advice).end_object();
  }
  json.end_array().member("more", report.more).end_object();
  return out + "\n";
}

std::string in_words(const LintReport& report) {
  std::string text;
  for (const LintFinding& finding : report.findings) {
    text += escape_for_display(finding.file);
    text += finding.line == 0 ? "" : ":" + std::to_string(finding.line);
    text += finding.column == 0 ? "" : ":" + std::to_string(finding.column);
    text += ": " + std::string(name_of(finding.code)) + ": " + escape_for_display(finding.text);
    text += "\n    " + escape_for_display(finding.advice) + "\n";
  }
  if (report.more > 0) {
    text += "and " + count_text(report.more, "more finding", "more findings") + " at least\n";
  }
  if (report.findings.empty()) {
    text +=
        report.documents.empty()
            ? "no organisation policy: nothing to look at\n"
            : "clean: " + count_text(report.documents.size(), "document", "documents and lists") +
                  ", " + count_text(report.entries, "entry", "entries") + "\n";
  }
  return text;
}

int lint(const Places& places, bool json) {
  const PublicSuffixes suffixes;
  const WellKnownNames well_known(suffixes);
  PolicySource::Options options;
  options.places.assign(places.policy.begin(), places.policy.end());
  options.vocabulary = check_vocabulary();
  const LintReport report = lint_policy(options, suffixes, well_known);
  int status = report.findings.empty() ? exit_clean : exit_warn;
  if (report.refused) {
    status = traits_of(report.refusal).exit_status;
  }
  return finish(json ? as_json(report) : in_words(report), status);
}

int show(const Places& places, bool json) {
  Engine engine(places, LaxRights::remark);
  if (const auto ended = engine.report_policy()) {
    return *ended;
  }
  const auto policy = engine.policy().policy();
  say_where_defaults_apply(*policy);
  std::string out;
  if (!json) {
    for (const ShownValue& row : shown_values(*policy, check_vocabulary())) {
      out += escape_for_display(row.key) + " = " +
             (row.value.empty() ? "(none)" : escape_for_display(row.value));
      out += "    # " + (row.at.empty() ? "default" : escape_for_display(row.at)) + "\n";
    }
    return finish(out, exit_clean);
  }
  JsonWriter writer(out);
  writer.begin_object().member("from_organisation", policy->from_organisation);
  writer.member("digest", policy->digest).key("values").begin_array();
  for (const ShownValue& row : shown_values(*policy, check_vocabulary())) {
    writer.begin_object().member("key", row.key).key("value");
    row.value.empty() ? writer.null() : writer.value(row.value);
    writer.key("at");
    row.at.empty() ? writer.null() : writer.value(row.at);
    writer.end_object();
  }
  writer.end_array().end_object();
  return finish(out + "\n", exit_clean);
}

}  // namespace

int run_policy(const std::vector<std::string>& given) {
  Places places;
  bool json = false;
  Arguments arguments("policy",
                      "Looks a policy over before it ships (lint), or tells every value that holds "
                      "and where it comes from (show).",
                      "lint|show [--json] [--policy DIR|FILE]... [FILE|DIR]...");
  add_policy_option(arguments.app(), places);
  arguments.app().add_flag("--json", json, "Answer as JSON");
  arguments.app().footer(
      "Without a place the one that the host reads. Exit status of lint: 0 clean, 1 findings, "
      "66 nothing there, 77 it may not be read, 78 the host would refuse the policy.");
  if (const auto ended = arguments.read(given, {"lint", "show"})) {
    return *ended;
  }
  const auto& plain = arguments.plain();
  places.policy.insert(places.policy.end(), plain.begin(), plain.end());
  return arguments.action() == "lint" ? lint(places, json) : show(places, json);
}

}  // namespace recipient_guard
