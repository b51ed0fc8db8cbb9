// SPDX-License-Identifier: MPL-2.0
#include "messaging/json_writer.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>

namespace recipient_guard {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Scalar {
  char32_t value = replacement;
  std::size_t octets = 1;
};

// The scalar value at the front of `text`, which is not empty (RFC 3629: shortest form, no
// surrogates, at most U+10FFFF); one octet of what is none.
Scalar first_scalar(std::string_view text) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = octet(0);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 1) {
    return {lead, 1};
  }
  if (length == 0 || text.size() < length) {
    return {};
  }
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xC0U) != 0x80U) {
      return {};
    }
    value = (value << 6U) | (octet(i) & 0x3FU);
  }
  const bool too_long = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (too_long || surrogate || value > 0x10FFFF) {
    return {};
  }
  return {value, length};
}

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

constexpr bool stands_for_itself(unsigned char octet) {
  return octet >= 0x20 && octet < 0x7F && octet != '"' && octet != '\\';
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && stands_for_itself(static_cast<unsigned char>(text[plain]))) {
      ++plain;
    }
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) {
      break;
    }
    const Scalar scalar = first_scalar(text);
    if (scalar.value == U'"' || scalar.value == U'\\') {
      out += '\\';
      out += static_cast<char>(scalar.value);
    } else if (scalar.value == U'\n') {
      out += "\\n";
    } else if (scalar.value == U'\t') {
      out += "\\t";
    } else {
      append_escaped(out, scalar.value);
    }
    text.remove_prefix(scalar.octets);
  }
  out += '"';
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_text(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view text) {
  separate();
  out_ += text;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_text(out_, text);
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
