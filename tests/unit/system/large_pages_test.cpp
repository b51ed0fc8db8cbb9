// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <vector>

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)

TEST_CASE("what is large begins at a large page, and is memory like any other") {
  constexpr std::size_t large_page = std::size_t{2} << 20U;
  for (const std::size_t octets : {2 * large_page, 3 * large_page + 17, 40 * large_page - 1}) {
    std::vector<unsigned char> memory(octets, 7);
    CHECK(reinterpret_cast<std::uintptr_t>(memory.data()) % large_page == 0);
    CHECK(memory.back() == 7);
    memory.resize(octets + octets / 2, 8);
    CHECK(memory[octets - 1] == 7);
    CHECK(memory.back() == 8);
  }
}

TEST_CASE("what no memory has room for is told by bad_alloc") {
  const volatile std::size_t all = std::numeric_limits<std::size_t>::max() / 2;
  CHECK_THROWS_AS(::operator new(all), std::bad_alloc);
}

#endif
