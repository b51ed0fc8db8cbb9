// SPDX-License-Identifier: MPL-2.0
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

/// Where what stood behind a blank belongs to the address at all: `bob@navy.mil eve` is nobody at
/// navy.mileve, an ending that does not exist.
bool is_an_address(const Mended& mended, const MessageFacts& facts) {
  return !mended.domain_parted || facts.snapshots.suffixes.top_level_exists(mended.domain) ||
         standing_of(mended, facts).means_something();
}

}  // namespace

std::optional<Found> check_unreadable_address(const RecipientFacts& facts) {
  if (facts.unreadable == nullptr) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::unreadable_address, Verdict::block);
  found.finding.detail = name_of(facts.unreadable->fault);
  const std::optional<Mended>& mended = facts.unreadable->mended;
  if (mended && is_an_address(*mended, facts.message)) {
    found.finding.meant = {mended->text()};
  }
  return found;
}

}  // namespace recipient_guard
