// SPDX-License-Identifier: MPL-2.0
// What was meant by an address with a blank, an invisible character or a full-width form in it.
// Internal to this room.
#pragma once

#include <optional>
#include <string_view>

#include "address/reader.hpp"

namespace recipient_guard {

/// `address` is valid UTF-8, controls allowed. A mailbox where leaving out and making plain gives
/// one; nothing where that would be a guess, or changed nothing (unless the fault lies elsewhere).
std::optional<Mended> mend(std::string_view address, bool fault_elsewhere = false);

/// `text` is a recipient with control characters in it, which is not taken apart as it stands.
std::optional<Mended> mend_controls(std::string_view text);

}  // namespace recipient_guard
