// SPDX-License-Identifier: MPL-2.0
#include "address/reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "address/addr_spec.hpp"
#include "address/characters.hpp"
#include "address/header_form.hpp"
#include "address/mending.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

struct FaultName {
  Fault fault;
  std::string_view name;
};

constexpr std::array fault_names = {
    FaultName{Fault::empty, "empty"},
    FaultName{Fault::not_utf8, "not-utf8"},
    FaultName{Fault::control_character, "control-character"},
    FaultName{Fault::invisible_character, "invisible-character"},
    FaultName{Fault::encoded_word, "encoded-word"},
    FaultName{Fault::several_mailboxes, "several-mailboxes"},
    FaultName{Fault::no_at_sign, "no-at-sign"},
    FaultName{Fault::several_at_signs, "several-at-signs"},
    FaultName{Fault::comment, "comment"},
    FaultName{Fault::quoted_local_part, "quoted-local-part"},
    FaultName{Fault::route, "route"},
    FaultName{Fault::address_literal, "address-literal"},
    FaultName{Fault::trailing_dot, "trailing-dot"},
    FaultName{Fault::bad_local_part, "bad-local-part"},
    FaultName{Fault::local_part_too_long, "local-part-too-long"},
    FaultName{Fault::bad_domain, "bad-domain"},
    FaultName{Fault::label_too_long, "label-too-long"},
    FaultName{Fault::domain_too_long, "domain-too-long"},
    FaultName{Fault::readings_differ, "readings-differ"},
    FaultName{Fault::bad_form, "bad-form"},
};
static_assert(std::ranges::all_of(fault_names, [](const FaultName& row) {
  return &row == &fault_names[static_cast<std::size_t>(row.fault)];
}));

Reading read_form(const HeaderForm& form, std::optional<std::string_view> parsed) {
  auto read = read_addr_spec(form.address);
  const bool agrees = !parsed || same_addr_spec(form.address, *parsed);
  if (auto* bad = std::get_if<BadAddrSpec>(&read)) {
    // An entry of the policy lets a verbatim form through: only where Thunderbird means it too.
    const bool differs = bad->verbatim && !agrees;
    Unreadable result{
        differs ? Fault::readings_differ : bad->fault, mend(form.address, FaultLies::within), {}};
    if (!differs) {
      result.verbatim = std::move(bad->verbatim);
    }
    return result;
  }
  if (!agrees) {
    return Unreadable{Fault::readings_differ, {}, {}};
  }
  auto& spec = std::get<AddrSpec>(read);
  ReadMailbox result{{std::move(spec.local), std::move(spec.domain.name)},
                     phrase_text(form.name),
                     std::string(spec.domain_as_typed),
                     false,
                     false,
                     spec.domain.mapped,
                     std::move(spec.domain.deviation)};
  result.local_part_beyond_ascii = !is_ascii(result.mailbox.local.text());
  result.misplaced_dots = result.mailbox.local.has_misplaced_dots();
  return result;
}

bool is_plain_in_name(char c) {
  return is_ascii_alphanumeric(c) || c == ' ' || c == '.' || c == '-' || c == '\'';
}

// Nearly every recipient: `Bob Smith <bob@navy.mil>` or the address alone, of characters that none
// of the rules below has anything to say of. Nothing where a closer look is needed.
std::optional<ReadMailbox> read_plain_recipient(std::string_view text,
                                                std::optional<std::string_view> parsed) {
  std::string_view name;
  std::string_view address = text;
  if (text.ends_with('>')) {
    const std::size_t open = text.find('<');
    name = text.substr(0, open);
    address =
        open == std::string_view::npos ? address : text.substr(open + 1, text.size() - open - 2);
    const bool is_plain = std::ranges::all_of(name, is_plain_in_name) && !name.starts_with(' ') &&
                          name.find("  ") == std::string_view::npos;
    if (!is_plain) {
      return std::nullopt;
    }
    name.remove_suffix(name.ends_with(' ') ? 1 : 0);
  }
  auto spec = read_plain_addr_spec(address);
  if (!spec || (parsed && *parsed != address)) {
    return std::nullopt;
  }
  const bool misplaced_dots = spec->local.has_misplaced_dots();
  return ReadMailbox{{std::move(spec->local), std::move(spec->domain.name)},
                     std::string(name),
                     std::string(spec->domain_as_typed),
                     false,
                     misplaced_dots,
                     false,
                     {}};
}

}  // namespace

std::string_view name_of(Fault fault) {
  return fault_names[static_cast<std::size_t>(fault)].name;
}

Reading read_recipient(std::string_view text, std::optional<std::string_view> parsed) {
  if (text.size() > max_recipient_octets) {
    return Unreadable{};
  }
  if (auto plain = read_plain_recipient(text, parsed)) {
    return *std::move(plain);
  }
  if (!is_utf8(text)) {
    return Unreadable{Fault::not_utf8, {}, {}};
  }
  if (trim_spaces(text).empty()) {
    return Unreadable{Fault::empty, {}, {}};
  }
  if (has_control(text)) {
    return Unreadable{Fault::control_character, mend_controls(text), {}};
  }
  auto form = take_apart(text);
  if (auto* group = std::get_if<EmptyGroup>(&form)) {
    if (parsed && !parsed->empty()) {
      return Unreadable{Fault::readings_differ, {}, {}};
    }
    return std::move(*group);
  }
  if (const auto* bad = std::get_if<BadHeaderForm>(&form)) {
    return Unreadable{bad->fault, mend(bad->address, FaultLies::elsewhere), {}};
  }
  return read_form(std::get<HeaderForm>(form), parsed);
}

std::optional<Mailbox> read_mailbox(std::string_view text) {
  Reading reading = read_recipient(text);
  auto* const read = std::get_if<ReadMailbox>(&reading);
  return read == nullptr ? std::nullopt : std::optional(std::move(read->mailbox));
}

std::optional<Mailbox> read_address(std::string_view text) {
  if (text.size() > max_recipient_octets) {
    return std::nullopt;
  }
  if (auto plain = read_plain_addr_spec(text)) {
    return Mailbox{std::move(plain->local), std::move(plain->domain.name)};
  }
  if (!is_utf8(text) || has_control(text)) {
    return std::nullopt;
  }
  auto read = read_addr_spec(text);
  auto* spec = std::get_if<AddrSpec>(&read);
  if (spec == nullptr) {
    return std::nullopt;
  }
  return Mailbox{std::move(spec->local), std::move(spec->domain.name)};
}

std::string escape_for_display(std::string_view text) {
  if (is_ascii(text) && !has_control(text)) {
    return std::string(text);
  }
  std::string result;
  result.reserve(text.size());
  const auto escape = [&result](std::string_view prefix, unsigned value, std::size_t least_digits) {
    std::array<char, 8> digits{};
    const auto [end, _] = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const std::string_view hex(digits.data(), static_cast<std::size_t>(end - digits.data()));
    result += prefix;
    if (hex.size() < least_digits) {
      result.append(least_digits - hex.size(), '0');
    }
    result.append(hex).append("}");
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.valid) {
      escape("\\x{", point.value, 2);
    } else if (is_control(point.value) || is_invisible(point.value) ||
               (is_no_character(point.value) && point.value != 0xfffd)) {
      escape("\\u{", point.value, 4);
    } else {
      result.append(text.substr(at, point.length));
    }
    at += point.length;
  }
  return result;
}

}  // namespace recipient_guard
