// SPDX-License-Identifier: MPL-2.0
#include "people/company.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace recipient_guard;

TEST_CASE("what was learned a half-life ago counts half") {
  constexpr std::int64_t now = 1'690'000'000;
  Company company;
  const std::array<Company::Number, 2> both{1, 2};
  company.add(both, 1, now - group_half_life_days * 86'400);
  CHECK(company.together(1, 2, now) == Approx(0.5));
  company.add(both, 1, now);
  CHECK(company.together(2, 1, now) == Approx(1.5));
  CHECK(company.together(1, 3, now) == 0);
}

TEST_CASE("a message of any date leaves a weight that is a number") {
  const std::array<Company::Number, 2> both{1, 2};
  for (const std::int64_t time :
       {std::int64_t{1}, std::int64_t{99'999'999'999}, std::numeric_limits<std::int64_t>::max()}) {
    Company company;
    company.put(7, both, 1, time);
    company.put(7, both, 2, time);
    company.add(both, 1, time);
    for (const std::int64_t now : {std::int64_t{1'690'000'000}, time}) {
      CAPTURE(time, now);
      CHECK(std::isfinite(company.together(1, 2, now)));
    }
  }
}
