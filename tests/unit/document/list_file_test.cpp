// SPDX-License-Identifier: MPL-2.0
#include "document/list_file.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;
using namespace std::string_literals;

namespace {

/// "LINE text|LINE text|", then "! LINE fault" where there is one.
std::string lines(std::string_view text) {
  ListReader reader(text);
  std::string result;
  while (const auto line = reader.next()) {
    result += std::to_string(line->line) + " " + std::string(line->text) + "|";
  }
  if (reader.fault()) {
    result += "! " + std::to_string(reader.fault()->line) + " " + reader.fault()->text;
  }
  return result;
}

}  // namespace

TEST_CASE("a list file holds one entry a line, with its line number") {
  CHECK(lines("navy.mil\n\n  bob@army.mil \t\n") == "1 navy.mil|3 bob@army.mil|");
}

TEST_CASE("the last line needs no line end") {
  CHECK(lines("a\nb") == "1 a|2 b|");
}

TEST_CASE("lines may end as on Windows, and a byte-order mark may stand before") {
  CHECK(lines("\xEF\xBB\xBF"
              "a\r\n\r\nb\r\n") == "1 a|3 b|");
}

TEST_CASE("a number sign at the start or behind a blank begins a comment") {
  CHECK(lines("# partners\na # since May\n\t#x\nb#c@d.mil\nc\t#\n") == "2 a|4 b#c@d.mil|5 c|");
}

TEST_CASE("a number sign in a quoted local part begins none") {
  CHECK(lines("\"a #b\"@x.mil # c\n\"a\\\" #\"@x.mil") == "1 \"a #b\"@x.mil|2 \"a\\\" #\"@x.mil|");
}

TEST_CASE("an empty list file is an empty list") {
  CHECK(lines("").empty());
  CHECK(lines("\n\n# nobody\n").empty());
}

TEST_CASE("UTF-16 is refused by name") {
  CHECK(lines("\xFF\xFE"
              "a\0"s) == "! 1 the file is UTF-16; save it as UTF-8");
  CHECK(lines("a\0b\0"s) == "! 1 the file is UTF-16; save it as UTF-8");
}

TEST_CASE("a line that is too long is a fault, and nothing behind it is read") {
  CHECK(lines("a\n" + std::string(5000, 'x') + "\nb") ==
        "1 a|! 2 the line is longer than 4096 octets; write one entry a line");
  CHECK(lines(std::string(max_list_line_octets, 'x')).substr(0, 3) == "1 x");
  CHECK(lines("a # " + std::string(5000, 'x') + "\n" + std::string(5000, ' ') + "b") == "1 a|2 b|");
}
