// SPDX-License-Identifier: MPL-2.0
#include "document/list_file.hpp"

#include "document/encoding.hpp"

namespace recipient_guard {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '#' && !quoted && (i == 0 || is_blank(line[i - 1]))) {
      return line.substr(0, i);
    }
  }
  return line;
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) {
    line.remove_prefix(1);
  }
  while (!line.empty() && is_blank(line.back())) {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

ListReader::ListReader(std::string_view text) : rest_(without_byte_order_mark(text)) {
  if (const auto encoding = refused_encoding(text)) {
    fault_ = {1, "the file is " + std::string(*encoding) + "; save it as UTF-8"};
  }
}

std::optional<ListLine> ListReader::next() {
  while (!fault_ && !rest_.empty()) {
    ++line_;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (line.find('#') != std::string_view::npos) {
      line = without_comment(line);
    }
    line = trimmed(line);
    if (line.size() > max_list_line_octets) {
      fault_ = {line_, "the line is longer than " + std::to_string(max_list_line_octets) +
                           " octets; write one entry a line"};
      break;
    }
    if (!line.empty()) {
      return ListLine{line, line_};
    }
  }
  return std::nullopt;
}

}  // namespace recipient_guard
