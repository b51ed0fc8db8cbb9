// SPDX-License-Identifier: MPL-2.0
#include "mail/header_block.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "address/characters.hpp"
#include "mail/address_list.hpp"
#include "mail/mail_date.hpp"

namespace recipient_guard {
namespace {

constexpr std::array<std::string_view, 10> kept_names{
    "from",       "to",   "cc",         "bcc",         "reply-to",
    "newsgroups", "date", "message-id", "in-reply-to", "references"};

constexpr std::size_t max_field_name_octets = 76;

/// The length of the field's name with which `line` begins; 0 where none does.
std::size_t field_name_length(std::string_view line) {
  std::size_t length = 0;
  while (length < line.size() && line[length] > ' ' && line[length] < '\x7f' &&
         line[length] != ':') {
    if (++length > max_field_name_octets) {
      return 0;
    }
  }
  const std::size_t colon = line.find_first_not_of(" \t", length);
  return colon != std::string_view::npos && line[colon] == ':' ? length : 0;
}

/// `<id>`s; an old In-Reply-To holds prose around them, or an id without brackets.
std::vector<std::string> message_ids(std::string_view value) {
  std::vector<std::string> ids;
  for (std::size_t at = value.find('<'); at != std::string_view::npos; at = value.find('<', at)) {
    const std::size_t end = value.find('>', at);
    if (end == std::string_view::npos) {
      break;
    }
    if (end > at + 1) {
      ids.emplace_back(value.substr(at + 1, end - at - 1));
    }
    at = end + 1;
  }
  if (ids.empty()) {
    const std::size_t begin = value.find_first_not_of(" \t");
    if (begin != std::string_view::npos) {
      ids.emplace_back(value.substr(begin, value.find_last_not_of(" \t") - begin + 1));
    }
  }
  if (ids.size() > max_message_ids) {
    ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(max_message_ids));
  }
  return ids;
}

bool add_recipients(MailHeaders& headers, MailField field, std::string_view value) {
  const std::size_t room = max_mailboxes_of_message - headers.recipients.size();
  std::vector<std::string> mailboxes = mailboxes_of(value, room);
  if (mailboxes.size() > room) {
    return false;
  }
  for (std::string& mailbox : mailboxes) {
    headers.recipients.push_back({field, std::move(mailbox)});
  }
  return true;
}

}  // namespace

bool is_header_line(std::string_view line) {
  return field_name_length(line) > 0;
}

std::optional<std::size_t> HeaderBlock::field_of(std::string_view name) {
  const std::string lower = ascii_lower(name);
  const auto* const found = std::find(kept_names.begin(), kept_names.end(), lower);
  if (found == kept_names.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - kept_names.begin());
}

void HeaderBlock::append(std::string_view text, bool cut) {
  std::string& value = values_[*current_];
  // A list that was cut could end in half an address, which would be another address.
  if (cut || text.size() > max_field_octets - value.size()) {
    too_long_ = kept_names[*current_];
    return;
  }
  value += text;
}

void HeaderBlock::add(const Line& line) {
  if (line.text.starts_with(' ') || line.text.starts_with('\t')) {
    if (current_) {
      append(line.text, line.cut);
    }
    return;
  }
  const std::size_t length = field_name_length(line.text);
  if (length == 0) {
    current_.reset();  // `>From bob ..` of an old program, or a broken line
    return;
  }
  any_ = true;
  current_ = field_of(line.text.substr(0, length));
  if (!current_) {
    return;
  }
  const std::string_view value = line.text.substr(line.text.find(':', length) + 1);
  const bool is_list = *current_ <= newsgroups;
  if (!values_[*current_].empty() && !is_list) {
    current_.reset();  // of a field that stands twice the first counts; lists add up
    return;
  }
  if (!values_[*current_].empty()) {
    append(",", false);
  }
  append(value, line.cut);
}

MailItem HeaderBlock::finish(std::string place, std::optional<std::int64_t> time) {
  HeaderBlock block;
  std::swap(block, *this);
  if (!block.any_) {
    return MailFault{std::move(place), "no header of a message stands here"};
  }
  if (!block.too_long_.empty()) {
    return MailFault{std::move(place), "the field " + block.too_long_ + " is longer than " +
                                           std::to_string(max_field_octets) + " octets"};
  }
  MailHeaders headers;
  std::vector<std::string> authors = mailboxes_of(block.values_[from], 1);
  if (!authors.empty()) {
    headers.from = std::move(authors.front());
  }
  constexpr std::array<std::pair<MailField, Kept>, 5> lists{{{MailField::to, to},
                                                             {MailField::cc, cc},
                                                             {MailField::bcc, bcc},
                                                             {MailField::reply_to, reply_to},
                                                             {MailField::newsgroup, newsgroups}}};
  for (const auto& [field, kept] : lists) {
    if (!add_recipients(headers, field, block.values_[kept])) {
      return MailFault{std::move(place),
                       "more than " + std::to_string(max_mailboxes_of_message) + " recipients"};
    }
  }
  const auto told = read_mail_date(block.values_[date]);
  headers.time = told ? told : time;
  std::vector<std::string> ids = message_ids(block.values_[message_id]);
  if (!ids.empty()) {
    headers.message_id = std::move(ids.front());
  }
  headers.in_reply_to = message_ids(block.values_[in_reply_to]);
  headers.references = message_ids(block.values_[references]);
  headers.place = std::move(place);
  return headers;
}

Result<MailItem> read_header_block(LineReader& lines, std::string place,
                                   std::optional<std::int64_t> time) {
  HeaderBlock block;
  for (;;) {
    const Result<std::optional<Line>> line = lines.next();
    if (!line) {
      return line.error();
    }
    if (!*line || (*line)->text.empty()) {
      return block.finish(std::move(place), time);
    }
    block.add(**line);
  }
}

}  // namespace recipient_guard
