// SPDX-License-Identifier: MPL-2.0
// One entry of an organisation's list, in the forms of docs/POLICY: `bob@navy.mil`, `navy.mil`
// (it and all below), `=navy.mil` (it alone), `*.navy.mil` (all below, not itself).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "address/mailbox.hpp"

namespace recipient_guard {

enum class EntryForm {
  address,
  verbatim,  ///< an address that cannot be read (quoted local part, literal), listed whole
  only,      ///< =navy.mil
  below,     ///< *.navy.mil
  domain,    ///< navy.mil
};

constexpr bool names_domain(EntryForm form) {
  return form != EntryForm::address && form != EntryForm::verbatim;
}

struct Entry {
  EntryForm form = EntryForm::domain;
  std::optional<Mailbox> mailbox;    ///< form address
  std::optional<DomainName> domain;  ///< the three domain forms
  std::string text;                  ///< as listed; of form verbatim what is compared

  bool names_address() const { return !names_domain(form); }
};

struct EntryFault {
  std::string text;  ///< `"*@navy.mil" is no entry; write "navy.mil"`
};

/// The form of an entry that read_entry() would keep as it stands, without reading it further;
/// nothing where a closer look is needed. Nearly all lines of a list are such.
std::optional<EntryForm> form_as_it_stands(std::string_view text);

/// Reads one entry, international names in either form. Habits from other tools (`@navy.mil`,
/// `*@navy.mil`, `*navy.mil`, `navy.*`) are faults that offer the right form.
std::variant<Entry, EntryFault> read_entry(std::string_view text);

}  // namespace recipient_guard
