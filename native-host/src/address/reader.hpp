// SPDX-License-Identifier: MPL-2.0
// The strict reader: one recipient in header form (`"Smith, Bob" <bob@navy.mil>`) or bare
// (`bob@navy.mil`) becomes one Mailbox, or a Fault. After RFC 5322, 3.4 and RFC 6531, 3.3, without
// every form that two programs could read differently: those are faults, never guessed at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "address/mailbox.hpp"

namespace recipient_guard {

/// No header line carries more for one recipient: what is longer is bad_form, and not looked at.
inline constexpr std::size_t max_recipient_octets = 64U * 1024U;

/// Why a text is not one plain mailbox. The first that holds is told.
enum class Fault {
  empty,
  not_utf8,
  control_character,    // C0, DEL, C1, tab, line end, NUL
  invisible_character,  // zero-width, bidi, variation selectors, non-ASCII blanks ..
  encoded_word,         // `=?` in the address itself (RFC 2047)
  several_mailboxes,    // a comma or semicolon, a group with members
  no_at_sign,
  several_at_signs,
  comment,
  quoted_local_part,
  route,            // <@relay:bob@navy.mil>, percent or bang form
  address_literal,  // bob@[192.0.2.1]
  trailing_dot,
  bad_local_part,
  local_part_too_long,
  bad_domain,
  label_too_long,
  domain_too_long,
  readings_differ,  // Thunderbird reads another address than we do
  bad_form,         // unbalanced brackets or quotes, text behind the address ..
};

/// A stable short name, "quoted-local-part", for corpora and traces.
std::string_view name_of(Fault fault);

struct ReadMailbox {
  Mailbox mailbox;
  std::string display_name;     ///< decoded, unquoted; empty for a bare address
  std::string domain_as_typed;  ///< before IDNA
  bool local_part_beyond_ascii = false;
  bool misplaced_dots = false;  ///< leading, trailing or doubled dot in the local part
  /// IDNA changed the domain by more than lower-casing and NFC (full-width letters, soft hyphen,
  /// other dots ..).
  bool domain_mapped = false;
  /// Where the domain holds one of IDNA's deviation characters (UTS #46: sharp s, final sigma,
  /// joiners): the form that the other IDNA gives, so that both can be looked up.
  std::optional<DomainName> deviation;
};

/// The mailbox that stands there once a blank or invisible character is left out or a full-width
/// form made plain.
struct Mended : Mailbox {
  /// A blank within the domain was left out: it may have ended there (`bob@navy.mil eve`). Whether
  /// the outcome is any domain's ending is for whoever knows the endings to say.
  bool domain_parted = false;
};

struct Unreadable {
  Fault fault = Fault::bad_form;
  std::optional<Mended> mended;  ///< where there is one plain mailbox
  /// The whole addr-spec where the fault is a quoted local part or an address literal, in the form
  /// in which an organisation's allow entry may name it: `"bob smith"@navy.mil`,
  /// `bob@[192.0.2.1]`. All of it in ASCII lower case, needless escapes taken off, the domain as
  /// A-label, so that equal text is the same address: an entry is read by read_recipient(), too,
  /// and its `verbatim` compared. Nothing where Thunderbird's reading differs.
  std::optional<std::string> verbatim;
};

/// `undisclosed-recipients:;`: nobody.
struct EmptyGroup {
  std::string name;
};

using Reading = std::variant<ReadMailbox, Unreadable, EmptyGroup>;

/// Reads `text`. Where `parsed`, Thunderbird's own reading of it (a bare addr-spec), is given and
/// differs (local part octet for octet, domain as A-label), the fault is readings_differ.
/// Any octets are accepted; the work is linear in their number.
Reading read_recipient(std::string_view text, std::optional<std::string_view> parsed = {});

/// The mailbox of one recipient as read_recipient() reads it; nothing where it cannot be read, or
/// is nobody.
std::optional<Mailbox> read_mailbox(std::string_view text);

/// Reads a bare addr-spec, as it stands in a policy entry: no name, no blanks around it.
std::optional<Mailbox> read_address(std::string_view text);

/// read_address() would read it, and Mailbox::text() be `address` itself. May say false of one of
/// which that is true: this is for lists of a million, nearly all of them plain.
bool is_kept_as_it_stands(std::string_view address);

/// `text` made safe to show: controls, bidi and invisible characters and broken UTF-8 as
/// `\u{200b}` or `\x{ff}`; everything else as it is.
std::string escape_for_display(std::string_view text);

}  // namespace recipient_guard
