// SPDX-License-Identifier: MPL-2.0
#include "messaging/departure.hpp"

#include <algorithm>
#include <iterator>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {
namespace {

bool is_sent_to(Field field) {
  return field == Field::to || field == Field::cc || field == Field::bcc;
}

char letter_of(Field field) {
  return field == Field::to ? 't' : field == Field::cc ? 'c' : 'b';
}

/// Which a copy of the message does not show: one that is there was added, one that is not says
/// nothing. Its name is no mailbox, whatever it looks like.
constexpr char newsgroup_letter = 'n';

/// `address` is empty where it has not been read, or cannot be.
void add_destination(const Recipient& recipient, std::string_view address, Destinations& all) {
  if (recipient.field == Field::newsgroup && recipient.text) {
    all.addresses.push_back(newsgroup_letter + *recipient.text);
  }
  if (!is_sent_to(recipient.field)) {
    return;
  }
  if (!recipient.text) {
    all.unseen_list_fields.push_back(recipient.field);
    return;
  }
  if (!address.empty()) {
    std::string& added = all.addresses.emplace_back();
    added.reserve(1 + address.size());
    added += letter_of(recipient.field);
    append_key_of(added, address);
    return;
  }
  const Reading reading = read_recipient(*recipient.text);
  if (const auto* read = std::get_if<ReadMailbox>(&reading)) {
    all.addresses.push_back(letter_of(recipient.field) + read->mailbox.key());
  } else if (std::holds_alternative<Unreadable>(reading)) {
    all.addresses.push_back(letter_of(recipient.field) + *recipient.text);
  }
}

void sort_each_once(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
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

Destinations destinations_of(const Message& message, const Judgement& judgement) {
  Destinations all;
  all.addresses.reserve(judgement.recipients.size());
  for (const auto& judged : judgement.recipients) {
    add_destination(message.recipients[judged.index], judged.address, all);
  }
  sort_each_once(all.addresses);
  return all;
}

std::optional<Destinations> allowed_by(const Message& message, const Judgement& judgement) {
  return judgement.lets_go() ? std::optional(destinations_of(message, judgement)) : std::nullopt;
}

std::optional<bool> left_as_allowed(const Destinations& allowed, const Destinations& left) {
  std::vector<std::string> lost;
  std::set_difference(allowed.addresses.begin(), allowed.addresses.end(), left.addresses.begin(),
                      left.addresses.end(), std::back_inserter(lost));
  if (!std::ranges::all_of(lost, [](const auto& one) { return one[0] == newsgroup_letter; })) {
    return false;
  }
  std::vector<std::string> added;
  std::set_difference(left.addresses.begin(), left.addresses.end(), allowed.addresses.begin(),
                      allowed.addresses.end(), std::back_inserter(added));
  const auto& lists = allowed.unseen_list_fields;
  for (const auto& address : added) {
    const bool may_be_member = std::any_of(
        lists.begin(), lists.end(), [&](Field field) { return letter_of(field) == address[0]; });
    if (!may_be_member) {
      return false;
    }
  }
  if (!added.empty() || left.unseen_list_fields != lists) {
    return std::nullopt;
  }
  return true;
}

}  // namespace recipient_guard
