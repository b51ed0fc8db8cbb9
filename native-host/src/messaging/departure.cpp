// SPDX-License-Identifier: MPL-2.0
#include "messaging/departure.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

bool is_sent_to(Field field) {
  return field == Field::to || field == Field::cc || field == Field::bcc;
}

/// `address` is empty where it has not been read, or cannot be.
void add_destination(const Recipient& recipient, std::string address, Destinations& all) {
  // What a copy of the message does not show: a group that is there was added, one that is not says
  // nothing. Its name is no mailbox, whatever it looks like.
  if (recipient.field == Field::newsgroup && recipient.text) {
    all.addresses.push_back({recipient.field, *recipient.text});
  }
  if (!is_sent_to(recipient.field)) {
    return;
  }
  if (!recipient.text) {
    all.unseen_list_fields.push_back(recipient.field);
    return;
  }
  if (!address.empty()) {
    all.addresses.push_back({recipient.field, key_of(std::move(address))});
    return;
  }
  const Reading reading = read_recipient(*recipient.text);
  if (const auto* read = std::get_if<ReadMailbox>(&reading)) {
    all.addresses.push_back({recipient.field, read->mailbox.key()});
  } else if (std::holds_alternative<Unreadable>(reading)) {
    all.addresses.push_back({recipient.field, *recipient.text});
  }
}

void sort_each_once(std::vector<Destination>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

Destinations destinations_of(const Message& message) {
  Destinations all;
  for (const auto& recipient : message.recipients) {
    add_destination(recipient, {}, all);
  }
  sort_each_once(all.addresses);
  return all;
}

std::optional<Destinations> allowed_by(const Message& message, Judgement judgement) {
  if (!judgement.lets_go()) {
    return std::nullopt;
  }
  Destinations all;
  all.addresses.reserve(judgement.recipients.size());
  for (auto& judged : judgement.recipients) {
    add_destination(message.recipients[judged.index], std::move(judged.address), all);
  }
  sort_each_once(all.addresses);
  return all;
}

std::optional<bool> left_as_allowed(const Destinations& allowed, const Destinations& left) {
  std::vector<Destination> lost;
  std::set_difference(allowed.addresses.begin(), allowed.addresses.end(), left.addresses.begin(),
                      left.addresses.end(), std::back_inserter(lost));
  if (!std::ranges::all_of(lost, [](const auto& one) { return one.field == Field::newsgroup; })) {
    return false;
  }
  std::vector<Destination> added;
  std::set_difference(left.addresses.begin(), left.addresses.end(), allowed.addresses.begin(),
                      allowed.addresses.end(), std::back_inserter(added));
  const auto& lists = allowed.unseen_list_fields;
  for (const auto& one : added) {
    if (std::find(lists.begin(), lists.end(), one.field) == lists.end()) {
      return false;
    }
  }
  if (!added.empty() || left.unseen_list_fields != lists) {
    return std::nullopt;
  }
  return true;
}

}  // namespace recipient_guard
