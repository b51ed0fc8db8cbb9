// SPDX-License-Identifier: MPL-2.0
#include "commands/input_lines.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace recipient_guard;

namespace {

constexpr std::string_view too_long = "(too long)";

void take(InputLines& lines, std::vector<std::string>& found) {
  while (const auto line = lines.next()) {
    found.emplace_back(line->too_long ? too_long : line->text);
  }
}

std::vector<std::string> lines_of(std::string_view text, std::size_t step) {
  InputLines lines;
  std::vector<std::string> found;
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    lines.feed(text.substr(0, step));
    take(lines, found);
  }
  lines.end();
  take(lines, found);
  return found;
}

}  // namespace

TEST_CASE("lines are what stands between line feeds, however the octets come") {
  for (const std::size_t step : {1U, 2U, 3U, 1000U}) {
    CHECK(lines_of("", step).empty());
    CHECK(lines_of("a\n", step) == std::vector<std::string>{"a"});
    CHECK(lines_of("a\n\nb", step) == std::vector<std::string>{"a", "", "b"});
    CHECK(lines_of("\n", step) == std::vector<std::string>{""});
    CHECK(lines_of("a\r\nb\n", step) == std::vector<std::string>{"a\r", "b"});
  }
}

TEST_CASE("a line of the most octets is read, one octet more is passed over, the next is read") {
  for (const std::size_t step : {65'536U, 1'000'003U, 64'000'000U}) {
    const std::string most(max_line_octets, 'x');
    CHECK(lines_of(most + "\nb\n", step) == std::vector<std::string>{most, "b"});
    CHECK(lines_of(most, step) == std::vector<std::string>{most});
    const std::vector<std::string> passed_over{std::string(too_long), "b"};
    CHECK(lines_of(most + "x\nb\n", step) == passed_over);
    CHECK(lines_of(most + most + most + "\nb", step) == passed_over);
    CHECK(lines_of(most + "x", step) == std::vector<std::string>{std::string(too_long)});
  }
}
