// SPDX-License-Identifier: MPL-2.0
#include "messaging/upkeep.hpp"

#include <exception>

namespace recipient_guard {
namespace {

constexpr std::int64_t seconds_between_forgettings = std::int64_t{6} * 3600;
constexpr std::int64_t seconds_before_next_try = 60;

}  // namespace

void Upkeep::look() {
  try {
    policy_.refresh();
    if (people_ != nullptr) {
      people_->refresh();
      forget_the_old();
    }
    // Memory ran out: the next look tries anew. NOLINTNEXTLINE(bugprone-empty-catch)
  } catch (const std::exception&) {
  }
}

void Upkeep::forget_the_old() {
  const std::int64_t now = now_();
  const auto policy = policy_.policy();
  // Without a policy nobody says how long anything is kept.
  if (now < next_forgetting_ || policy == nullptr) {
    return;
  }
  const auto done = people_->keep_days(policy->history_keep_days, now);
  next_forgetting_ = now + (done ? seconds_between_forgettings : seconds_before_next_try);
}

}  // namespace recipient_guard
