// SPDX-License-Identifier: MPL-2.0
#include "lookalike/line_probe.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <set>

using namespace recipient_guard;

TEST_CASE("a probe looks at the whole line where it begins, then at each other line") {
  using Slot = std::uint32_t;
  constexpr std::size_t line = slots_in_line<Slot>;
  const std::size_t slots = whole_lines<Slot>(5 * line - 3);
  REQUIRE(slots == 5 * line);
  for (std::size_t first = 0; first < slots; ++first) {
    LineProbe<Slot> probe(first, slots);
    CHECK(probe.at() == first);
    std::set<std::size_t> seen;
    for (std::size_t looks = 1; looks <= slots; ++looks, probe.next()) {
      seen.insert(probe.at());
      CHECK(seen.size() == looks);
      CHECK(probe.at() / line == (first / line + (looks - 1) / line) % 5);
    }
    CHECK(*seen.rbegin() == slots - 1);
  }
}
