// SPDX-License-Identifier: MPL-2.0
// Judgement -> JSON: docs/PROTOCOL, "Verdict". The one writer of it, for native messages,
// `check --json` and `check --batch`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "verdict/judgement.hpp"

namespace recipient_guard {

/// Over native messaging: those without a finding are left out, and of those questioned so many are
/// listed; `more` counts the rest.
inline constexpr std::size_t max_listed_recipients = 1000;
/// What is shown of a text that may be megabytes long.
inline constexpr std::size_t max_shown_octets = 2048;

struct VerdictForm {
  enum class Listing { all, questioned };
  Listing listing = Listing::all;
  bool evidence = false;
  std::optional<bool> recorded{};  ///< of a decision: it stands durably in the record
  std::optional<bool> kept{};      ///< likewise: "it is right" is remembered for good
};

/// Of form `questioned` the text is at most some 900 KiB, so that it fits a frame.
std::string verdict_json(const Judgement& judgement, const VerdictForm& form);

/// The name by which a person's answers refer to a recipient: its address, equal for all its
/// spellings, else what is shown.
std::string name_in_answers(const RecipientJudgement& recipient);
/// The same of what an answer names.
std::string name_in_answers(const std::string& named);

/// `shown` as it stands in a verdict: cut, where it is very long.
std::string shown_in_verdict(const RecipientJudgement& recipient);

}  // namespace recipient_guard
