// SPDX-License-Identifier: MPL-2.0
#include "lookalike/line_probe.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <set>

using namespace recipient_guard;

namespace {

using Slot = std::uint32_t;
using Probe = LineProbe<Slot>;

/// One slot after the other.
void check_look(const std::array<Slot, Probe::in_line>& line, std::size_t first, Slot mark,
                Slot mask) {
  const LineLook look(line.data(), first, mark, mask);
  bool is_behind_free = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Slot slot = line[(first + i) % line.size()];
    is_behind_free = is_behind_free || slot == 0;
    CHECK(((look.free >> i) & 1U) == (slot == 0 ? 1U : 0U));
    CHECK(((look.marked >> i) & 1U) == (!is_behind_free && (slot & mask) == mark ? 1U : 0U));
  }
  CHECK((look.free | look.marked) >> line.size() == 0);
}

}  // namespace

TEST_CASE("a probe looks at the whole line where it begins, then at each other line") {
  const std::size_t slots = whole_lines<Slot>(5 * Probe::in_line - 3);
  REQUIRE(slots == 5 * Probe::in_line);
  for (std::size_t first = 0; first < slots; ++first) {
    Probe probe(first, slots);
    CHECK(probe.at(0) == first);
    std::set<std::size_t> seen;
    for (std::size_t lines = 0; lines < 5; ++lines, probe.next()) {
      CHECK(probe.line() == (first / Probe::in_line + lines) % 5 * Probe::in_line);
      for (std::size_t i = 0; i < Probe::in_line; ++i) {
        CHECK(probe.at(i) / Probe::in_line * Probe::in_line == probe.line());
        CHECK(seen.insert(probe.at(i)).second);
      }
    }
    CHECK(*seen.rbegin() == slots - 1);
  }
}

TEST_CASE("a look at a line tells its free slots, and the marked ones before the first of them") {
  constexpr Slot mask = 0xffff0000U;
  std::uint64_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::array<Slot, Probe::in_line> line{};
    const auto next = [&state] {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      return static_cast<Slot>(state >> 33U);
    };
    const Slot free_one_in = 1 + next() % 20;
    for (Slot& slot : line) {
      slot = next() % free_one_in == 0 ? 0 : (next() % 3) << 16U | (1 + next() % 9);
    }
    check_look(line, next() % line.size(), (next() % 3) << 16U, mask);
  }
}
