// SPDX-License-Identifier: MPL-2.0
// Standard input and output as plain octets, with every error told.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "system/error.hpp"

namespace recipient_guard {

/// Descriptors that only this program's own code writes to or reads from; closed by nobody, they
/// live as long as the process.
struct PrivateStdio {
  int input = -1;
  int output = -1;
};

/// Moves standard input and output away: afterwards what a library prints goes to standard error
/// and cannot spoil the stream, and what a library reads is empty.
Result<PrivateStdio> claim_standard_streams();

/// Reads what is there, waiting for at least one octet; 0 at the end of the input.
Result<std::size_t> read_standard_input(std::span<char> into);

/// Writes all of `text`. A reader that went away is an error like any other (input_output).
Result<Done> write_standard_output(std::string_view text);

/// One line of talk for the person, on standard error; `text` without its line end. That it cannot
/// be told is nobody's business.
void say(std::string_view text);

}  // namespace recipient_guard
