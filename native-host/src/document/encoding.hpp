// SPDX-License-Identifier: MPL-2.0
// How a text file begins: byte-order marks, and encodings that are refused by name.
#pragma once

#include <optional>
#include <string_view>

namespace recipient_guard {

inline constexpr std::string_view utf8_byte_order_mark = "\xEF\xBB\xBF";

/// `text` without the byte-order mark of UTF-8 before it.
std::string_view without_byte_order_mark(std::string_view text);

/// "UTF-16" or "UTF-32" where `text` begins as such a file does, with a byte-order mark or without.
std::optional<std::string_view> refused_encoding(std::string_view text);

}  // namespace recipient_guard
