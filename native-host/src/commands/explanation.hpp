// SPDX-License-Identifier: MPL-2.0
// Why one address gets its verdict, gathered: what was read, which entries have to do with it, what
// is known, what each check found and what cleared it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "organisation/coverage.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {

/// An entry of one list, with its place.
struct ExplainedRule {
  std::string_view list;  ///< "allow", "block", "own", "ask", "protect", "senders"
  Rule rule;
  std::string at;  ///< `policy.d/10-defence.json:9`
  Coverage coverage = Coverage::decides;
};

struct ExplainedCheck {
  enum class State {
    nothing,  ///< looked, found nothing
    below,    ///< found something, the evidence stayed below the threshold
    cleared,  ///< found something, and `evidence` says what cleared it
    found,    ///< questions the address
    merged,   ///< another finding speaks for it: the same address is proposed, or a likelier one
    off,      ///< the policy, or the default, switched it off
    apart,    ///< looks at messages as a whole
  };
  Reason reason = Reason::unreadable_address;
  State state = State::nothing;
  std::vector<Evidence> evidence;  ///< the strongest first, at most max_told_evidence
};
inline constexpr std::size_t max_told_evidence = 5;
std::string_view name_of(ExplainedCheck::State state);

struct Explanation {
  std::string asked;    ///< the address as given
  std::string reading;  ///< "one plain mailbox", or why it is none
  std::vector<ExplainedRule> rules;
  std::string known;  ///< what the user's contacts say of it, in words
  std::vector<ExplainedCheck> checks;
  Judgement judgement;
};

/// Explains the only recipient of `message`.
Explanation explain(const Message& message, const Snapshots& snapshots);

/// What clears a finding, in words: "A" is "an entry of the organisation names the address".
std::string_view words_for_clearing(std::string_view letter);

}  // namespace recipient_guard
