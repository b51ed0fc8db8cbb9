// SPDX-License-Identifier: MPL-2.0
#include "document/ini_file.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

TEST_CASE("an INI file is sections of keys, with comments, blanks and CRLF passed over") {
  const auto sections = read_ini(
      "stray=1\r\n; a comment\r\n[App]\r\nVersion = 153.7.0\r\nVersion=2\r\n\r\n"
      "[Profile0]\nPath=a=b\n# no\nnonsense\n[Profile1]\nPath=\n");
  REQUIRE(sections.size() == 3);
  CHECK(ini_value(sections, "App", "Version") == "153.7.0");
  CHECK(ini_value(sections, "App", "stray").empty());
  CHECK(ini_value(sections, "Profile0", "Path") == "a=b");
  CHECK(sections[1].values.size() == 1);
  CHECK(sections[2].find("Path").empty());
  CHECK(ini_value(sections, "Missing", "Path").empty());
}

TEST_CASE("an INI file without line end, and one that is none, are read as far as they go") {
  CHECK(ini_value(read_ini("[App]\nVersion=1"), "App", "Version") == "1");
  CHECK(read_ini("").empty());
  CHECK(read_ini("[").empty());
  CHECK(read_ini(std::string(1000, '=')).empty());
  CHECK(read_ini("[]\n=x").front().find("") == "x");
}
