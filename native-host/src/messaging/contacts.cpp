// SPDX-License-Identifier: MPL-2.0
#include "messaging/contacts.hpp"

namespace recipient_guard {

Result<Done> Contacts::add(std::span<const Facts> facts) {
  if (store_ != nullptr) {
    return store_->add(facts);
  }
  for (const Facts& one : facts) {
    apply(one, people_, suffixes_);
  }
  return Done{};
}

}  // namespace recipient_guard
