// SPDX-License-Identifier: MPL-2.0
#include "document/csv.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "document/encoding.hpp"

namespace recipient_guard {
namespace {

CsvFault unclosed(std::size_t line) {
  return {line, "a quote is opened here and never closed"};
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    separator_ =
        first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos
            ? ';'
            : ',';
  }

  std::variant<std::vector<CsvRow>, CsvFault> read() {
    while (at_ < text_.size()) {
      if (auto fault = read_row()) {
        return std::move(*fault);
      }
    }
    return std::move(rows_);
  }

 private:
  std::optional<CsvFault> read_row() {
    CsvRow row{line_, {}};
    for (bool more = true; more;) {
      std::string cell;
      if (auto fault = read_cell(cell)) {
        return fault;
      }
      row.cells.push_back(std::move(cell));
      more = at_ < text_.size() && text_[at_] == separator_;
      at_ += more ? 1 : 0;
    }
    skip_line_end();
    const bool any = std::any_of(row.cells.begin(), row.cells.end(),
                                 [](const std::string& cell) { return !cell.empty(); });
    if (any) {
      rows_.push_back(std::move(row));
    }
    return std::nullopt;
  }

  std::optional<CsvFault> read_cell(std::string& cell) {
    if (at_ < text_.size() && text_[at_] == '"') {
      return read_quoted(cell);
    }
    while (at_ < text_.size() && text_[at_] != separator_ && !is_line_end()) {
      if (text_[at_] == '"') {
        return CsvFault{line_, "a quote stands amid a cell; put the whole cell in quotes"};
      }
      cell += text_[at_++];
    }
    return std::nullopt;
  }

  std::optional<CsvFault> read_quoted(std::string& cell) {
    const std::size_t began = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          cell += '"';
          ++at_;
          continue;
        }
        ++at_;
        if (at_ < text_.size() && text_[at_] != separator_ && !is_line_end()) {
          return CsvFault{line_, "something stands behind a cell in quotes"};
        }
        return std::nullopt;
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
      cell += text_[at_];
    }
    return unclosed(began);
  }

  bool is_line_end() const {
    return text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_ + 1, 1) == "\n");
  }

  void skip_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') {
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
      ++line_;
    }
  }

  std::string_view text_;
  char separator_ = ',';
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::vector<CsvRow> rows_;
};

bool begins_as_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r'").find(cell[0]) != std::string_view::npos;
}

}  // namespace

std::variant<std::vector<CsvRow>, CsvFault> read_csv(std::string_view text) {
  return CsvReader(without_byte_order_mark(text)).read();
}

std::string csv_cell(std::string_view cell) {
  if (cell.find_first_of("\",;\r\n") == std::string_view::npos) {
    return std::string(cell);
  }
  std::string quoted = "\"";
  for (const char c : cell) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

std::string safe_csv_cell(std::string_view cell) {
  return csv_cell(begins_as_formula(cell) ? "'" + std::string(cell) : std::string(cell));
}

std::string_view safe_text_of(std::string_view cell) {
  const bool is_safe = cell.starts_with('\'') && begins_as_formula(cell.substr(1));
  return is_safe ? cell.substr(1) : cell;
}

}  // namespace recipient_guard
