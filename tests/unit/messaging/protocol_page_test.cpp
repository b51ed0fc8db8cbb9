// SPDX-License-Identifier: MPL-2.0
// docs/PROTOCOL.md and the program name the same codes, in the same order.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "system/error.hpp"
#include "verdict/reason.hpp"

using namespace recipient_guard;

namespace {

std::string page() {
  std::ifstream file(std::string(RECIPIENT_GUARD_SOURCE) + "/docs/PROTOCOL.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The rows below a heading, as their cells; the first cell is a code in backticks.
std::vector<std::vector<std::string>> rows_below(std::string_view heading) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(page());
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("## ", 0) == 0) {
      within = line == heading;
    }
    if (!within || line.rfind("| `", 0) != 0) {
      continue;
    }
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(2));
    for (std::string cell; std::getline(parts, cell, '|');) {
      const auto end = cell.find_last_not_of(' ');
      const auto begin = cell.find_first_not_of(' ');
      cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
    }
    cells[0] = cells[0].substr(1, cells[0].size() - 2);
    rows.push_back(cells);
  }
  return rows;
}

}  // namespace

TEST_CASE("the page lists the errors of the wire, their retry, and no other") {
  const auto rows = rows_below("## Errors");
  REQUIRE(rows.size() == static_cast<std::size_t>(ErrorCode::internal) + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ErrorTraits& traits = traits_of(static_cast<ErrorCode>(i));
    CHECK(rows[i][0] == traits.wire_name);
    CHECK(rows[i][2] == (traits.retry ? "yes" : "no"));
  }
}

TEST_CASE("the page lists the reason codes, in the order in which they are told") {
  const auto rows = rows_below("## Reason codes");
  const auto table = reason_table();
  REQUIRE(rows.size() == table.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i][0] == table[i].name);
  }
}

TEST_CASE("the page says of each reason what clears it as the table does") {
  struct Letter {
    std::string_view letter;
    unsigned bit;
  };
  for (const auto& row : rows_below("## Reason codes")) {
    const auto reason = reason_of(row[0]);
    REQUIRE(reason);
    const unsigned clears = traits_of(*reason).clears;
    // Conditions stand behind the letters: "K if ..", "A T K if ..".
    const std::string told = " " + row[2] + " ";
    for (const Letter& one : {Letter{" A ", by_address_entry}, Letter{" D ", by_domain_entry},
                              Letter{" K ", by_known}}) {
      INFO(row[0] << ": " << row[2]);
      CHECK((told.find(one.letter) != std::string::npos) == ((clears & one.bit) != 0));
    }
  }
}

TEST_CASE("the page says the default of each reason as the table does") {
  for (const auto& row : rows_below("## Reason codes")) {
    const ReasonTraits& traits = traits_of(*reason_of(row[0]));
    INFO(row[0]);
    CHECK((row[1].find("fixed") != std::string::npos) ==
          (traits.fixed && traits.default_verdict == Verdict::block));
    if (row[1].rfind("warn", 0) == 0) {
      CHECK(traits.default_verdict == Verdict::warn);
    }
    if (row[1].rfind("block", 0) == 0) {
      CHECK(traits.default_verdict == Verdict::block);
    }
  }
}
