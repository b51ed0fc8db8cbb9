// SPDX-License-Identifier: MPL-2.0
// What was meant by an address with a blank, an invisible character or a full-width form in it.
// Internal to this room.
#pragma once

#include <optional>
#include <string_view>

#include "address/reader.hpp"

namespace recipient_guard {

/// Within the address, or around it: then the address may be right as it stands.
enum class FaultLies { within, elsewhere };

/// `address` is valid UTF-8, controls allowed. A mailbox where leaving out and making plain gives
/// one; nothing where that would be a guess, or changed nothing of a fault within.
std::optional<Mended> mend(std::string_view address, FaultLies fault);

/// `text` is a recipient with control characters in it, which is not taken apart as it stands.
std::optional<Mended> mend_controls(std::string_view text);

}  // namespace recipient_guard
