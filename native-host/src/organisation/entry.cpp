// SPDX-License-Identifier: MPL-2.0
#include "organisation/entry.hpp"

#include <algorithm>

#include "address/idna.hpp"
#include "address/reader.hpp"
#include "address/utf8.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

using Read = std::variant<Entry, EntryFault>;

/// Longer than any address in its longest spelling; more is not worth a closer look.
constexpr std::size_t max_entry_octets = 2048;

EntryFault fault_of(std::string_view text, std::string_view advice) {
  return {in_quotes(text) + " is no entry; " + std::string(advice)};
}

std::string_view words_of(DomainFault fault) {
  switch (fault) {
    case DomainFault::empty_label:
      return "there is nothing between two dots, or before the first";
    case DomainFault::trailing_dot:
      return "leave out the dot at its end";
    case DomainFault::label_too_long:
      return "a part of the name is longer than 63 octets";
    case DomainFault::domain_too_long:
      return "the name is longer than 253 octets";
    case DomainFault::not_a_name:
      break;
  }
  return "a domain name holds letters, digits, hyphens and dots";
}

/// A plain name needs no IDNA; a label in ACE form must be a right one, so it does.
std::variant<DomainName, DomainFault> read_domain(std::string_view text) {
  if (is_ascii(text) && text.find("--") == std::string_view::npos) {
    if (auto name = DomainName::from_ascii(text)) {
      return *std::move(name);
    }
  }
  auto mapped = to_domain_name(text);
  if (const auto* fault = std::get_if<DomainFault>(&mapped)) {
    return *fault;
  }
  return std::get<MappedDomain>(std::move(mapped)).name;
}

std::string_view form_mark(EntryForm form) {
  return form == EntryForm::only ? "=" : form == EntryForm::below ? "*." : "";
}

std::variant<Entry, DomainFault> domain_entry(std::string_view text) {
  Entry entry;
  if (text.starts_with('=')) {
    entry.form = EntryForm::only;
    text.remove_prefix(1);
  } else if (text.starts_with("*.")) {
    entry.form = EntryForm::below;
    text.remove_prefix(2);
  }
  auto domain = read_domain(text);
  if (const auto* fault = std::get_if<DomainFault>(&domain)) {
    return *fault;
  }
  entry.domain = std::get<DomainName>(std::move(domain));
  entry.text.append(form_mark(entry.form)).append(entry.domain->text());
  return entry;
}

std::optional<Entry> address_entry(std::string_view text) {
  Entry entry;
  if (auto mailbox = read_address(text)) {
    entry.form = EntryForm::address;
    entry.text = mailbox->text();
    entry.mailbox = std::move(mailbox);
    return entry;
  }
  const Reading reading = read_recipient(text);
  const auto* unreadable = std::get_if<Unreadable>(&reading);
  // Behind a display name or in brackets the address would stand here in another form.
  if (unreadable == nullptr || !unreadable->verbatim ||
      unreadable->verbatim->size() != text.size()) {
    return std::nullopt;
  }
  entry.form = EntryForm::verbatim;
  entry.text = *unreadable->verbatim;
  return entry;
}

/// Whether read_entry() gives one. Looks for no habit behind a habit: of a thousand dots each would
/// be one.
bool is_entry(std::string_view text) {
  if (text.find('@') == std::string_view::npos) {
    return std::holds_alternative<Entry>(domain_entry(text));
  }
  const bool is_habit = text.starts_with('=') || text.find('*') != std::string_view::npos;
  return !is_habit && address_entry(text);
}

/// The habit of another tool: offers `meant`, where that is an entry.
EntryFault offering(std::string_view text, std::string_view meant, std::string_view otherwise) {
  return fault_of(text, is_entry(meant) ? "write " + in_quotes(meant) : std::string(otherwise));
}

