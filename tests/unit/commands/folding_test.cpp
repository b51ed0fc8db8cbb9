// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "commands/command.hpp"

using namespace recipient_guard;

TEST_CASE("a help text is folded at blanks, and keeps its own line ends") {
  CHECK(folded("", 10).empty());
  CHECK(folded("one two", 10) == "one two");
  CHECK(folded("one two three", 10) == "one two\nthree");
  CHECK(folded("one two three", 13) == "one two three");
  CHECK(folded("one\ntwo three\n", 10) == "one\ntwo three\n");
  CHECK(folded("  one", 10) == "  one");
}

TEST_CASE("a word that is longer than a line stands on a line of its own") {
  CHECK(folded("a twelve-letters b", 10) == "a\ntwelve-letters\nb");
}

TEST_CASE("what stands in brackets is not parted, and what follows stands below the first word") {
  CHECK(folded("[--from ADDRESS] [--json [--trace]] FILE", 20, 4) ==
        "[--from ADDRESS]\n    [--json [--trace]]\n    FILE");
}
