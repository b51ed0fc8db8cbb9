// SPDX-License-Identifier: MPL-2.0
#include "messaging/remembered_checks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace recipient_guard {

namespace {

// About what a card takes: two addresses, a finding or two, and the tables' own overhead.
constexpr std::size_t octets_of_card = 700;

std::size_t octets_of(const RememberedCheck& check) {
  std::size_t sum = sizeof check + check.key.size() + check.fingerprint.size() +
                    check.answer.size() + check.conversation->size() * octets_of_card;
  if (check.allowed) {
    for (const auto& address : check.allowed->addresses) {
      sum += sizeof address + address.size();
    }
  }
  return sum;
}

}  // namespace

RememberedCheck* RememberedChecks::find(const std::string& key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &*found->second;
}

RememberedCheck& RememberedChecks::add(RememberedCheck check) {
  checks_.push_back(std::move(check));
  by_key_.emplace(checks_.back().key, std::prev(checks_.end()));
  count(checks_.back());
  make_room();
  return checks_.back();
}

void RememberedChecks::changed(RememberedCheck& check) {
  count(check);
  make_room();
}

void RememberedChecks::count(RememberedCheck& check) {
  octets_ -= check.counted_octets;
  check.counted_octets = octets_of(check);
  octets_ += check.counted_octets;
}

void RememberedChecks::make_room() {
  while (checks_.size() > 1 &&
         (checks_.size() > max_remembered_checks || octets_ > max_remembered_octets)) {
    const auto newest = std::prev(checks_.end());
    const auto asked_while_writing =
        std::find_if(checks_.begin(), newest, [](const auto& check) { return check.writing; });
    forget(asked_while_writing == newest ? checks_.begin() : asked_while_writing);
  }
}

void RememberedChecks::forget(std::list<RememberedCheck>::iterator check) {
  octets_ -= check->counted_octets;
  by_key_.erase(check->key);
  checks_.erase(check);
}

}  // namespace recipient_guard
