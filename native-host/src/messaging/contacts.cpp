// SPDX-License-Identifier: MPL-2.0
#include "messaging/contacts.hpp"

namespace recipient_guard {

Result<Done> Contacts::add(std::span<const Facts> facts, const BeforeCommit& before_commit) {
  if (store_ != nullptr) {
    return store_->add(facts, before_commit);
  }
  if (const auto done = before_commit ? before_commit() : Done{}; !done) {
    return done;
  }
  for (const Facts& one : facts) {
    apply(one, people_, suffixes_);
  }
  return Done{};
}

}  // namespace recipient_guard
