// SPDX-License-Identifier: MPL-2.0
#include "document/csv.hpp"

#include <catch2/catch.hpp>

using namespace recipient_guard;

namespace {

std::vector<CsvRow> rows_of(std::string_view text) {
  auto read = read_csv(text);
  REQUIRE(std::holds_alternative<std::vector<CsvRow>>(read));
  return std::get<std::vector<CsvRow>>(read);
}

std::size_t fault_line(std::string_view text) {
  const auto read = read_csv(text);
  REQUIRE(std::holds_alternative<CsvFault>(read));
  return std::get<CsvFault>(read).line;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("rows are told with the line on which they begin, blank ones are none") {
  const auto rows = rows_of("a,b\r\n\n,\n\"c\nd\",\"e\"\"f\"\ng");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].cells == Cells{"a", "b"});
  CHECK(rows[1].cells == Cells{"c\nd", "e\"f"});
  CHECK(rows[1].line == 4);
  CHECK(rows[2].cells == Cells{"g"});
  CHECK(rows[2].line == 6);
}

TEST_CASE("semicolons part the cells where the first line holds no comma") {
  CHECK(rows_of("a;b\nc,d;e").back().cells == Cells{"c,d", "e"});
  CHECK(rows_of("a,b;c").back().cells == Cells{"a", "b;c"});
}

TEST_CASE("quotes that are open, amid a cell or followed by text are faults of their line") {
  CHECK(fault_line("a\n\"b") == 2);
  CHECK(fault_line("a\nb\"c\"") == 2);
  CHECK(fault_line("a\n\"b\"c") == 2);
}

TEST_CASE("what is written as a cell is read as it was") {
  for (const std::string text : {"plain", "a,b", "a;b", "say \"a\"", "two\nlines", "'x", ""}) {
    const auto rows = rows_of(csv_cell(text) + ",end");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].cells == Cells{text, "end"});
  }
}
