// SPDX-License-Identifier: MPL-2.0
// Where the special characters of an address header stand, outside of quoted strings, comments and
// domain literals (RFC 5322, 3.2). Internal to this room.
#pragma once

#include <cstddef>
#include <string_view>

namespace recipient_guard {

inline constexpr std::size_t nowhere = std::string_view::npos;

/// A count of the specials in a stretch of text, in one pass.
struct Specials {
  std::size_t first_open = nowhere;   ///< the first `<`
  std::size_t first_close = nowhere;  ///< the first `>`
  std::size_t last_at = nowhere;
  std::size_t first_colon = nowhere;
  std::size_t opens = 0;
  std::size_t closes = 0;
  std::size_t ats = 0;  ///< `@`, and its full-width and small forms
  std::size_t plain_ats = 0;
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t colons = 0;
  std::size_t comments = 0;
  std::size_t literals = 0;
  bool unbalanced = false;  ///< a quote, comment or bracket that does not end, or was not begun
  /// A comment or literal that holds what ends it sooner for some, or a backslash before a special.
  bool ambiguous = false;
  /// `=?` that some read as an encoded word of other extent than we do (RFC 2047).
  bool odd_encoded_word = false;
};

Specials find_specials(std::string_view text);

/// The octets that a well-formed encoded word takes at `text[at]`, 0 where none stands there.
std::size_t encoded_word_length(std::string_view text, std::size_t at);

/// One past the closing quote of the quoted string that opens at `text[at]`, or nowhere.
std::size_t end_of_quoted_string(std::string_view text, std::size_t at);

}  // namespace recipient_guard
