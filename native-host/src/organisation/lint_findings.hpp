// SPDX-License-Identifier: MPL-2.0
// The parts of lint, a source each, and where they put what they find. Inner part of this room.
#pragma once

#include <string>
#include <vector>

#include "organisation/lint.hpp"
#include "organisation/policy_folder.hpp"

namespace recipient_guard {

/// Collects findings within their bound.
class LintFindings {
 public:
  explicit LintFindings(LintReport& report) : report_(report) {}

  void add(LintFinding finding) {
    if (report_.findings.size() < max_lint_findings) {
      report_.findings.push_back(std::move(finding));
    } else {
      ++report_.more;
    }
  }
  void add(LintCode code, const Policy& policy, SourcePlace place, std::string text,
           std::string advice) {
    const bool is_known = place.document < policy.documents.size();
    add({code, is_known ? policy.documents[place.document] : std::string(),
         is_known ? place.line : 0, 0, std::move(text), std::move(advice)});
  }

 private:
  LintReport& report_;
};

/// Its entry as it is told.
inline std::string quoted(const Rule& rule) {
  return "\"" + rule.entry.text + "\"";
}

/// doubled, contradictory, shadowed, unreachable.
void lint_precedence(const Policy& policy, const PublicSuffixes& suffixes, LintFindings& findings);
/// doubled, contradictory, unreachable of everything but entries.
void lint_settings(const Policy& policy, const std::vector<Replaced>& replaced,
                   LintFindings& findings);
/// over-broad.
void lint_breadth(const Policy& policy, const PublicSuffixes& suffixes,
                  const WellKnownNames& well_known, LintFindings& findings);
/// misspelt.
void lint_spelling(const Policy& policy, const PublicSuffixes& suffixes,
                   const WellKnownNames& well_known, LintFindings& findings);

}  // namespace recipient_guard
