// SPDX-License-Identifier: MPL-2.0
// Comma-separated values as spreadsheets write them: RFC 4180, with LF as line end too, a
// byte-order mark at the start, and semicolons where the first line holds no comma (as spreadsheets
// of many countries save them).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace recipient_guard {

struct CsvRow {
  std::size_t line = 1;  ///< where it begins, from 1
  std::vector<std::string> cells;
};

struct CsvFault {
  std::size_t line = 1;
  std::string text;
};

/// All rows with anything in them, in order. Any octets are accepted, the work is linear in their
/// number. A quote that is not closed, or stands amid a cell, is a fault.
std::variant<std::vector<CsvRow>, CsvFault> read_csv(std::string_view text);

/// `cell` as it stands, in quotes where it needs them.
std::string csv_cell(std::string_view cell);

/// As csv_cell(), but no spreadsheet takes it for a formula: where it begins as one may (or with an
/// apostrophe, so that safe_text_of() gets it back exactly) an apostrophe stands before it.
std::string safe_csv_cell(std::string_view cell);

/// What was given to safe_csv_cell(), from the cell that was read.
std::string_view safe_text_of(std::string_view cell);

}  // namespace recipient_guard
