// SPDX-License-Identifier: MPL-2.0
#include "address/idna.hpp"

#include <idn2.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "address/bidi_rule.hpp"
#include "address/characters.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

// A name of 253 octets takes at most this much in UTF-8: three octets for a full-width letter, a
// few combining marks. What is longer is refused before any table is looked at.
constexpr std::size_t max_typed_octets = 2048;

std::string from_idn2(char* text) {
  std::string result = text == nullptr ? std::string() : std::string(text);
  idn2_free(text);
  return result;
}

// UTS #46, non-transitional. Never with IDN2_USE_STD3_ASCII_RULES: that flag deletes the characters
// it forbids, so that `army.m il` becomes `army.mil`.
std::variant<std::string, DomainFault> idn2_ascii(const std::string& utf8) {
  std::uint8_t* output = nullptr;
  const auto* input = reinterpret_cast<const std::uint8_t*>(utf8.c_str());
  const int status = idn2_lookup_u8(input, &output, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  std::string result = from_idn2(reinterpret_cast<char*>(output));
  switch (status) {
    case IDN2_OK:
      return result;
    case IDN2_TOO_BIG_LABEL:
    case IDN2_PUNYCODE_BIG_OUTPUT:
      return DomainFault::label_too_long;
    case IDN2_TOO_BIG_DOMAIN:
      return DomainFault::domain_too_long;
    default:
      return DomainFault::not_a_name;
  }
}

bool turns_into(const std::string& utf8, std::string_view ascii) {
  const auto mapped = idn2_ascii(utf8);
  const auto* text = std::get_if<std::string>(&mapped);
  return text != nullptr && *text == ascii;
}

std::optional<std::string> idn2_unicode(const std::string& ascii) {
  char* output = nullptr;
  const int status = idn2_to_unicode_8z8z(ascii.c_str(), &output, 0);
  std::string result = from_idn2(output);
  if (status != IDN2_OK || result.empty() || !is_utf8(result)) {
    return std::nullopt;
  }
  return result;
}

bool is_a_label(std::string_view label) {
  return ascii_lower(label.substr(0, 4)) == "xn--";
}

// The label in Unicode, where it is what that Unicode label turns into again.
std::optional<std::string> unicode_label(std::string_view label) {
  if (!is_a_label(label)) {
    return std::string(label);
  }
  const std::string lower = ascii_lower(label);
  std::optional<std::string> unicode = idn2_unicode(lower);
  if (!unicode || is_ascii(*unicode) || !turns_into(*unicode, lower)) {
    return std::nullopt;
  }
  return unicode;
}

// U+3002, U+FF0E and U+FF61 are dots to UTS #46.
bool is_other_dot(char32_t point) {
  return point == 0x3002 || point == 0xff0e || point == 0xff61;
}

struct Typed {
  std::string text;  ///< with plain dots
  bool other_dots = false;
  bool name_characters = true;  ///< no ASCII but letters, digits, hyphen, dot
};

Typed look_at(std::string_view text) {
  Typed typed;
  typed.text.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.length;
    if (!point.valid || is_control(point.value)) {
      typed.name_characters = false;
    }
    if (point.value < 0x80) {
      const char c = static_cast<char>(point.value);
      if (!is_ascii_alphanumeric(c) && c != '-' && c != '.') {
        typed.name_characters = false;
      }
    }
    if (is_other_dot(point.value)) {
      typed.other_dots = true;
      typed.text += '.';
    } else if (point.value == 0x1e9e) {
      // The capital sharp s: Unicode 15.1 maps it to the small one, as Thunderbird does; the tables
      // of older libraries to `ss`, which is another name.
      append_utf8(typed.text, 0xdf);
    } else {
      append_utf8(typed.text, point.value);
    }
  }
  return typed;
}

// Nothing between two dots, or before the first; behind the last it is the root, written out.
std::optional<DomainFault> fault_of_dots(const std::vector<std::string_view>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].empty()) {
      const bool is_root = i > 0 && i + 1 == labels.size();
      return is_root ? DomainFault::trailing_dot : DomainFault::empty_label;
    }
  }
  return std::nullopt;
}

// What libidn2 leaves to its caller: the shape of the output.
std::variant<DomainName, DomainFault> checked(std::string_view ascii) {
  const std::vector<std::string_view> labels = labels_of(ascii);
  if (const auto fault = fault_of_dots(labels)) {
    return *fault;
  }
  for (const std::string_view label : labels) {
    if (label.size() > max_label_octets) {
      return DomainFault::label_too_long;
    }
  }
  if (ascii.size() > max_domain_octets) {
    return DomainFault::domain_too_long;
  }
  std::optional<DomainName> name = DomainName::from_ascii(ascii);
  if (!name) {
    return DomainFault::not_a_name;
  }
  return *std::move(name);
}