/// The habits of other tools with a domain; nothing where `text` shows none.
std::optional<EntryFault> domain_habit(std::string_view text) {
  constexpr std::string_view by_its_end =
      "names are compared from their end; list each domain, such as \"navy.com\"";
  if (text.find_first_not_of("*.") == std::string_view::npos) {
    return fault_of(text, "what holds for everybody else is said by \"strangers\"");
  }
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
    const std::string_view host = text.substr(scheme + 3);
    return offering(text, host.substr(0, host.find_first_of("/:?#")), "write the domain alone");
  }
  if (text.starts_with('.')) {
    const std::string rest(text.substr(1));
    if (is_entry(rest)) {
      return fault_of(text, "write " + in_quotes("*." + rest) + " for all below it, or " +
                                in_quotes(rest) + " for it and all below");
    }
    return fault_of(text, by_its_end);
  }
  if (text.ends_with(".*") || text.ends_with("*")) {
    return fault_of(text, by_its_end);
  }
  if (text.starts_with('*')) {
    const auto rest = text.find_first_not_of("*.");
    return offering(text, text.substr(rest), by_its_end);
  }
  if (text.find('*') != std::string_view::npos) {
    return fault_of(text, by_its_end);
  }
  if (text.ends_with('.')) {
    return offering(text, text.substr(0, text.size() - 1), words_of(DomainFault::empty_label));
  }
  if (text.starts_with('!') || text.starts_with('-')) {
    return fault_of(text, "what is to be kept out stands in \"block\"");
  }
  if (text.starts_with('[')) {
    return fault_of(text, "list the whole address, such as \"bob@[192.0.2.1]\"");
  }
  if (text.find_first_of("/\\^$|()") != std::string_view::npos) {
    return fault_of(text, "patterns are not read; list each domain or address");
  }
  return std::nullopt;
}

Read read_domain_entry(std::string_view text) {
  auto read = domain_entry(text);
  if (auto* good = std::get_if<Entry>(&read)) {
    return std::move(*good);
  }
  const bool only = text.starts_with('=');
  if (const auto habit = domain_habit(text.substr(only ? 1 : 0))) {
    return only ? fault_of(text, "behind \"=\" stands the name of one domain") : *habit;
  }
  return fault_of(text, words_of(std::get<DomainFault>(read)));
}

/// The habits of other tools with an at sign: what stands before it names nobody.
std::optional<EntryFault> address_habit(std::string_view text) {
  const auto at = text.rfind('@');
  const std::string_view local = text.substr(0, at);
  const std::string_view rest = text.substr(at + 1);
  if (local.empty() || local == "*" || local == "*@" || local == "=") {
    return offering(text, rest, "write the domain alone");
  }
  if (text.starts_with('=')) {
    return offering(text, text.substr(1), "\"=\" stands before a domain alone");
  }
  if (text.starts_with("mailto:")) {
    return offering(text, text.substr(7), "write the address alone");
  }
  if (local.find('*') != std::string_view::npos || rest.find('*') != std::string_view::npos) {
    return fault_of(text, "an address stands whole; of a domain write the domain alone");
  }
  return std::nullopt;
}

Read read_address_entry(std::string_view text) {
  if (const auto habit = address_habit(text)) {
    return *habit;
  }
  if (auto entry = address_entry(text)) {
    return *std::move(entry);
  }
  const Reading reading = read_recipient(text);
  if (const auto* read = std::get_if<ReadMailbox>(&reading)) {
    return fault_of(text, "write " + in_quotes(read->mailbox.text()));
  }
  const auto* unreadable = std::get_if<Unreadable>(&reading);
  if (unreadable == nullptr) {
    return fault_of(text, "a group is nobody's address");
  }
  if (unreadable->verbatim) {
    return fault_of(text, "write " + in_quotes(*unreadable->verbatim));
  }
  if (unreadable->mended && !unreadable->mended->domain_parted) {  // else it would be a guess
    return fault_of(text, "write " + in_quotes(unreadable->mended->text()));
  }
  std::string why(name_of(unreadable->fault));
  std::replace(why.begin(), why.end(), '-', ' ');
  return fault_of(text, "it is not one plain address (" + why + ")");
}

}  // namespace

std::optional<EntryForm> form_as_it_stands(std::string_view text) {
  if (is_kept_as_it_stands(text)) {
    return EntryForm::address;
  }
  const bool is_domain = DomainName::is_text(text) && text.find("--") == std::string_view::npos;
  return is_domain ? std::optional(EntryForm::domain) : std::nullopt;
}

std::variant<Entry, EntryFault> read_entry(std::string_view text) {
  if (text.empty()) {
    return EntryFault{"an empty text is no entry"};
  }
  if (text.size() > max_entry_octets) {
    return fault_of(text, "it is longer than any address");
  }
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  if (blank(text.front()) || blank(text.back())) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
      return EntryFault{"blanks alone are no entry"};
    }
    return offering(text, text.substr(first, text.find_last_not_of(" \t") + 1 - first),
                    "leave out the blanks around it");
  }
  return text.find('@') == std::string_view::npos ? read_domain_entry(text)
                                                  : read_address_entry(text);
}

}  // namespace recipient_guard
