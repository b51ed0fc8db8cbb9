// SPDX-License-Identifier: MPL-2.0
// Is a person at the other end?
#pragma once

namespace recipient_guard {

bool input_is_terminal();

/// Colour belongs on a terminal only, never with NO_COLOR (https://no-color.org) and never on one
/// that calls itself dumb.
bool output_takes_colour();

}  // namespace recipient_guard
