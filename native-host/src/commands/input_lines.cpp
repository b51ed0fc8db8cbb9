// SPDX-License-Identifier: MPL-2.0
#include "commands/input_lines.hpp"

namespace recipient_guard {

void InputLines::feed(std::string_view octets) {
  buffer_.erase(0, start_);
  scanned_ -= start_;
  start_ = 0;
  buffer_ += octets;
}

void InputLines::end() {
  ended_ = true;
}

std::optional<InputLine> InputLines::next() {
  const std::size_t found = buffer_.find('\n', scanned_);
  if (found == std::string::npos && !ended_) {
    scanned_ = buffer_.size();
    if (scanned_ - start_ > max_line_octets) {
      skipping_ = true;
      start_ = scanned_;
    }
    return std::nullopt;
  }
  const std::size_t stop = found == std::string::npos ? buffer_.size() : found;
  const std::string_view text = std::string_view(buffer_).substr(start_, stop - start_);
  if (found == std::string::npos && text.empty() && !skipping_) {
    return std::nullopt;
  }
  const bool too_long = skipping_ || text.size() > max_line_octets;
  skipping_ = false;
  start_ = found == std::string::npos ? stop : stop + 1;
  scanned_ = start_;
  return InputLine{too_long ? std::string_view() : text, too_long};
}

}  // namespace recipient_guard
