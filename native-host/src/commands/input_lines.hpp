// SPDX-License-Identifier: MPL-2.0
// Octets -> lines, bounded: of a line that is too long only so much is known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

inline constexpr std::size_t max_line_octets = 8 * 1024 * 1024;

struct InputLine {
  std::string_view text;  ///< without its LF; valid until the next call of the reader
  bool too_long = false;  ///< it was over max_line_octets; `text` is empty
};

class InputLines {
 public:
  void feed(std::string_view octets);
  /// No more octets will come: what is left is a line, unless it is nothing.
  void end();

  std::optional<InputLine> next();

 private:
  std::string buffer_;
  std::size_t start_ = 0;    // of the line that comes next
  std::size_t scanned_ = 0;  // no LF stands before this
  bool skipping_ = false;    // within a line that is too long
  bool ended_ = false;
};

}  // namespace recipient_guard
