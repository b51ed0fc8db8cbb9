// SPDX-License-Identifier: MPL-2.0
#include <algorithm>

#include "address/characters.hpp"
#include "address/utf8.hpp"
#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

/// What stands around an address in a name: blanks, quotes, brackets, marks.
bool is_border(char c) {
  constexpr std::string_view borders = " \t\"`<>()[]{},;:|/\\=*!?";
  return borders.find(c) != std::string_view::npos;
}

std::string_view without_quotes(std::string_view text) {
  constexpr std::string_view quotes = "'.-";
  const std::size_t begin = text.find_first_not_of(quotes);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(quotes) + 1 - begin);
}

/// Full-width forms as the plain characters they are read as, typographic quotes as blanks.
std::string plain(std::string_view name) {
  std::string text;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = code_point_at(name, at);
    at += point.length;
    const bool is_quote = (point.value >= 0x2018 && point.value <= 0x201f) || point.value == 0xab ||
                          point.value == 0xbb || (point.value >= 0x3008 && point.value <= 0x3011);
    if (is_quote || is_control(point.value)) {
      text += ' ';
    } else if (!is_invisible(point.value)) {
      append_utf8(text, plain_form(point.value));
    } else if (point.value == 0x3000 || point.value == 0xa0) {
      text += ' ';
    }
  }
  return text;
}

struct Shown {
  std::string text;                ///< `orders@harbour-example.com`
  std::optional<Mailbox> mailbox;  ///< where it can be read
};

/// The address around the at sign at `at`, if one with a dot in its domain stands there.
std::optional<Shown> address_around(std::string_view name, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && !is_border(name[begin - 1]) && name[begin - 1] != '@') {
    --begin;
  }
  std::size_t end = at + 1;
  while (end < name.size() && !is_border(name[end]) && name[end] != '@') {
    ++end;
  }
  const std::string_view local = without_quotes(name.substr(begin, at - begin));
  const std::string_view domain = without_quotes(name.substr(at + 1, end - at - 1));
  if (local.empty() || domain.find('.') == std::string_view::npos) {
    return std::nullopt;
  }
  Shown shown{std::string(local).append("@").append(domain), {}};
  shown.mailbox = read_address(shown.text);
  return shown;
}

/// The first address in the name that is another one than `typed`.
std::optional<Shown> other_address_in(const std::string& display_name, const Mailbox& typed) {
  const std::string name = plain(display_name);
  for (std::size_t at = name.find('@'); at != std::string::npos; at = name.find('@', at + 1)) {
    auto shown = address_around(name, at);
    const bool is_other =
        shown && (shown->mailbox ? shown->mailbox->key() != typed.key()
                                 : ascii_lower(shown->text) != ascii_lower(typed.text()));
    if (is_other) {
      return shown;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Found> check_misleading_name(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::misleading_name, facts.policy());
  if (!verdict || facts.read == nullptr || facts.read->display_name.empty()) {
    return std::nullopt;
  }
  const auto other = other_address_in(facts.read->display_name, facts.read->mailbox);
  if (!other) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::misleading_name, *verdict);
  found.only_cleared_by = by_settled;  // being known is no proof that the name belongs to it
  if (other->mailbox && !standing_of(*other->mailbox, facts.message).blocked()) {
    found.finding.meant = {other->mailbox->text()};
  }
  return found;
}

}  // namespace recipient_guard
