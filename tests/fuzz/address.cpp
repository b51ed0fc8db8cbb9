// SPDX-License-Identifier: MPL-2.0
// The reader of addresses. The second line, where there is one, is the other program's reading.
#include <algorithm>
#include <string>

#include "address/idna.hpp"
#include "address/reader.hpp"
#include "fuzzing.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

bool is_ldh(const std::string& domain) {
  bool at_edge = true;  // of a label
  std::size_t label = 0;
  for (const char c : domain) {
    const bool letter_or_digit = ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
    if (c == '.' ? at_edge : !letter_or_digit && (c != '-' || label == 0)) {
      return false;
    }
    label = c == '.' ? 0 : label + 1;
    at_edge = c == '.' || c == '-';
    if (label > max_label_octets) {
      return false;
    }
  }
  return !at_edge && domain.size() <= max_domain_octets;
}

void look_at(const Mailbox& mailbox) {
  const std::string text = mailbox.text();
  const std::string& local = mailbox.local.text();
  demand(is_ldh(mailbox.domain.text()), "a domain is LDH");
  demand(std::ranges::count(text, '@') == 1, "an address has one at-sign");
  demand(!local.empty() && local.size() <= max_local_part_octets, "a local part has its size");
  demand(std::ranges::none_of(local, [](char c) { return (c >= 0 && c <= ' ') || c == 0x7f; }),
         "a local part holds no blank and no control character");
  const auto again = read_address(text);
  demand(again && again->text() == text, "an address read and written again reads the same");
  demand(key_of(text) == mailbox.key(), "two ways to a key agree");
  demand(key_of(mailbox.key()) == mailbox.key(), "a key is its own");
  const Reading named = read_recipient("Name <" + text + ">");
  const auto* read = std::get_if<ReadMailbox>(&named);
  demand(read != nullptr && read->mailbox.text() == text, "in angles it reads the same");
}

void look_at(const Unreadable& unreadable) {
  demand(!name_of(unreadable.fault).empty(), "a fault has a name");
  if (unreadable.mended) {
    look_at(static_cast<const Mailbox&>(*unreadable.mended));
  }
  if (unreadable.verbatim) {
    const Reading again = read_recipient(*unreadable.verbatim);
    const auto* other = std::get_if<Unreadable>(&again);
    demand(other != nullptr && other->verbatim == unreadable.verbatim,
           "what may be listed whole is listed under its own text");
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  const auto lines = lines_of_input(input, 2);
  const std::string_view text = lines.front();
  const Reading reading =
      lines.size() > 1 ? read_recipient(text, lines[1]) : read_recipient(text, std::nullopt);
  if (const auto* read = std::get_if<ReadMailbox>(&reading)) {
    look_at(read->mailbox);
    const Reading seconded = read_recipient(text, read->mailbox.text());
    demand(std::holds_alternative<ReadMailbox>(seconded), "our own reading is no other");
  } else if (const auto* unreadable = std::get_if<Unreadable>(&reading)) {
    look_at(*unreadable);
  }
  if (is_kept_as_it_stands(text)) {
    const auto kept = read_address(text);
    demand(kept && kept->text() == text, "what is kept as it stands reads as it stands");
  }
  const std::string shown = escape_for_display(text);
  demand(escape_for_display(shown) == shown, "what is safe to show stays");
}
