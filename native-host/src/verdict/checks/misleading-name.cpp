// SPDX-License-Identifier: MPL-2.0
// The display name shows another address, or names somebody who is known under another one.
#include <algorithm>
#include <functional>

#include "address/characters.hpp"
#include "address/utf8.hpp"
#include "verdict/checks/checks.hpp"
#include "verdict/shared_names.hpp"
#include "verdict/weights.hpp"

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

/// The domain; of what cannot be read (`orders@harbour-example.com's`) its last label, as far as it
/// goes, or nothing.
std::optional<DomainName> ending_of(const Shown& shown) {
  if (shown.mailbox) {
    return shown.mailbox->domain;
  }
  constexpr std::string_view in_labels = "abcdefghijklmnopqrstuvwxyz0123456789";
  const std::string last = ascii_lower(shown.text.substr(shown.text.rfind('.') + 1));
  return DomainName::from_ascii(last.substr(0, last.find_first_not_of(in_labels)));
}

/// `Price 5@3.50` shows none: its ending does not exist, and means nothing to anybody here.
bool is_address(const Shown& shown, const MessageFacts& facts) {
  const auto ending = ending_of(shown);
  return !ending || facts.snapshots.suffixes.top_level_exists(*ending) ||
         (shown.mailbox && standing_of(*shown.mailbox, facts).means_something());
}

/// The first address in the name that is another one than that of the recipient.
std::optional<Shown> other_address_in(const std::string& display_name,
                                      const RecipientFacts& facts) {
  const Mailbox& typed = facts.read->mailbox;
  const bool is_plain = is_ascii(display_name) && !has_control(display_name);
  const std::string made_plain = is_plain ? std::string() : plain(display_name);
  const std::string_view name = is_plain ? display_name : made_plain;
  for (std::size_t at = name.find('@'); at != std::string::npos; at = name.find('@', at + 1)) {
    auto shown = address_around(name, at);
    const bool is_other =
        shown && (shown->mailbox ? shown->mailbox->key() != typed.key()
                                 : ascii_lower(shown->text) != ascii_lower(typed.text()));
    if (is_other && is_address(*shown, facts.message)) {
      return shown;
    }
  }
  return std::nullopt;
}

using Words = std::vector<std::string>;

/// Fewer letters tell of nobody.
constexpr std::size_t shortest_telling = 3;

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : ascii_lower(text)) {
    if (c >= 'a' && c <= 'z') {
      letters += c;
    }
  }
  return letters;
}

/// The beginning of a word of the name stands in `text` (bsmith, bobby77), or its initials do.
bool fits(const Words& name, std::string_view text) {
  const std::string letters = letters_of(text);
  std::string initials;
  for (const std::string& word : name) {
    initials += word.front();
    if (word.size() >= shortest_telling &&
        letters.find(word.substr(0, shortest_telling)) != std::string::npos) {
      return true;
    }
  }
  std::string sorted = letters;
  std::sort(sorted.begin(), sorted.end());
  return sorted == initials;  // words stand in order, and so do their first letters
}

/// Whether the address says anything of a person at all, and that of somebody else.
bool is_of_another(const Words& name, const Mailbox& mailbox) {
  const std::string& local = mailbox.local.text();
  return letters_of(local).size() >= shortest_telling && !is_shared_name(mailbox.local) &&
         is_ascii(local) && !fits(name, local) && !fits(name, mailbox.domain.text());
}

bool bears(const Contact& contact, const Words& name) {
  return words_of_name(contact.mailbox.local.folded()) == name ||
         std::any_of(contact.names.begin(), contact.names.end(),
                     [&](const std::string& one) { return words_of_name(one) == name; });
}

/// Those known who bear the whole name that was given, first name and family name at least. Where
/// one of them is a recipient as well, this is meant as well. The likeliest first.
std::vector<const Contact*> known_bearers(const Words& name, const RecipientFacts& facts) {
  const People& people = facts.message.snapshots.people;
  std::vector<const Contact*> bearers;
  for (const Contact* const contact : people.bearers(name.front())) {
    const std::string key = contact->mailbox.key();
    if (key == facts.read->mailbox.key() || !bears(*contact, name) ||
        !people.is_known(contact->mailbox, facts.message.message.time)) {
      continue;
    }
    if (facts.message.is_written_to(key)) {
      return {};
    }
    bearers.push_back(contact);
  }
  std::ranges::stable_sort(bearers, std::greater<>(), &Contact::messages);
  return bearers;
}

/// `Bob Smith <surfer77@..>`, where Bob Smith is known at another address. Names outside ASCII are
/// left alone: how their bearers spell them in an address cannot be told.
std::optional<Found> known_name_elsewhere(const RecipientFacts& facts, Verdict verdict) {
  const std::string& shown = facts.read->display_name;
  const People& people = facts.message.snapshots.people;
  if (!people.has_any_bearers() || !is_ascii(shown)) {
    return std::nullopt;
  }
  const Words name = words_of_name(shown);
  // Most names are nobody's that is known, which the index tells at once.
  if (name.size() < 2 || !people.has_bearers(name.front()) ||
      !is_of_another(name, facts.read->mailbox)) {
    return std::nullopt;
  }
  Found found = certain_finding(Reason::misleading_name, verdict);
  for (const Contact* const contact : known_bearers(name, facts)) {
    if (!standing_of(contact->mailbox, facts.message).blocked()) {
      found.finding.meant.push_back(contact->mailbox.text());
    }
  }
  if (found.finding.meant.empty()) {
    return std::nullopt;
  }
  if (found.finding.meant.size() > weights::most_meant) {
    found.finding.meant.clear();  // it would be a guess
  }
  return found;
}

}  // namespace

std::optional<Found> check_misleading_name(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::misleading_name, facts.policy());
  if (!verdict || facts.read == nullptr || facts.read->display_name.empty()) {
    return std::nullopt;
  }
  const auto other = other_address_in(facts.read->display_name, facts);
  if (!other) {
    return known_name_elsewhere(facts, *verdict);
  }
  Found found = certain_finding(Reason::misleading_name, *verdict);
  found.only_cleared_by = by_settled;  // being known is no proof that the name belongs to it
  if (other->mailbox && !standing_of(*other->mailbox, facts.message).blocked()) {
    found.finding.meant = {other->mailbox->text()};
  }
  return found;
}

}  // namespace recipient_guard
