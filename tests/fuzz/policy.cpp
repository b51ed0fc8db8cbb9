// SPDX-License-Identifier: MPL-2.0
// A policy document, in memory: read, looked over by lint, shown, and a message judged by it.
#include "organisation/policy.hpp"

#include <string>
#include <vector>

#include "address/reader.hpp"
#include "fuzzing.hpp"
#include "organisation/document_reading.hpp"
#include "organisation/lint_findings.hpp"
#include "organisation/show.hpp"
#include "verdict/judge.hpp"
#include "verdict/reason.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

struct World {
  PublicSuffixes suffixes;
  WellKnownNames well_known{suffixes};
  CheckVocabulary vocabulary = check_vocabulary();
  People people;
};

const World& world() {
  static const World one;
  return one;
}

PolicyBuild read(std::string_view text) {
  PolicyBuild build;
  build.policy.documents = {"policy.json"};
  DocumentReading reading{"policy.json", 0, world().vocabulary, build, {}};
  read_policy_document(reading, text);
  build.policy.from_organisation = true;
  fill_near_names(build.policy, world().suffixes);
  return build;
}

void look_over(const PolicyBuild& build) {
  LintReport report;
  LintFindings findings(report);
  lint_precedence(build.policy, world().suffixes, findings);
  lint_settings(build.policy, build.replaced, findings);
  lint_breadth(build.policy, world().suffixes, world().well_known, findings);
  lint_spelling(build.policy, world().suffixes, world().well_known, findings);
  for (const LintFinding& finding : report.findings) {
    demand(!finding.text.empty(), "a finding of lint says what it is");
  }
}

void judge_by(const Policy& policy) {
  Message message;
  message.time = 1'690'286'400;
  message.from = "alice@navy.mil";
  for (const char* const text : {"bob@navy.mil", "Bob <bob@fleet.nayv.ml>", "\"b b\"@navy.ml"}) {
    message.recipients.emplace_back().text = text;
  }
  const auto judgement =
      judge(message, {policy, world().people, world().well_known, world().suffixes}, Trace::on);
  demand(judgement.recipients.size() == message.recipients.size(), "each recipient is judged");
  demand(policy.mode != PolicyMode::watch || judgement.watch, "who watches only asks nothing");
}

/// What is listed is found again as the entry that decides, or as one as specific that outranks it.
void look_up(const EntrySet& rules) {
  for (const Rule& rule : rules.rules()) {
    demand(rule.source.document == 0 && rule.source.line > 0, "an entry has its place");
    const auto found = rule.entry.mailbox  ? rules.covering(*rule.entry.mailbox)
                       : rule.entry.domain ? rules.covering(*rule.entry.domain)
                                           : rules.covering_verbatim(rule.entry.text);
    demand(found || rule.entry.form == EntryForm::below, "an entry covers what it names");
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  const PolicyBuild build = read(input);
  demand(build.faults.size() <= max_policy_faults, "faults are bounded");
  for (const Error& fault : build.faults) {
    demand(fault.text.starts_with("policy.json:"), "a fault has its place");
  }
  look_over(build);
  look_up(build.policy.rules);
  look_up(build.policy.ask);
  look_up(build.policy.protect);
  demand(!shown_values(build.policy, world().vocabulary).empty(), "a policy can be shown");
  if (build.faults.empty()) {
    judge_by(build.policy);
  }
}
