// SPDX-License-Identifier: MPL-2.0
// The arguments of the program -> serving, or one command.
#pragma once

namespace recipient_guard {

/// Runs what the arguments ask for; the exit status of docs/PROTOCOL, "Exit status". Never throws.
int run_program(int count, const char* const* arguments);

}  // namespace recipient_guard
