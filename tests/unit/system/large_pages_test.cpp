// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

TEST_CASE("what is large begins at a large page") {
  constexpr std::size_t large_page = std::size_t{2} << 20U;
  for (const std::size_t pages : {2U, 3U, 40U}) {
    const std::vector<char> memory(pages * large_page + 17, 'x');
    CHECK(reinterpret_cast<std::uintptr_t>(memory.data()) % large_page == 0);
  }
}
