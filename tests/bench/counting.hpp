// SPDX-License-Identifier: MPL-2.0
// One stretch of work, timed by the clock and, under `valgrind --tool=callgrind
// --instr-atstart=no`, counted in instructions: nothing outside of it is counted, so that lists may
// be filled at a tenth of the cost.
#pragma once

#include <valgrind/callgrind.h>

#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string>

namespace recipient_guard::bench {

/// Runs `work` and prints one JSON object; under valgrind the count of it stands in a file of its
/// own whose trigger is `name` (tests/bench/instructions.js puts both together). `name` needs no
/// escaping in JSON; `units` is how many recipients, requests or entries the work goes over.
template <typename Work>
void counted(const std::string& name, std::size_t units, Work&& work) {
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
  const std::clock_t began = std::clock();  // of the processor: others may be using it, too
  work();
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  CALLGRIND_DUMP_STATS_AT(name.c_str());
  CALLGRIND_STOP_INSTRUMENTATION;
  std::printf("{\"name\":\"%s\",\"units\":%zu,\"seconds\":%.6f}\n", name.c_str(), units, seconds);
  std::fflush(stdout);
}

/// Prints what the counts depend on: one JSON object, the first line of a program that counts.
inline void tell_compiler() {
#ifdef __clang__
  constexpr const char* name = "clang";
#else
  constexpr const char* name = "gcc";
#endif
#ifdef __x86_64__
  constexpr const char* machine = "x86_64";
#else
  constexpr const char* machine = "another machine";
#endif
  std::printf("{\"compiler\":\"%s %s\",\"machine\":\"%s\"}\n", name, __VERSION__, machine);
}

/// Keeps the compiler from leaving out what nobody looks at.
inline void looked_at(std::size_t value) {
  static volatile std::size_t sum = 0;
  sum = sum + value;
}

}  // namespace recipient_guard::bench
