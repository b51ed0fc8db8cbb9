// SPDX-License-Identifier: MPL-2.0
#include "address/encoded_word.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

#include "address/characters.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_charset_octets = 60;

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return -1;
}

std::optional<std::string> decode_q(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      octets += text[i] == '_' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) {
      return std::nullopt;
    }
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    octets += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return octets;
}

std::optional<std::string> decode_b(std::string_view text) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string octets;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      octets += static_cast<char>(bits >> count & 0xff);
    }
  }
  return octets;
}

std::optional<std::string> to_utf8(std::string_view charset, const std::string& octets) {
  if (charset.empty() || charset.size() > max_charset_octets) {
    return std::nullopt;
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(std::string(charset).c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) {
    return std::nullopt;
  }
  const icu::UnicodeString text(octets.data(), static_cast<int32_t>(octets.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) {
    return std::nullopt;
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

std::optional<std::string> decode_word(std::string_view word) {
  const std::size_t first = word.find('?', 2);
  if (first == std::string_view::npos || first + 5 > word.size()) {
    return std::nullopt;
  }
  std::string_view charset = word.substr(2, first - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231, 5: a language may follow
  const bool base64 = word[first + 1] == 'B' || word[first + 1] == 'b';
  const std::string_view text = word.substr(first + 3, word.size() - first - 5);
  const std::optional<std::string> octets = base64 ? decode_b(text) : decode_q(text);
  if (!octets) {
    return std::nullopt;
  }
  const std::optional<std::string> decoded = to_utf8(charset, *octets);
  if (!decoded) {
    return std::nullopt;
  }
  std::string result;
  for (std::size_t at = 0; at < decoded->size();) {
    const CodePoint point = code_point_at(*decoded, at);
    at += point.length;
    if (!is_control(point.value)) {
      append_utf8(result, point.value);
    }
  }
  return result;
}

}  // namespace recipient_guard
