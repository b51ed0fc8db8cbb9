// SPDX-License-Identifier: MPL-2.0
#include <string_view>

#include "verdict/checks/checks.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

/// j..smith, and no other fault: a form of directories that leave a name empty.
bool is_gap_after_initial(std::string_view local) {
  constexpr std::string_view gap = "..";
  const std::size_t at = local.find(gap);
  if (at != 1) {
    return false;
  }
  const std::string_view name = local.substr(at + gap.size());
  return name.size() > 1 && name.front() != '.' && name.back() != '.' &&
         name.find(gap) == std::string_view::npos;
}

}  // namespace

std::optional<Found> check_unusual_address(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::unusual_address, facts.policy());
  const bool is_unusual =
      facts.read != nullptr && (facts.read->local_part_beyond_ascii || facts.read->misplaced_dots);
  if (!verdict || !is_unusual) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::unusual_address, *verdict);
  const auto& [policy, people, well_known, suffixes, keyboards] = facts.message.snapshots;
  // Some providers gave addresses with misplaced dots out. Where the user knows somebody who has
  // one there, that is how the provider writes them, and no slip; of the address itself K decides.
  if (!facts.read->local_part_beyond_ascii && !facts.standing.known &&
      people.has_odd_dots(facts.read->mailbox.domain, facts.message.message.time)) {
    found.score = weights::odd_dots_are_usual;
  } else if (!facts.read->local_part_beyond_ascii && facts.standing.inside &&
             is_gap_after_initial(facts.read->mailbox.local.text())) {
    found.score = weights::gap_after_initial_inside;
  }
  return found;
}

}  // namespace recipient_guard
