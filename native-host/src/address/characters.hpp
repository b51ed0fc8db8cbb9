// SPDX-License-Identifier: MPL-2.0
// Classes of characters that matter in an address, by the Unicode properties of ICU (UAX #44,
// UAX #9), and the normal forms of UAX #15.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace recipient_guard {

/// C0, DEL, C1 and the line and paragraph separators: what ends a line, rings a bell or is dropped
/// on the way, depending on who reads.
bool is_control(char32_t point);

/// Seen as nothing or as a blank, or re-orders what stands beside it: default ignorable code points
/// (zero-width, joiners, variation selectors, soft hyphen, fillers), format and bidi controls, and
/// every blank outside ASCII. An ASCII space is not among them.
bool is_invisible(char32_t point);

/// A tab or a space of any width.
bool is_blank(char32_t point);

/// No character and never one: U+FFFE, U+FDD0 ..; or the sign that one was lost (U+FFFD).
bool is_no_character(char32_t point);

bool has_control(std::string_view utf8);
bool has_invisible(std::string_view utf8);
/// Nothing in it that anybody could read: blanks of any script, and what is not seen at all.
bool shows_nothing(std::string_view utf8);

/// A full-width or small form (U+FF01 .. U+FF5E, U+FE50 .. U+FE6B) as the plain ASCII character
/// that it stands for, U+3000 as a space; any other unchanged.
char32_t plain_form(char32_t point);

/// `utf8` is valid. Where ICU cannot (no memory), an empty text for one that was not.
std::string nfc(std::string_view utf8);
std::string nfkc(std::string_view utf8);

/// Each code point in its simple lower case, without regard to context or language.
std::string simple_lower(std::string_view utf8);

/// `text` as words are compared: NFKC, case folded, each run of blanks, dashes and underscores one
/// space, invisible characters left out. What is no UTF-8 becomes U+FFFD.
std::string comparable_words(std::string_view text);
bool begins_with_letter_or_digit(std::string_view utf8);
bool ends_in_letter_or_digit(std::string_view utf8);

/// ASCII letters in lower case, all other octets as they are.
std::string ascii_lower(std::string_view text);
void lower_ascii(std::span<char> text);  ///< in place
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_ascii_alphanumeric(char c) {
  const char small = ascii_lower(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
}

/// Without the ASCII spaces at both ends.
std::string_view trim_spaces(std::string_view text);

}  // namespace recipient_guard
