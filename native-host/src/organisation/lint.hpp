// SPDX-License-Identifier: MPL-2.0
// Looks a policy over before it ships: what is wrong with the documents, and what is right by the
// letter but hardly meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lookalike/well_known.hpp"
#include "organisation/policy_source.hpp"

namespace recipient_guard {

/// Append-only; their names are what scripts read.
enum class LintCode {
  invalid,        ///< the documents are refused: a fault of the loader
  missing_file,   ///< a list file that is named and not there
  wide_rights,    ///< others may write a document, list file or folder
  doubled,        ///< the same entry twice in a list
  contradictory,  ///< the same entry allowed and blocked; asked about and blocked
  shadowed,       ///< a wider entry does the same, so that it changes nothing
  unreachable,    ///< it can never decide anything
  over_broad,     ///< allows names that anybody can register
  misspelt,       ///< an entry that is a slip away from another
};
/// "over-broad"
std::string_view name_of(LintCode code);

struct LintFinding {
  LintCode code = LintCode::invalid;
  std::string file;
  std::uint32_t line = 0;    ///< from 1; 0 where it is about the file as a whole
  std::uint32_t column = 0;  ///< from 1; 0 where it is about the line as a whole
  std::string text;          ///< what is the matter
  std::string advice;        ///< what to do
};

inline constexpr std::size_t max_lint_findings = 1000;

struct LintReport {
  std::vector<LintFinding> findings;  ///< faults and rights first, then in the order of the policy
  std::size_t more = 0;               ///< findings beyond max_lint_findings, at least
  bool refused = false;               ///< the host would refuse these documents
  ErrorCode refusal = ErrorCode::bad_policy;  ///< why: of the first fault
  std::vector<std::string> documents;
  std::size_t entries = 0;
};

/// Reads the places of `options` once. Of a million entries some seconds.
LintReport lint_policy(const PolicySource::Options& options, const PublicSuffixes& suffixes,
                       const WellKnownNames& well_known);

}  // namespace recipient_guard
