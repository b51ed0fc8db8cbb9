// SPDX-License-Identifier: MPL-2.0
// A message as JSON -> Message: docs/PROTOCOL, "Message". The one reader of it, for native messages
// and for `check --batch`.
#pragma once

#include <string>

#include "document/json.hpp"
#include "messaging/fields.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// Reads `value`, found at `way`, and moves its texts out. What is wrong is complained of; then the
/// message is not to be used. Where the time is left out it stays 0.
Message read_message(JsonValue&& value, Way way, Complaints& complaints);

/// Two messages are the same for the host when these are equal: all that was said of the message,
/// its time too. 64 hexadecimal digits; the texts themselves are not kept.
std::string fingerprint(const Message& message);

}  // namespace recipient_guard
