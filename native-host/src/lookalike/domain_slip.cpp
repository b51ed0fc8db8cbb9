// SPDX-License-Identifier: MPL-2.0
#include "lookalike/domain_slip.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "lookalike/skeleton.hpp"

namespace recipient_guard {
namespace {

constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::u32string without_dots(std::u32string_view text) {
  std::u32string rest(text);
  std::erase(rest, U'.');
  return rest;
}

/// Labels in `text` from `position` on, the one at `position` included.
std::size_t labels_from(std::u32string_view text, std::size_t position) {
  const auto behind = text.substr(std::min(position, text.size()));
  return static_cast<std::size_t>(std::count(behind.begin(), behind.end(), U'.')) + 1;
}

std::size_t label_begin(std::u32string_view text, std::size_t position) {
  const std::size_t dot = position == 0 ? std::u32string_view::npos : text.rfind(U'.', position - 1);
  return dot == std::u32string_view::npos ? 0 : dot + 1;
}

/// A letter comes before the number that differs, and the label ends with it: room1, ren-2.
bool in_trailing_number(std::u32string_view text, std::size_t position) {
  std::size_t end = position;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  std::size_t begin = std::min(position, text.size());
  while (begin > 0 && is_digit(text[begin - 1])) {
    --begin;
  }
  return (end == text.size() || text[end] == U'.') && begin > label_begin(text, position);
}

std::u32string_view label_at(std::u32string_view text, std::size_t position) {
  const std::size_t begin = label_begin(text, position);
  return text.substr(begin, std::min(text.find(U'.', begin), text.size()) - begin);
}

/// The codes that end the names of American towns and counties (ISO 3166-2:US).
bool is_state_code(std::u32string_view code) {
  constexpr std::u32string_view codes =
      U"al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj "
      U"nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr";
  const std::size_t at = codes.find(code);
  return code.size() == 2 && at != std::u32string_view::npos && at % 3 == 0;
}

/// Both labels end in a state's code, and nothing but that code differs.
bool differ_in_state_code(std::u32string_view typed, std::u32string_view meant) {
  constexpr std::size_t code = 2;
  return typed.size() == meant.size() && typed.size() > code + 1 &&
         typed.substr(0, typed.size() - code) == meant.substr(0, meant.size() - code) &&
         is_state_code(typed.substr(typed.size() - code)) &&
         is_state_code(meant.substr(meant.size() - code));
}

std::size_t label_count(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '.')) + 1;
}

/// `meant` without its public suffix.
std::u32string_view before_suffix(std::u32string_view meant, std::size_t suffix_labels) {
  for (std::size_t i = 0; i < suffix_labels && meant.find(U'.') != meant.npos; ++i) {
    meant = meant.substr(0, meant.rfind(U'.'));
  }
  return meant;
}

bool is_beside_neighbour_key(const Edit& edit, std::u32string_view meant) {
  if (edit.typed == 0) {
    return false;
  }
  if (edit.meant != 0) {
    return are_neighbouring_keys(edit.typed, edit.meant);
  }
  const std::size_t at = edit.position;
  return (at < meant.size() && are_neighbouring_keys(edit.typed, meant[at])) ||
         (at > 0 && are_neighbouring_keys(edit.typed, meant[at - 1]));
}

SlipShape shape_of(SlipKind kind, const std::optional<Edit>& edit, std::u32string_view typed,
                   std::u32string_view meant, std::size_t suffix_labels) {
  SlipShape shape;
  const std::u32string_view stem = before_suffix(meant, suffix_labels);
  if (kind == SlipKind::dot) {
    shape.name_length = without_dots(stem).size();  // all of it had to agree
    return shape;
  }
  const std::size_t dot = stem.rfind(U'.');
  shape.name_length = stem.size() - (dot == stem.npos ? 0 : dot + 1);
  if (!edit) {
    return shape;
  }
  const std::size_t labels = labels_from(meant, edit->position);
  shape.place = labels <= suffix_labels       ? SlipPlace::suffix
                : labels == suffix_labels + 1 ? SlipPlace::name
                                              : SlipPlace::subdomain;
  shape.first_character = edit->position == label_begin(meant, edit->position);
  if (kind == SlipKind::digits) {
    const bool longer = typed.size() > meant.size();
    shape.trailing_number = in_trailing_number(longer ? typed : meant, edit->position);
  }
  const std::u32string_view label = label_at(meant, edit->position);
  if (typed.size() == meant.size()) {
    shape.trailing_code = differ_in_state_code(label_at(typed, edit->position), label);
    shape.country_code = shape.place == SlipPlace::suffix && label.size() == 2;
  }
  shape.neighbouring_keys = is_beside_neighbour_key(*edit, meant);
  return shape;
}

std::optional<SlipKind> kind_between(std::u32string_view typed, std::u32string_view meant,
                                     const std::optional<Edit>& edit) {
  if (skeleton_of(typed) == skeleton_of(meant)) {
    return SlipKind::homoglyph;
  }
  const bool only_dots = without_dots(typed) == without_dots(meant);
  if (only_dots && (!edit || edit->kind > SlipKind::dot)) {
    return SlipKind::dot;
  }
  return edit ? std::optional(edit->kind) : std::nullopt;
}

}  // namespace

std::optional<DomainSlip> slip_between(const DomainName& typed_name, const DomainName& meant_name,
                                       const PublicSuffixes& suffixes) {
  if (typed_name == meant_name) {
    return std::nullopt;
  }
  const std::u32string typed = characters_of(typed_name);
  const std::u32string meant = characters_of(meant_name);
  const std::optional<Edit> edit = one_edit(typed, meant);
  const std::optional<SlipKind> kind = kind_between(typed, meant, edit);
  if (!kind) {
    return std::nullopt;
  }
  const std::size_t suffix_labels = label_count(suffixes.suffix_of(meant_name));
  return DomainSlip{*kind, shape_of(*kind, edit, typed, meant, suffix_labels)};
}

std::vector<DomainName> comparable_parents(const DomainName& typed,
                                           const PublicSuffixes& suffixes) {
  std::vector<DomainName> parents;
  std::string_view text = typed.text();
  const std::size_t suffix_size = suffixes.suffix_of(typed).size();
  for (bool whole = true;; whole = false) {
    const std::size_t dot = text.find('.');
    // A public suffix is compared only where it is all that was typed and could be a lost dot
    // (`navymil`) or a wrong end; a top-level domain that exists is nobody's name.
    const bool may_be_name = text.size() > suffix_size ||
                             (whole && dot != std::string_view::npos) ||
                             !suffixes.top_level_exists(typed);
    if (may_be_name) {
      parents.push_back(*DomainName::from_ascii(text));
    }
    if (dot == std::string_view::npos || parents.size() == most_parents) {
      return parents;
    }
    text.remove_prefix(dot + 1);
  }
}

std::optional<DomainName> with_end_replaced(const DomainName& typed, const DomainName& old_end,
                                            const DomainName& new_end) {
  const std::size_t kept = typed.text().size() - old_end.text().size();
  return DomainName::from_ascii(typed.text().substr(0, kept) + new_end.text());
}

}  // namespace recipient_guard
