// SPDX-License-Identifier: MPL-2.0
// The people as the guard uses them: from the user's store, or, where there is no place for one,
// in memory for this run.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "people/store.hpp"

namespace recipient_guard {

class Contacts {
 public:
  /// `store` may be null, and outlives this.
  Contacts(PeopleStore* store, const PublicSuffixes& suffixes)
      : store_(store), suffixes_(suffixes) {}

  /// What `look(people)` answers; opens no file, waits for no disk.
  template <typename Look>
  auto look(Look look) const {
    if (store_ == nullptr) {
      return look(people_);
    }
    const auto reading = store_->read();
    return look(reading.people());
  }

  /// All of them, durably where there is a store, or none. Errors: busy, store_unavailable, and
  /// that of `before_commit` (PeopleStore::add).
  Result<Done> add(std::span<const Facts> facts, const BeforeCommit& before_commit = {});
  Result<Done> add(const Facts& facts, const BeforeCommit& before_commit = {}) {
    return add(std::span(&facts, 1), before_commit);
  }

  /// Null where the people last as long as this run.
  PeopleStore* store() const { return store_; }

 private:
  PeopleStore* store_;
  const PublicSuffixes& suffixes_;
  People people_;
};

}  // namespace recipient_guard
