// SPDX-License-Identifier: MPL-2.0
// The process as a whole: what is switched off at its start, and how it ends.
#pragma once

namespace recipient_guard {

/// Before anything else in main: opens the standard descriptors that the parent left closed, so
/// that no file opened later is taken for one of them. They are opened the wrong way round
/// (standard input for writing, the outputs for reading): what uses them fails as it should.
void secure_standard_descriptors();

/// No core file and no other process of the user may read this one's memory (it holds addresses and
/// subjects); no rights are ever gained. Best effort: where the system refuses, nothing is lost.
void harden_process();

/// A reader that went away becomes an error of the write instead of the end of the process.
void ignore_broken_pipes();

/// The number of this process.
long process_number();

/// Ends at once, without waiting for threads: for the end of a session whose reload still runs.
[[noreturn]] void end_process(int status);

}  // namespace recipient_guard
