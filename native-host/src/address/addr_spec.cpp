// SPDX-License-Identifier: MPL-2.0
#include "address/addr_spec.hpp"

#include <algorithm>
#include <array>

#include "address/characters.hpp"
#include "address/tokens.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

struct Halves {
  std::string_view local;
  std::string_view domain;
};

std::optional<Halves> halves_of(std::string_view text) {
  const std::size_t at = find_specials(text).last_at;
  if (at == nowhere) {
    return std::nullopt;
  }
  return Halves{text.substr(0, at), text.substr(at + 1)};
}

bool is_one_quoted_string(std::string_view local) {
  return local.size() >= 2 && local.front() == '"' &&
         end_of_quoted_string(local, 0) == local.size();
}

// What a quoted local part holds; any other as it is.
std::string content_of(std::string_view local) {
  if (!is_one_quoted_string(local)) {
    return std::string(local);
  }
  std::string content;
  for (std::size_t i = 1; i + 1 < local.size(); ++i) {
    if (local[i] == '\\') {
      ++i;
    }
    content += local[i];
  }
  return content;
}

std::string quoted(std::string_view content) {
  std::string result = "\"";
  for (const char c : content) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + '"';
}

// RFC 5321, 4.1.3, loosely: brackets around an address of some kind.
bool is_literal(std::string_view domain) {
  static constexpr std::string_view allowed = "-.:";
  const auto fits = [](char c) {
    return is_ascii_alphanumeric(c) || allowed.find(c) != std::string_view::npos;
  };
  return domain.size() > 2 && domain.size() <= max_domain_octets && domain.front() == '[' &&
         domain.back() == ']' && std::all_of(domain.begin() + 1, domain.end() - 1, fits);
}

// A domain as it may be compared: A-label or literal in lower case; nothing where it is neither.
std::optional<std::string> comparable_domain(std::string_view domain) {
  if (is_literal(domain)) {
    return ascii_lower(domain);
  }
  const auto read = to_domain_name(domain);
  if (const auto* mapped = std::get_if<MappedDomain>(&read)) {
    return mapped->name.text();
  }
  return std::nullopt;
}

std::optional<std::string> verbatim_of(const Halves& halves) {
  const bool quoted_whole = is_one_quoted_string(halves.local);
  if (!quoted_whole && !LocalPart::from_text(halves.local)) {
    return std::nullopt;
  }
  if (halves.local.size() > max_local_part_octets) {
    return std::nullopt;
  }
  const std::optional<std::string> domain = comparable_domain(halves.domain);
  if (!domain) {
    return std::nullopt;
  }
  const std::string local = content_of(halves.local);
  if (local.find("=?") != std::string::npos) {  // `"=\?"`: without its escape an encoded word
    return std::nullopt;
  }
  return ascii_lower(quoted_whole ? quoted(local) : local) + "@" + *domain;
}

Fault fault_of(DomainFault fault) {
  switch (fault) {
    case DomainFault::trailing_dot:
      return Fault::trailing_dot;
    case DomainFault::label_too_long:
      return Fault::label_too_long;
    case DomainFault::domain_too_long:
      return Fault::domain_too_long;
    case DomainFault::empty_label:
    case DomainFault::not_a_name:
      break;
  }
  return Fault::bad_domain;
}

// What has a second reading as soon as somebody normalises it: full-width specials, a letter whose
// plain form is a blank ..
bool hides_specials(std::string_view local) {
  if (is_ascii(local)) {
    return false;
  }
  const std::string plain = nfkc(local);
  if (plain.empty()) {
    return true;
  }
  for (const char c : plain) {
    const bool special = static_cast<unsigned char>(c) <= ' ' ||
                         std::string_view("\"(),:;<>@[\\]%!").find(c) != std::string_view::npos;
    if (special) {
      return true;
    }
  }
  return false;
}

std::optional<Fault> fault_of_local(std::string_view local) {
  if (local.empty() || hides_specials(local)) {
    return Fault::bad_local_part;
  }
  // Long ones are looked at in pieces no longer than a local part may be.
  for (std::size_t at = 0; at < local.size();) {
    const std::size_t length = code_point_at(local, at).length;
    if (!LocalPart::from_text(local.substr(at, length))) {
      return Fault::bad_local_part;
    }
    at += length;
  }
  if (local.size() > max_local_part_octets) {
    return Fault::local_part_too_long;
  }
  return std::nullopt;
}

