// SPDX-License-Identifier: MPL-2.0
#include "document/encoding.hpp"

namespace recipient_guard {

using namespace std::string_view_literals;

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(utf8_byte_order_mark)) {
    text.remove_prefix(utf8_byte_order_mark.size());
  }
  return text;
}

std::optional<std::string_view> refused_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) {
    return "UTF-32";
  }
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) {
    return "UTF-16";
  }
  // Without a mark: what we read begins with an ASCII character, so the zeros beside it tell.
  if (text.size() < 2 || (text[0] != '\0') == (text[1] != '\0')) {
    return std::nullopt;
  }
  const bool four_octets =
      text.size() >= 4 && text[0] != '\0' && text[2] == '\0' && text[3] == '\0';
  return four_octets ? "UTF-32" : "UTF-16";
}

}  // namespace recipient_guard
