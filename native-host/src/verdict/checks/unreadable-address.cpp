// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {

std::optional<Found> check_unreadable_address(const RecipientFacts& facts) {
  if (facts.unreadable == nullptr) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::unreadable_address, Verdict::block);
  found.finding.detail = name_of(facts.unreadable->fault);
  if (facts.unreadable->mended) {
    found.finding.meant = {facts.unreadable->mended->text()};
  }
  return found;
}

}  // namespace recipient_guard
