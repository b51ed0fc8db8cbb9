// SPDX-License-Identifier: MPL-2.0
// The file of `trust import`: rows of cells, written again they are the same; each cell as an entry
// and as a time.
#include <string>
#include <vector>

#include "document/csv.hpp"
#include "document/time_text.hpp"
#include "fuzzing.hpp"
#include "people/facts.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

void look_at(const std::string& cell) {
  static const PublicSuffixes suffixes;
  demand(safe_text_of(cell).size() <= cell.size(), "a safe text is part of its cell");
  if (const auto entry = TrustEntry::read(safe_text_of(cell), suffixes)) {
    const auto again = TrustEntry::read(entry->text(), suffixes);
    demand(again && again->text() == entry->text(), "an entry written again reads the same");
  }
  if (const auto time = read_time(cell)) {
    demand(read_time(time_text(*time)) == time, "a time written again reads the same");
  }
}

std::string written(const std::vector<CsvRow>& rows, std::string (*cell_text)(std::string_view)) {
  std::string text = "first,row\n";  // commas divide
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      text += (i == 0 ? "" : ",") + cell_text(row.cells[i]);
    }
    text += "\n";
  }
  return text;
}

std::vector<CsvRow> read_again(const std::string& text) {
  const auto read = read_csv(text);
  const auto* const rows = std::get_if<std::vector<CsvRow>>(&read);
  demand(rows != nullptr, "a file that we write can be read");
  return {rows->begin() + 1, rows->end()};
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  const auto read = read_csv(input);
  if (const auto* const fault = std::get_if<CsvFault>(&read)) {
    demand(fault->line > 0 && !fault->text.empty(), "a fault has its line");
    return;
  }
  const auto& rows = std::get<std::vector<CsvRow>>(read);
  const auto plain = read_again(written(rows, csv_cell));
  const auto safe = read_again(written(rows, safe_csv_cell));
  demand(plain.size() == rows.size() && safe.size() == rows.size(), "no row is lost");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    demand(plain[i].cells == rows[i].cells, "cells written again are the same");
    demand(safe[i].cells.size() == rows[i].cells.size(), "no cell is lost");
    for (std::size_t j = 0; j < rows[i].cells.size(); ++j) {
      look_at(rows[i].cells[j]);
      demand(safe_text_of(safe[i].cells[j]) == rows[i].cells[j], "a safe cell holds its text");
    }
  }
}
