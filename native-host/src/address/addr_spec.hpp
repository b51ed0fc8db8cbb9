// SPDX-License-Identifier: MPL-2.0
// The addr-spec itself: local part, `@`, domain (RFC 5322, 3.4.1; RFC 6531, 3.3), read strictly.
// Internal to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "address/idna.hpp"
#include "address/reader.hpp"

namespace recipient_guard {

struct AddrSpec {
  LocalPart local;
  MappedDomain domain;
  std::string_view domain_as_typed;
};

struct BadAddrSpec {
  Fault fault = Fault::bad_form;
  std::optional<std::string> verbatim;  ///< see Unreadable
};

/// `text` is valid UTF-8 without control characters.
std::variant<AddrSpec, BadAddrSpec> read_addr_spec(std::string_view text);

/// Nearly every address is one that no other rule has anything to say of, and a list holds a
/// million of them: a local part of letters, digits and `.+-_`, a domain in ASCII that cannot hold
/// an A-label. `text` may be anything; nothing where it needs a closer look.
std::optional<AddrSpec> read_plain_addr_spec(std::string_view text);

/// Does `parsed`, another program's reading, name the same mailbox as `text`, whatever its form?
/// Quoted local parts are compared by what they hold, domains as A-labels, literals as text.
bool same_addr_spec(std::string_view text, std::string_view parsed);

}  // namespace recipient_guard
