// SPDX-License-Identifier: MPL-2.0
// Between libFuzzer and a target: measures what an input takes, and keeps one that takes too long.
#include "fuzzing.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace recipient_guard::fuzzing {
namespace {

// Of the processor, under sanitizers; libFuzzer itself knows whole seconds of the clock only.
constexpr double most_milliseconds = 50;
constexpr int tries = 3;

double milliseconds_of(std::string_view input) {
  const auto now = [] {
    std::timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  };
  const double began = now();
  try_input(input);
  return now() - began;
}

double slowest = 0;

}  // namespace

void demand(bool holds, std::string_view what) {
  if (!holds) {
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
  }
}

std::vector<std::string_view> lines_of_input(std::string_view input, std::size_t most) {
  std::vector<std::string_view> lines;
  while (lines.size() + 1 < most) {
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos) {
      break;
    }
    lines.push_back(input.substr(0, end));
    input.remove_prefix(end + 1);
  }
  lines.push_back(input);
  return lines;
}

}  // namespace recipient_guard::fuzzing

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  return std::atexit(
      [] { std::fprintf(stderr, "slowest input: %.2f ms\n", recipient_guard::fuzzing::slowest); });
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace recipient_guard::fuzzing;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libFuzzer's octets are text here.
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  double took = milliseconds_of(input);
  // It may have paid for tables that are made once, or another program have had the caches.
  for (int again = 1; again < tries && took > slowest; ++again) {
    took = std::min(took, milliseconds_of(input));
  }
  slowest = std::max(slowest, took);
  demand(took <= most_milliseconds, "an input takes 50 ms of the processor at most");
  return 0;
}
