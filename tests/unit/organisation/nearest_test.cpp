// SPDX-License-Identifier: MPL-2.0
#include "organisation/nearest.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

TEST_CASE("the nearest known word is offered, and none where none is near") {
  const std::vector<std::string_view> known = {"allow", "allow_files", "block", "known", "own"};
  CHECK(nearest_of("alow", known) == "allow");
  CHECK(nearest_of("allwo", known) == "allow");
  CHECK(nearest_of("Allow", known) == "allow");
  CHECK(nearest_of("allow-files", known) == "allow_files");
  CHECK(nearest_of("allowfiles", known) == "allow_files");
  CHECK(nearest_of("blocked", known) == "block");
  CHECK(nearest_of("owns", known) == "own");
  CHECK_FALSE(nearest_of("whitelist", known));
  CHECK_FALSE(nearest_of("", known));
  CHECK_FALSE(nearest_of(std::string(1000, 'a'), known));
  CHECK_FALSE(nearest_of("alow", {}));
}
