// SPDX-License-Identifier: MPL-2.0
#include "people/number_lists.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace recipient_guard;

namespace {

std::vector<NumberLists::Number> all_of(const NumberLists& lists, const std::string& text) {
  std::vector<NumberLists::Number> numbers;
  CHECK_FALSE(lists.find(text, [&](NumberLists::Number number) {
    numbers.push_back(number);
    return false;
  }));
  return numbers;
}

}  // namespace

TEST_CASE("numbers of a text come in the order they were added, each once") {
  NumberLists lists;
  for (NumberLists::Number number = 0; number < 30'000; ++number) {
    lists.add("text " + std::to_string(number % 10'000), number);
  }
  lists.add("text 7", 10'007);
  CHECK(all_of(lists, "text 7") == std::vector<NumberLists::Number>{7, 10'007, 20'007});
  CHECK(all_of(lists, "text 9999") == std::vector<NumberLists::Number>{9999, 19'999, 29'999});
  CHECK(all_of(lists, "text 10000").empty());
  CHECK(lists.contains("text 0"));
  CHECK_FALSE(lists.contains(""));
}

TEST_CASE("the first one that fits is found") {
  NumberLists lists;
  lists.add("bob", 3);
  lists.add("bob", 5);
  lists.add("bob", 8);
  CHECK(lists.find("bob", [](NumberLists::Number number) { return number > 3; }) == 5);
  CHECK_FALSE(lists.find("bob", [](NumberLists::Number number) { return number > 8; }));
  CHECK_FALSE(lists.find("eve", [](NumberLists::Number) { return true; }));
}

TEST_CASE("a list takes no more than it may hold") {
  NumberLists lists;
  for (NumberLists::Number number = 0; number < 100; ++number) {
    lists.add("info", number, 64);
    lists.add("sales", number);
  }
  CHECK(all_of(lists, "info").size() == 64);
  CHECK(all_of(lists, "info").back() == 63);
  CHECK(all_of(lists, "sales").size() == 100);
}
