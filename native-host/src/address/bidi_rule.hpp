// SPDX-License-Identifier: MPL-2.0
// The Bidi Rule (RFC 5893, 2): which names read the same in either direction of writing.
// Internal to this room.
#pragma once

#include <string_view>

namespace recipient_guard {

/// `unicode` is a whole domain name in U-labels. libidn2 looks at each label alone; the rule holds
/// for all labels, `com` too, as soon as one is written from right to left.
bool keeps_bidi_rule(std::string_view unicode);

}  // namespace recipient_guard
