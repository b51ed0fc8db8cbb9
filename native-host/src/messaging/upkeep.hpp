// SPDX-License-Identifier: MPL-2.0
// What is looked at again and again beside the serving: the policy's documents, what other hosts
// have learned, and what has become too old to be kept.
#pragma once

#include <cstdint>
#include <functional>

#include "organisation/policy_source.hpp"
#include "people/store.hpp"

namespace recipient_guard {

class Upkeep {
 public:
  /// `people` may be null; all outlive this. `now` in Unix seconds.
  Upkeep(PolicySource& policy, PeopleStore* people, std::function<std::int64_t()> now)
      : policy_(policy), people_(people), now_(std::move(now)) {}

  /// One look, to be called twice a second, always on the same thread; never throws.
  void look();

 private:
  void forget_the_old();

  PolicySource& policy_;
  PeopleStore* people_;
  std::function<std::int64_t()> now_;
  std::int64_t next_forgetting_ = 0;
};

}  // namespace recipient_guard
