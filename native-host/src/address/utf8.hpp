// SPDX-License-Identifier: MPL-2.0
// UTF-8 (RFC 3629), one code point at a time, over octets that may be anything.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace recipient_guard {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  ///< octets taken; 1 where `valid` is false
  bool valid = false;
};

/// The code point that begins at `text[at]`; `at` lies inside `text`. Overlong forms, surrogates
/// and what lies above U+10FFFF are not valid.
CodePoint code_point_at(std::string_view text, std::size_t at);

bool is_utf8(std::string_view text);
bool is_ascii(std::string_view text);

/// At most the first `max_octets` of `text`, not cut within a character.
std::string_view utf8_prefix(std::string_view text, std::size_t max_octets);
/// `text`, or as much of it as utf8_prefix() gives and two dots.
std::string shortened(std::string_view text, std::size_t max_octets);

/// An octet that is no UTF-8 stands for itself.
std::u32string code_points_of(std::string_view text);
/// Each is a scalar value.
std::string utf8_of(std::u32string_view code_points);
/// `value` is a scalar value (no surrogate, at most U+10FFFF).
void append_utf8(std::string& text, char32_t value);

}  // namespace recipient_guard
