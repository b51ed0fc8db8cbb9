// SPDX-License-Identifier: MPL-2.0
#include "messaging/remembered_checks.hpp"

#include <utility>

namespace recipient_guard {

namespace {

// About what a card takes: two addresses, a finding or two, and the tables' own overhead.
constexpr std::size_t octets_of_card = 700;

std::size_t octets_of(const RememberedCheck& check) {
  std::size_t sum = sizeof check + check.key.size() + check.fingerprint.size() +
                    check.answer.size() + check.conversation->size() * octets_of_card;
  if (check.allowed) {
    for (const auto& one : check.allowed->addresses) {
      sum += sizeof one + one.address.size();
    }
  }
  return sum;
}

}  // namespace

RememberedCheck* RememberedChecks::find(const std::string& key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

RememberedCheck& RememberedChecks::add(RememberedCheck check) {
  auto& checks = check.writing ? asked_writing_ : asked_sending_;
  checks.push_back(std::move(check));
  RememberedCheck& added = checks.back();
  by_key_.emplace(added.key, &added);
  count(added);
  make_room(added);
  return added;
}

void RememberedChecks::changed(RememberedCheck& check) {
  count(check);
  make_room(check);
}

void RememberedChecks::count(RememberedCheck& check) {
  octets_ -= check.counted_octets;
  check.counted_octets = octets_of(check);
  octets_ += check.counted_octets;
}

void RememberedChecks::make_room(const RememberedCheck& kept) {
  while (by_key_.size() > 1 &&
         (by_key_.size() > max_remembered_checks || octets_ > max_remembered_octets)) {
    const bool only_kept_is_writing =
        asked_writing_.size() == 1 && &asked_writing_.front() == &kept;
    auto& checks = asked_writing_.empty() || only_kept_is_writing ? asked_sending_ : asked_writing_;
    if (&checks.front() == &kept) {
      checks.splice(checks.end(), checks, checks.begin());  // there is another behind it
    }
    forget_oldest(checks);
  }
}

void RememberedChecks::forget_oldest(std::list<RememberedCheck>& checks) {
  octets_ -= checks.front().counted_octets;
  by_key_.erase(checks.front().key);
  checks.pop_front();
}

}  // namespace recipient_guard
