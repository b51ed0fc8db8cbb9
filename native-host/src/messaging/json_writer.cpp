// SPDX-License-Identifier: MPL-2.0
#include "messaging/json_writer.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>

#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

constexpr char32_t replacement = 0xFFFD;

void append_unit(std::string& out, char32_t unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    out += digits[(unit >> shift) & 0xFU];
  }
}

void append_escaped(std::string& out, char32_t value) {
  if (value >= 0x10000) {
    append_unit(out, 0xD800 + ((value - 0x10000) >> 10U));
    append_unit(out, 0xDC00 + ((value - 0x10000) & 0x3FFU));
  } else {
    append_unit(out, value);
  }
}

constexpr std::array<bool, 256> stand_for_themselves = [] {
  std::array<bool, 256> octets{};
  for (unsigned char octet = 0x20; octet < 0x7F; ++octet) {
    octets[octet] = octet != '"' && octet != '\\';
  }
  return octets;
}();

/// How many octets at the beginning do.
std::size_t plain_prefix(std::string_view text) {
  std::size_t plain = 0;
  while (plain < text.size() && stand_for_themselves[static_cast<unsigned char>(text[plain])]) {
    ++plain;
  }
  return plain;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t plain = plain_prefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) {
      break;
    }
    const CodePoint found = code_point_at(text, 0);
    if (text[0] == '"' || text[0] == '\\') {
      out += '\\';
      out += text[0];
    } else {
      append_escaped(out, found.valid ? found.value : replacement);
    }
    text.remove_prefix(found.length);
  }
  out += '"';
}

// A short text that needs no escape is put together first: each append is a call into the C++
// library.
JsonWriter& JsonWriter::quoted(std::string_view text, bool is_key) {
  constexpr std::size_t most_octets = 64;
  if (text.size() > most_octets || plain_prefix(text) < text.size()) {
    separate();
    append_json_text(out_, text);
    if (is_key) {
      out_ += ':';
    }
  } else {
    std::array<char, most_octets + 4> piece;  // NOLINT: filled as far as read
    std::size_t size = 0;
    if (needs_comma_) {
      piece[size++] = ',';
    }
    piece[size++] = '"';
    size += text.copy(&piece[size], text.size());
    piece[size++] = '"';
    if (is_key) {
      piece[size++] = ':';
    }
    out_.append(piece.data(), size);
  }
  needs_comma_ = !is_key;
  return *this;
}

JsonWriter& JsonWriter::null() {
  return raw("null");
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  separate();
  out_ += text;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) {
    return null();
  }
  std::array<char, 352> digits{};  // the largest double has 309 digits before the point
  const int length = std::snprintf(digits.data(), digits.size(), "%.4f", number);
  std::string_view text(digits.data(), static_cast<std::size_t>(length));
  std::string plain(text);
  for (char& c : plain) {
    c = c == ',' ? '.' : c;  // a locale's decimal comma
  }
  return raw(plain);
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) {
    out_ += ',';
  }
}

}  // namespace recipient_guard
