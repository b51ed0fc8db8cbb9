// SPDX-License-Identifier: MPL-2.0
#include "lookalike/slip.hpp"

#include <algorithm>
#include <array>

namespace recipient_guard {
namespace {

constexpr std::array<std::string_view, 12> kind_names = {
    "homoglyph", "digits",   "doubled",   "undoubled",    "transposition", "dot",
    "hyphen",    "deletion", "insertion", "substitution", "suffix",        "several"};

constexpr bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || c > 0x7f;
}

SlipKind kind_of_insertion(std::u32string_view longer, std::size_t at, bool typed_is_longer) {
  const char32_t c = longer[at];
  if (is_digit(c)) {
    return SlipKind::digits;
  }
  const bool beside_its_like =
      (at > 0 && longer[at - 1] == c) || (at + 1 < longer.size() && longer[at + 1] == c);
  if (is_letter(c) && beside_its_like) {
    return typed_is_longer ? SlipKind::doubled : SlipKind::undoubled;
  }
  if (c == U'.') {
    return SlipKind::dot;
  }
  if (c == U'-') {
    return SlipKind::hyphen;
  }
  return typed_is_longer ? SlipKind::insertion : SlipKind::deletion;
}

std::optional<Edit> edit_of_equal_lengths(std::u32string_view typed, std::u32string_view meant,
                                          std::size_t prefix, std::size_t suffix) {
  const std::size_t differing = meant.size() - prefix - suffix;
  const char32_t a = typed[prefix];
  const char32_t b = meant[prefix];
  if (differing == 1) {
    const bool digits = is_digit(a) && is_digit(b);
    return Edit{digits ? SlipKind::digits : SlipKind::substitution, prefix, a, b};
  }
  if (differing == 2 && a == meant[prefix + 1] && typed[prefix + 1] == b) {
    const bool digits = is_digit(a) && is_digit(b);
    return Edit{digits ? SlipKind::digits : SlipKind::transposition, prefix, a, b};
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(SlipKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<Edit> one_edit(std::u32string_view typed, std::u32string_view meant) {
  const std::size_t shorter = std::min(typed.size(), meant.size());
  if (typed == meant || std::max(typed.size(), meant.size()) - shorter > 1) {
    return std::nullopt;
  }
  const auto [prefix, suffix] = common_ends(typed, meant);
  if (typed.size() == meant.size()) {
    return edit_of_equal_lengths(typed, meant, prefix, suffix);
  }
  if (prefix + suffix != shorter) {
    return std::nullopt;
  }
  const bool longer = typed.size() > meant.size();
  const SlipKind kind = kind_of_insertion(longer ? typed : meant, prefix, longer);
  return Edit{kind, prefix, longer ? typed[prefix] : U'\0', longer ? U'\0' : meant[prefix]};
}

}  // namespace recipient_guard
