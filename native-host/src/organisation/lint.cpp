// SPDX-License-Identifier: MPL-2.0
#include "organisation/lint.hpp"

#include <algorithm>
#include <optional>

#include "organisation/lint_findings.hpp"
#include "organisation/policy_folder.hpp"

namespace recipient_guard {
namespace {

constexpr std::string_view advice_on_fault =
    "Mend it: a host that runs keeps its last good policy, one that starts has none.";

std::string_view advice_on(ErrorCode fault) {
  return fault == ErrorCode::no_input
             ? "Look whether the name is right; a document, or a folder with one, is wanted here."
         : fault == ErrorCode::no_permission ? "Run it as somebody who may read it."
                                             : advice_on_fault;
}

/// `:12` at the end of the text, taken off.
std::optional<std::uint32_t> take_number(std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon + 1 == text.size() || text.size() - colon > 10 ||
      text.find_first_not_of("0123456789", colon + 1) != std::string::npos) {
    return std::nullopt;
  }
  const auto number = static_cast<std::uint32_t>(std::stoul(text.substr(colon + 1)));
  text.resize(colon);
  return number;
}

/// FILE:LINE:COLUMN: text, FILE:LINE: text or FILE: text.
LintFinding finding_of(LintCode code, const std::string& told, std::string_view advice) {
  LintFinding finding{code, {}, 0, 0, told, std::string(advice)};
  const std::size_t end = told.find(": ");
  if (end == std::string::npos) {
    return finding;
  }
  finding.file = told.substr(0, end);
  finding.text = told.substr(end + 2);
  const auto last = take_number(finding.file);
  const auto first = last ? take_number(finding.file) : std::nullopt;
  finding.line = first ? *first : last.value_or(0);
  finding.column = first ? *last : 0;
  return finding;
}

void add_faults(const PolicySet& set, LintReport& report, LintFindings& findings) {
  report.refused = !set.faults.empty();
  report.refusal = report.refused ? set.faults.front().code : report.refusal;
  for (const Error& fault : set.faults) {
    const bool is_missing = fault.text.find(no_such_list_file) != std::string::npos;
    findings.add(is_missing
                     ? finding_of(LintCode::missing_file, fault.text,
                                  "Put the file there, or take its name out of the document.")
                     : finding_of(LintCode::invalid, fault.text, advice_on(fault.code)));
  }
  for (const std::string& remark : set.remarks) {
    findings.add(finding_of(LintCode::wide_rights, remark,
                            "Serving Thunderbird refuses it so: it has to belong to root, and "
                            "nobody else may write it."));
  }
}

}  // namespace

std::string_view name_of(LintCode code) {
  switch (code) {
    case LintCode::invalid:
      return "invalid";
    case LintCode::missing_file:
      return "missing-file";
    case LintCode::wide_rights:
      return "wide-rights";
    case LintCode::doubled:
      return "doubled";
    case LintCode::contradictory:
      return "contradictory";
    case LintCode::shadowed:
      return "shadowed";
    case LintCode::unreachable:
      return "unreachable";
    case LintCode::over_broad:
      return "over-broad";
    case LintCode::misspelt:
      return "misspelt";
  }
  return "";
}

LintReport lint_policy(const PolicySource::Options& options, const PublicSuffixes& suffixes,
                       const WellKnownNames& well_known) {
  PolicySource::Options lax = options;
  lax.lax_rights = LaxRights::remark;
  const PolicySet set = read_policy_set(lax, suffixes, FaultySet::keep);
  LintReport report;
  LintFindings findings(report);
  add_faults(set, report, findings);
  const Policy& policy = *set.policy;
  report.documents = policy.documents;
  report.entries = policy.rules.size() + policy.ask.size() + policy.protect.size();
  if (set.too_many_entries) {
    return report;  // refused for that, and looking at so many takes long
  }
  lint_precedence(policy, suffixes, findings);
  lint_settings(policy, set.replaced, findings);
  lint_breadth(policy, suffixes, well_known, findings);
  lint_spelling(policy, suffixes, well_known, findings);
  return report;
}

}  // namespace recipient_guard
