// SPDX-License-Identifier: MPL-2.0
#include "address/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace recipient_guard {
namespace {

unsigned octet(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// How many octets at the beginning are ASCII; told in eights but for the last ones.
std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & high_bits) != 0) {
      return at;
    }
  }
  while (at < text.size() && octet(text, at) < 0x80) {
    ++at;
  }
  return at;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const unsigned lead = octet(text, at);
  if (lead < 0x80) {
    return {lead, 1, true};
  }
  std::size_t length = 0;
  char32_t value = 0;
  char32_t least = 0;
  if (lead >= 0xc2 && lead <= 0xdf) {
    length = 2, value = lead & 0x1f, least = 0x80;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    length = 3, value = lead & 0x0f, least = 0x800;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    length = 4, value = lead & 0x07, least = 0x10000;
  } else {
    return {lead, 1, false};
  }
  if (text.size() - at < length) {
    return {lead, 1, false};
  }
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned next = octet(text, at + i);
    if ((next & 0xc0) != 0x80) {
      return {lead, 1, false};
    }
    value = (value << 6) | (next & 0x3f);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < least || value > 0x10ffff || surrogate) {
    return {lead, 1, false};
  }
  return {value, length, true};
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = ascii_prefix(text); at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.valid) {
      return false;
    }
    at += point.length;
  }
  return true;
}

bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_octets) {
  std::size_t end = max_octets;
  while (end > 0 && end < text.size() && (octet(text, end) & 0xc0) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

std::string shortened(std::string_view text, std::size_t max_octets) {
  return text.size() <= max_octets ? std::string(text)
                                   : std::string(utf8_prefix(text, max_octets)) + "..";
}

std::u32string code_points_of(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    points += point.value;
    at += point.length;
  }
  return points;
}

std::string utf8_of(std::u32string_view code_points) {
  std::string text;
  text.reserve(code_points.size());
  for (const char32_t point : code_points) {
    append_utf8(text, point);
  }
  return text;
}

void append_utf8(std::string& text, char32_t value) {
  const auto put = [&text](char32_t octets) { text += static_cast<char>(octets); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xc0 | (value >> 6));
    put(0x80 | (value & 0x3f));
  } else if (value < 0x10000) {
    put(0xe0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3f));
    put(0x80 | (value & 0x3f));
  } else {
    put(0xf0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3f));
    put(0x80 | ((value >> 6) & 0x3f));
    put(0x80 | (value & 0x3f));
  }
}

}  // namespace recipient_guard
