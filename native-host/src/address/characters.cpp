// SPDX-License-Identifier: MPL-2.0
#include "address/characters.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

// Of eight octets in one number: 1 in each, and the highest bit of each.
constexpr std::uint64_t each = 0x0101010101010101;
constexpr std::uint64_t high = 0x80 * each;

UChar32 icu(char32_t point) {
  return static_cast<UChar32>(point);
}

std::string normalised(const icu::Normalizer2* form, UErrorCode status, std::string_view utf8) {
  std::string result;
  if (U_FAILURE(status)) {
    return result;
  }
  icu::StringByteSink<std::string> sink(&result);
  const icu::StringPiece piece(utf8.data(), static_cast<int32_t>(utf8.size()));
  form->normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status)) {
    result.clear();
  }
  return result;
}

template <typename Predicate>
bool any_point(std::string_view utf8, Predicate holds) {
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint point = code_point_at(utf8, at);
    if (point.valid && holds(point.value)) {
      return true;
    }
    at += point.length;
  }
  return false;
}

}  // namespace

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
}

bool is_invisible(char32_t point) {
  if (point < 0x80) {
    return false;
  }
  // Drawn as an empty space, though no property says so: Braille blank, null notehead.
  if (point == 0x2800 || point == 0x1d159) {
    return true;
  }
  if (u_hasBinaryProperty(icu(point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
      u_hasBinaryProperty(icu(point), UCHAR_BIDI_CONTROL)) {
    return true;
  }
  const int8_t category = u_charType(icu(point));
  return category == U_FORMAT_CHAR || category == U_SPACE_SEPARATOR;
}

bool is_blank(char32_t point) {
  return point == '\t' || u_charType(icu(point)) == U_SPACE_SEPARATOR;
}

bool is_no_character(char32_t point) {
  return point == 0xfffd || u_hasBinaryProperty(icu(point), UCHAR_NONCHARACTER_CODE_POINT);
}

bool has_control(std::string_view utf8) {
  if (!is_ascii(utf8)) {
    return any_point(utf8, is_control);
  }
  // Eight octets at a time: none is below 0x20 when adding 0x60 sets the highest bit of each, none
  // is 0x7f when adding 1 sets none of them.
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= utf8.size(); at += sizeof eight) {
    std::memcpy(&eight, utf8.data() + at, sizeof eight);
    if (((eight + 0x60 * each) & high) != high || ((eight + each) & high) != 0) {
      return true;
    }
  }
  return std::any_of(utf8.begin() + static_cast<std::ptrdiff_t>(at), utf8.end(),
                     [](char c) { return c < 0x20 || c == 0x7f; });
}

bool has_invisible(std::string_view utf8) {
  return !is_ascii(utf8) && any_point(utf8, is_invisible);
}

bool shows_nothing(std::string_view utf8) {
  return !any_point(utf8, [](char32_t point) {
    return point != U' ' && !is_control(point) && !is_invisible(point);
  });
}

char32_t plain_form(char32_t point) {
  if (point == 0x3000) {
    return U' ';
  }
  if (point >= 0xff01 && point <= 0xff5e) {
    return point - 0xff01 + U'!';
  }
  if (point < 0xfe50 || point > 0xfe6b) {
    return point;
  }
  // One ASCII character each; the gaps of the block are unassigned.
  static constexpr char small_forms[] = ",\0.\0;:?!\0(){}\0\0#&*+-<>=\0\\$%@";
  const char plain = small_forms[point - 0xfe50];
  return plain == '\0' ? point : static_cast<unsigned char>(plain);
}

std::string nfc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  return normalised(form, status, utf8);
}

std::string nfkc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(status);
  return normalised(form, status, utf8);
}

std::string simple_lower(std::string_view utf8) {
  if (is_ascii(utf8)) {
    return ascii_lower(utf8);
  }
  std::string result;
  result.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint point = code_point_at(utf8, at);
    append_utf8(result, static_cast<char32_t>(u_tolower(icu(point.value))));
    at += point.length;
  }
  return result;
}

std::string comparable_words(std::string_view text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(valid, point.value);
    at += point.length;
  }
  // In full: a sharp s is written SS in capitals.
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const std::string folded = normalised(form, status, valid);
  std::string words;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = code_point_at(folded, at);
    at += point.length;
    const bool parts = point.value == '_' || u_isUWhiteSpace(icu(point.value)) != 0 ||
                       u_hasBinaryProperty(icu(point.value), UCHAR_DASH) != 0;
    if (!parts && is_invisible(point.value)) {
      continue;
    }
    if (!parts) {
      append_utf8(words, point.value);
    } else if (words.empty() || words.back() != ' ') {
      words += ' ';
    }
  }
  return std::string(trim_spaces(words));
}

bool begins_with_letter_or_digit(std::string_view utf8) {
  return !utf8.empty() && u_isalnum(icu(code_point_at(utf8, 0).value)) != 0;
}

bool ends_in_letter_or_digit(std::string_view utf8) {
  std::size_t at = utf8.size();
  while (at > 0 && (static_cast<unsigned char>(utf8[--at]) & 0xC0U) == 0x80U) {
  }
  return !utf8.empty() && u_isalnum(icu(code_point_at(utf8, at).value)) != 0;
}

void lower_ascii(std::span<char> text) {
  // Eight octets at a time: the highest bit of each tells of the sums below whether it is a
  // capital.
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    const std::uint64_t rest = eight & ~high;
    const std::uint64_t from_a = rest + (0x80 - 'A') * each;
    const std::uint64_t behind_z = rest + (0x7f - 'Z') * each;
    eight |= ((from_a ^ behind_z) & ~eight & high) >> 2;  // 0x20, which makes a letter small
    std::memcpy(text.data() + at, &eight, sizeof eight);
  }
  for (; at < text.size(); ++at) {
    text[at] = ascii_lower(text[at]);
  }
}

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  lower_ascii(result);
  return result;
}

std::string_view trim_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace recipient_guard
