// SPDX-License-Identifier: MPL-2.0
#include "messaging/remembered_checks.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

using namespace recipient_guard;

namespace {

RememberedCheck check_of(std::string key, bool writing, std::size_t octets = 0) {
  RememberedCheck check;
  check.key = std::move(key);
  check.answer = std::string(octets, 'x');
  check.writing = writing;
  check.conversation = std::make_shared<Conversation>();
  return check;
}

}  // namespace

TEST_CASE("a check is found by its key until it is forgotten") {
  RememberedChecks checks;
  checks.add(check_of("a", false));
  REQUIRE(checks.find("a") != nullptr);
  CHECK(checks.find("a")->key == "a");
  CHECK(checks.find("b") == nullptr);
}

TEST_CASE("beyond the bound the oldest goes") {
  RememberedChecks checks;
  for (std::size_t i = 0; i <= max_remembered_checks; ++i) {
    checks.add(check_of(std::to_string(i), false));
  }
  CHECK(checks.size() == max_remembered_checks);
  CHECK(checks.find("0") == nullptr);
  CHECK(checks.find("1") != nullptr);
}

TEST_CASE("those asked while writing go before those asked at Send") {
  RememberedChecks checks;
  checks.add(check_of("sent", false));
  for (std::size_t i = 0; i < 3 * max_remembered_checks; ++i) {
    checks.add(check_of("w" + std::to_string(i), true));
  }
  CHECK(checks.find("sent") != nullptr);
  for (std::size_t i = 0; i < max_remembered_checks; ++i) {
    checks.add(check_of("s" + std::to_string(i), false));
  }
  CHECK(checks.size() == max_remembered_checks);
  CHECK(checks.find("sent") == nullptr);
  CHECK(checks.find("s0") != nullptr);
}

TEST_CASE("a new check asked while writing stays though all others were asked at Send") {
  RememberedChecks checks;
  for (std::size_t i = 0; i < max_remembered_checks; ++i) {
    checks.add(check_of(std::to_string(i), false));
  }
  checks.add(check_of("w", true));
  CHECK(checks.find("w") != nullptr);
  CHECK(checks.find("0") == nullptr);
}

TEST_CASE("the bound holds for octets, and the newest stays though it breaks it alone") {
  RememberedChecks checks;
  checks.add(check_of("a", false, max_remembered_octets / 2));
  checks.add(check_of("b", false, max_remembered_octets / 2));
  CHECK(checks.find("a") == nullptr);
  CHECK(checks.find("b") != nullptr);
  checks.add(check_of("c", false, 2 * max_remembered_octets));
  CHECK(checks.size() == 1);
  CHECK(checks.find("c") != nullptr);
}

TEST_CASE("a check that grows makes the others go, not itself") {
  for (const bool writing : {false, true}) {
    RememberedChecks checks;
    RememberedCheck& first = checks.add(check_of("first", writing));
    checks.add(check_of("second", writing));
    checks.add(check_of("third", false));
    first.answer = std::string(2 * max_remembered_octets, 'x');
    checks.changed(first);
    CHECK(checks.size() == 1);
    CHECK(checks.find("first") == &first);
    first.answer.clear();
    checks.changed(first);
    checks.add(check_of("fourth", false));
    CHECK(checks.size() == 2);
  }
}
