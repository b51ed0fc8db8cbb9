// SPDX-License-Identifier: MPL-2.0
#include "address/header_form.hpp"

#include <optional>

#include "address/characters.hpp"
#include "address/encoded_word.hpp"
#include "address/tokens.hpp"

namespace recipient_guard {
namespace {

// `undisclosed-recipients:;`, nothing inside and nothing behind.
bool is_empty_group(std::string_view text, const Specials& found) {
  const bool alone = found.colons == 1 && found.semicolons == 1 && found.ats == 0 &&
                     found.commas == 0 && found.opens == 0 && found.closes == 0 &&
                     found.comments == 0 && found.literals == 0;
  if (!alone || found.unbalanced || found.ambiguous || found.odd_encoded_word) {
    return false;
  }
  const std::string_view behind = trim_spaces(text.substr(found.first_colon + 1));
  return behind == ";" && !trim_spaces(text.substr(0, found.first_colon)).empty();
}

// `name` is what stands before the only `<`. A full-width at-sign is a letter there, to
// Thunderbird as to us. Commas are no matter there (`Smith, Bob <bob@..>`):
// without an at-sign nothing before one can be read as a mailbox.
std::optional<Fault> fault_of_name(const Specials& name) {
  if (name.plain_ats > 0) {
    return Fault::several_at_signs;
  }
  if (name.colons > 0 || name.semicolons > 0) {
    return Fault::several_mailboxes;
  }
  if (name.odd_encoded_word) {
    return Fault::encoded_word;
  }
  return name.unbalanced || name.ambiguous ? std::optional(Fault::bad_form) : std::nullopt;
}

// `behind` is not blank.
Fault fault_of_tail(std::string_view behind) {
  switch (behind.front()) {
    case '(':
      return Fault::comment;
    case ',':
    case ';':
      return Fault::several_mailboxes;
    default:
      return has_invisible(behind) ? Fault::invisible_character : Fault::bad_form;
  }
}

std::variant<HeaderForm, EmptyGroup, BadHeaderForm> angle_form(std::string_view text,
                                                               const Specials& found) {
  const std::size_t open = found.first_open;
  const std::size_t close = found.first_close;
  if (found.opens != 1 || found.closes != 1 || close < open) {
    const bool list = found.commas > 0 || found.semicolons > 0;
    return BadHeaderForm{list ? Fault::several_mailboxes : Fault::bad_form, {}};
  }
  const std::string_view name = text.substr(0, open);
  const std::string_view address = text.substr(open + 1, close - open - 1);
  if (const auto fault = fault_of_name(find_specials(name))) {
    return BadHeaderForm{*fault, {}};
  }
  const std::string_view behind = trim_spaces(text.substr(close + 1));
  if (!behind.empty()) {
    const Fault tail = fault_of_tail(behind);
    return BadHeaderForm{tail, shows_nothing(behind) ? address : std::string_view()};
  }
  return HeaderForm{name, address};
}

}  // namespace

std::variant<HeaderForm, EmptyGroup, BadHeaderForm> take_apart(std::string_view text) {
  const Specials found = find_specials(text);
  if (is_empty_group(text, found)) {
    return EmptyGroup{phrase_text(text.substr(0, found.first_colon))};
  }
  if (found.opens > 0 || found.closes > 0) {
    return angle_form(text, found);
  }
  return HeaderForm{{}, trim_spaces(text)};
}

std::string phrase_text(std::string_view phrase) {
  std::string result;
  bool quoted = false;
  std::size_t behind_word = nowhere;  // where in `result` the last encoded-word ended
  const auto add = [&result](char c) {
    const bool doubled_blank = c == ' ' && (result.empty() || result.back() == ' ');
    if (!doubled_blank) {
      result += c;
    }
  };
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (phrase[i] == '"') {
      quoted = !quoted;
      continue;
    }
    const std::size_t length = encoded_word_length(phrase, i);
    const auto word = length == 0 ? std::nullopt : decode_word(phrase.substr(i, length));
    if (word) {
      // RFC 2047, 6.2: a blank between two encoded-words is none.
      if (behind_word != nowhere && trim_spaces(result.substr(behind_word)).empty()) {
        result.resize(behind_word);
      }
      for (const char c : *word) {
        add(c);
      }
      behind_word = result.size();
      i += length - 1;
      continue;
    }
    if (quoted && phrase[i] == '\\' && i + 1 < phrase.size()) {
      ++i;
    }
    add(phrase[i]);
  }
  if (!result.empty() && result.back() == ' ') {
    result.pop_back();
  }
  return result;
}

}  // namespace recipient_guard
