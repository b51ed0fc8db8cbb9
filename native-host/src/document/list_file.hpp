// SPDX-License-Identifier: MPL-2.0
// List files: one entry a line, `#` comments, as exported by a spreadsheet or another tool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

inline constexpr std::size_t max_list_line_octets = 4096;

struct ListLine {
  std::string_view text;   ///< without blanks around it; never empty; a view into the file's text
  std::uint32_t line = 1;  ///< from 1
};

struct ListFault {
  std::uint32_t line = 1;
  std::string text;
};

/// Walks the lines of a list file. Lines end with LF or CRLF; a byte-order mark is skipped; blank
/// lines are passed over. A `#` at the start of a line or behind a blank begins a comment (inside a
/// local part it does not: `team#4@navy.mil`; nor within the quotes of a quoted one).
class ListReader {
 public:
  /// `text` must outlive the reader.
  explicit ListReader(std::string_view text);

  /// The next line that holds something; nothing at the end or at a fault.
  std::optional<ListLine> next();
  /// UTF-16, or a line over max_list_line_octets: nothing behind it is read.
  const std::optional<ListFault>& fault() const { return fault_; }

 private:
  std::string_view rest_;
  std::uint32_t line_ = 0;
  std::optional<ListFault> fault_;
};

}  // namespace recipient_guard