// The faults that show in the specials alone, in the order of the enumeration.
std::optional<Fault> fault_of_specials(std::string_view text, const Specials& found) {
  if (text.empty()) {
    return Fault::empty;
  }
  if (has_invisible(text)) {
    return Fault::invisible_character;
  }
  if (text.find("=?") != std::string_view::npos) {
    return Fault::encoded_word;
  }
  // `@relay:bob@navy.mil`, `@one,@two:bob@navy.mil`
  if (text.front() == '@' && found.colons > 0) {
    return Fault::route;
  }
  if (found.commas + found.semicolons + found.colons > 0) {
    return Fault::several_mailboxes;
  }
  if (found.opens + found.closes > 0 || found.unbalanced) {
    return Fault::bad_form;
  }
  if (found.plain_ats == 0) {
    return Fault::no_at_sign;
  }
  if (found.ats > 1) {
    return Fault::several_at_signs;
  }
  if (found.comments > 0) {
    return Fault::comment;
  }
  return std::nullopt;
}

// Letters, digits, and what stands in nearly all local parts without a second meaning.
constexpr std::array<bool, 256> plain_characters = [] {
  std::array<bool, 256> plain{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789.+-_")) {
    plain[static_cast<unsigned char>(c)] = true;
  }
  return plain;
}();

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return plain_characters[static_cast<unsigned char>(c)]; });
}

std::optional<Halves> plain_halves_of(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > max_local_part_octets ||
      !is_plain(text.substr(0, at))) {
    return std::nullopt;
  }
  const std::string_view domain = text.substr(at + 1);
  if (domain.find("--") != std::string_view::npos) {
    return std::nullopt;  // perhaps an A-label
  }
  return Halves{text.substr(0, at), domain};
}

}  // namespace

std::optional<AddrSpec> read_plain_addr_spec(std::string_view text) {
  const auto plain = plain_halves_of(text);
  if (!plain) {
    return std::nullopt;
  }
  std::optional<DomainName> name = DomainName::from_ascii(plain->domain);
  if (!name) {
    return std::nullopt;
  }
  return AddrSpec{LocalPart::kept(plain->local), MappedDomain{*std::move(name), false, {}},
                  plain->domain};
}

bool is_kept_as_it_stands(std::string_view address) {
  const auto plain = plain_halves_of(address);
  return plain && DomainName::is_text(plain->domain);
}

std::variant<AddrSpec, BadAddrSpec> read_addr_spec(std::string_view text) {
  if (auto plain = read_plain_addr_spec(text)) {
    return *std::move(plain);
  }
  const Specials found = find_specials(text);
  if (const auto fault = fault_of_specials(text, found)) {
    return BadAddrSpec{*fault, {}};
  }
  const Halves halves{text.substr(0, found.last_at), text.substr(found.last_at + 1)};
  if (halves.local.find('"') != std::string_view::npos) {
    return BadAddrSpec{Fault::quoted_local_part, verbatim_of(halves)};
  }
  if (halves.local.find_first_of("%!") != std::string_view::npos) {
    return BadAddrSpec{Fault::route, {}};
  }
  if (halves.domain.starts_with('[')) {
    return BadAddrSpec{Fault::address_literal, verbatim_of(halves)};
  }
  auto domain = to_domain_name(halves.domain);
  const auto* domain_fault = std::get_if<DomainFault>(&domain);
  if (domain_fault != nullptr && *domain_fault == DomainFault::trailing_dot) {
    return BadAddrSpec{Fault::trailing_dot, {}};
  }
  if (const auto fault = fault_of_local(halves.local)) {
    return BadAddrSpec{*fault, {}};
  }
  if (domain_fault != nullptr) {
    return BadAddrSpec{fault_of(*domain_fault), {}};
  }
  std::optional<LocalPart> local = LocalPart::from_text(halves.local);
  if (!local) {
    return BadAddrSpec{Fault::bad_local_part, {}};
  }
  return AddrSpec{*std::move(local), std::get<MappedDomain>(std::move(domain)), halves.domain};
}

bool same_addr_spec(std::string_view text, std::string_view parsed) {
  const std::optional<Halves> ours = halves_of(text);
  const std::optional<Halves> theirs = halves_of(parsed);
  if (!ours || !theirs || content_of(ours->local) != content_of(theirs->local)) {
    return false;
  }
  // International names take their time, and are mostly handed over alike.
  if (ours->domain == theirs->domain) {
    return true;
  }
  const std::optional<std::string> domain = comparable_domain(ours->domain);
  return domain && domain == comparable_domain(theirs->domain);
}

}  // namespace recipient_guard
