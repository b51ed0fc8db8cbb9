// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <vector>

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)

TEST_CASE("a block of megabytes begins where a large page does, and is memory like any other") {
  constexpr std::size_t large_page = std::size_t{2} << 20U;
  for (const std::size_t octets : {large_page, large_page + 1, 5 * large_page - 1}) {
    std::vector<unsigned char> block(octets, 7);
    CHECK(reinterpret_cast<std::uintptr_t>(block.data()) % large_page == 0);
    CHECK(block.back() == 7);
    block.resize(2 * octets, 8);
    CHECK(block[octets - 1] == 7);
    CHECK(block.back() == 8);
  }
}

TEST_CASE("what no memory has room for is told by bad_alloc") {
  volatile std::size_t all = std::numeric_limits<std::size_t>::max() / 2;
  CHECK_THROWS_AS(::operator new(all), std::bad_alloc);
}

#endif
