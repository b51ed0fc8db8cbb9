// SPDX-License-Identifier: MPL-2.0
// The outer form of one recipient: where the display name ends and the address begins. Only what
// every parser known to us takes apart in the same way is taken apart; the rest is a fault.
// Internal to this room.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "address/reader.hpp"

namespace recipient_guard {

struct HeaderForm {
  std::string_view name;     ///< as written, before the `<`; empty for a bare address
  std::string_view address;  ///< between `<` and `>`, or the whole without spaces around it
};

struct BadHeaderForm {
  Fault fault = Fault::bad_form;
  /// Where nothing but invisible characters behind it is the fault; else empty.
  std::string_view address;
};

/// `text` is valid UTF-8 without control characters.
std::variant<HeaderForm, EmptyGroup, BadHeaderForm> take_apart(std::string_view text);

/// A phrase as a person reads it: quotes and their escapes taken off, encoded-words decoded, blanks
/// collapsed.
std::string phrase_text(std::string_view phrase);

}  // namespace recipient_guard