// More than lower-casing and NFC? Label by label, since an A-label may stand beside others.
bool is_mapped(const std::string& typed, const DomainName& name, const std::string& unicode) {
  const std::vector<std::string_view> before = labels_of(typed);
  const std::vector<std::string_view> after = name.labels();
  const std::vector<std::string_view> shown = labels_of(unicode);
  if (before.size() != after.size() || shown.size() != after.size()) {
    return true;
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (is_ascii(before[i])) {
      if (ascii_lower(before[i]) != after[i]) {
        return true;
      }
      continue;
    }
    // Characters that turn into plain ASCII, the Kelvin sign too, were never the name's own.
    if (!is_a_label(after[i])) {
      return true;
    }
    if (shown[i] != nfc(simple_lower(before[i]))) {
      return true;
    }
  }
  return false;
}

// UTS #46, section 2.3: sharp s, final sigma, the two joiners.
std::optional<DomainName> other_form(const std::string& unicode) {
  std::string other;
  bool found = false;
  for (std::size_t at = 0; at < unicode.size();) {
    const CodePoint point = code_point_at(unicode, at);
    at += point.length;
    switch (point.value) {
      case 0xdf:
        other += "ss";
        break;
      case 0x3c2:
        append_utf8(other, 0x3c3);
        break;
      case 0x200c:
      case 0x200d:
        break;
      default:
        append_utf8(other, point.value);
        continue;
    }
    found = true;
  }
  if (!found) {
    return std::nullopt;
  }
  std::string ascii = other;
  if (!is_ascii(other)) {
    const auto mapped = idn2_ascii(other);
    if (!std::holds_alternative<std::string>(mapped)) {
      return std::nullopt;
    }
    ascii = std::get<std::string>(mapped);
  }
  return DomainName::from_ascii(ascii);
}

std::variant<MappedDomain, DomainFault> map_international(const Typed& typed) {
  const auto ascii = idn2_ascii(typed.text);
  if (const auto* fault = std::get_if<DomainFault>(&ascii)) {
    return *fault;
  }
  auto shaped = checked(std::get<std::string>(ascii));
  if (const auto* fault = std::get_if<DomainFault>(&shaped)) {
    return *fault;
  }
  MappedDomain result{std::get<DomainName>(std::move(shaped)), false, {}};
  if (!turns_into(result.name.text(), result.name.text())) {
    return DomainFault::not_a_name;
  }
  std::string unicode;
  for (const std::string_view label : result.name.labels()) {
    const std::optional<std::string> shown = unicode_label(label);
    if (!shown) {
      return DomainFault::not_a_name;
    }
    unicode += (unicode.empty() ? "" : ".") + *shown;
  }
  if (!keeps_bidi_rule(unicode)) {
    return DomainFault::not_a_name;
  }
  result.mapped = typed.other_dots || is_mapped(typed.text, result.name, unicode);
  result.deviation = other_form(unicode);
  return result;
}

}  // namespace

std::variant<MappedDomain, DomainFault> to_domain_name(std::string_view text) {
  if (text.size() > max_typed_octets) {
    return DomainFault::domain_too_long;
  }
  const Typed typed = look_at(text);
  if (!typed.name_characters) {
    return DomainFault::not_a_name;
  }
  if (const auto fault = fault_of_dots(labels_of(typed.text))) {
    return *fault;
  }
  const std::string lower = ascii_lower(typed.text);
  const bool international =
      !is_ascii(lower) || lower.starts_with("xn--") || lower.find(".xn--") != std::string::npos;
  if (international) {
    return map_international(typed);
  }
  auto shaped = checked(lower);
  if (const auto* fault = std::get_if<DomainFault>(&shaped)) {
    return *fault;
  }
  return MappedDomain{std::get<DomainName>(std::move(shaped)), typed.other_dots, {}};
}

bool is_international(const DomainName& name) {
  return name.text().find("xn--") != std::string::npos;
}

std::string to_unicode(const DomainName& name) {
  if (!is_international(name)) {
    return name.text();
  }
  std::string result;
  result.reserve(name.text().size());
  for (const std::string_view label : name.labels()) {
    if (!result.empty()) {
      result += '.';
    }
    const std::optional<std::string> unicode = unicode_label(label);
    result += unicode ? *unicode : std::string(label);
  }
  return result;
}

}  // namespace recipient_guard
