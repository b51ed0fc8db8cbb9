// SPDX-License-Identifier: MPL-2.0
// The checks: each one small function in one file named after its reason code. A check says what it
// finds; what clears it stands in the table of reason.cpp and is applied in clearing.cpp alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "verdict/facts.hpp"
#include "verdict/judgement.hpp"

namespace recipient_guard {

/// What a check found of one recipient, also where the evidence is too weak (score < threshold).
struct Found {
  Finding finding;
  std::vector<Candidate> candidates;  ///< what the finding rests on, the likeliest first
  double score = 0;
  double threshold = 0;
  /// Of what clears its reason, what may clear this finding.
  std::uint8_t only_cleared_by = 0xff;
};

using Check = std::optional<Found> (*)(const RecipientFacts&);

struct CheckRow {
  Reason reason;
  Check check;
  bool of_address_itself;  ///< looked at in Reply-To too
};

/// All checks of a recipient, in the order of the reason table.
std::span<const CheckRow> recipient_checks();

std::optional<Found> check_unreadable_address(const RecipientFacts& facts);
std::optional<Found> check_blocked_by_organisation(const RecipientFacts& facts);
std::optional<Found> check_asked_by_organisation(const RecipientFacts& facts);
std::optional<Found> check_not_on_allowlist(const RecipientFacts& facts);
std::optional<Found> check_confusable_suffix(const RecipientFacts& facts);
std::optional<Found> check_homoglyph_domain(const RecipientFacts& facts);
std::optional<Found> check_lookalike_domain(const RecipientFacts& facts);
std::optional<Found> check_lookalike_address(const RecipientFacts& facts);
std::optional<Found> check_misleading_name(const RecipientFacts& facts);
std::optional<Found> check_unusual_address(const RecipientFacts& facts);
std::optional<Found> check_no_such_suffix(const RecipientFacts& facts);
std::optional<Found> check_unknown_members(const RecipientFacts& facts);
std::optional<Found> check_known_elsewhere(const RecipientFacts& facts);
std::optional<Found> check_odd_one_out(const RecipientFacts& facts);
std::optional<Found> check_new_in_reply(const RecipientFacts& facts);
std::optional<Found> check_reply_diverted(const RecipientFacts& facts);
/// Looks at group names as well.
std::optional<Found> check_posting(const RecipientFacts& facts);

/// Findings of the message as a whole; their `override` is the judge's.
std::vector<Finding> check_marking(const MessageFacts& facts);
std::vector<Finding> check_visible_crowd(const MessageFacts& facts);

/// Where `checks` of the policy sets the verdict of `reason`; null where it does not.
const CheckSetting* verdict_setting(Reason reason, const Policy& policy);
/// The verdict that `checks` of the policy, else the table, gives to `reason`; nothing where it is
/// off.
std::optional<Verdict> verdict_for(Reason reason, const Policy& policy);
/// The same where another key of the policy gives the default.
std::optional<Verdict> verdict_for(Reason reason, const Policy& policy,
                                   std::optional<Verdict> by_default);
/// Of not-on-allowlist: `checks`, else `strangers`.
std::optional<Verdict> verdict_on_strangers(const Policy& policy);
std::optional<Verdict> verdict_of(PolicyVerdict verdict);

/// A finding that follows from a rule: certain, with the place of the rule if there is one.
Found certain_finding(Reason reason, Verdict verdict, std::string rule = {});

/// A finding that rests on `candidates`: `meant`, `near`, `slip` and score are those of the best,
/// ties told as docs/PROTOCOL says; nothing where none is left that may be told under `verdict`.
/// The likeliest comes first.
std::optional<Found> weighed_finding(Reason reason, Verdict verdict,
                                     std::vector<Candidate> candidates, const Policy& policy);

}  // namespace recipient_guard
