// SPDX-License-Identifier: MPL-2.0
#include "lookalike/local_part_slip.hpp"

#include <algorithm>

#include "address/utf8.hpp"
#include "lookalike/skeleton.hpp"

namespace recipient_guard {
namespace {

constexpr std::u32string_view separators = U".-_+";

bool is_separator(char32_t c) {
  return separators.find(c) != std::u32string_view::npos;
}

bool has_digit(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

/// The part between separators at `position`, or the one that ends there.
std::u32string_view part_at(std::u32string_view text, std::size_t position) {
  std::size_t begin = std::min(position, text.size());
  std::size_t end = begin;
  while (begin > 0 && !is_separator(text[begin - 1])) {
    --begin;
  }
  while (end < text.size() && !is_separator(text[end])) {
    ++end;
  }
  return text.substr(begin, end - begin);
}

std::optional<Edit> edit_between(std::u32string_view typed, std::u32string_view meant) {
  const auto edit = one_edit(typed, meant);
  const bool look_alike = edit && edit->typed != 0 && edit->meant != 0 &&
                          edit->kind == SlipKind::substitution &&
                          skeleton_of(typed) == skeleton_of(meant);
  if (look_alike) {
    return Edit{SlipKind::homoglyph, edit->position, edit->typed, edit->meant};
  }
  if (edit || skeleton_of(typed) != skeleton_of(meant) || typed == meant) {
    return edit;
  }
  const std::size_t shorter = std::min(typed.size(), meant.size());
  std::size_t position = 0;
  while (position < shorter && typed[position] == meant[position]) {
    ++position;
  }
  return Edit{SlipKind::homoglyph, position, 0, 0};
}

/// Pasted along with a quoted address: 'ada@..
bool is_stray_mark(const Edit& edit, std::u32string_view typed) {
  constexpr std::u32string_view marks = U"'`*=|";
  return edit.kind == SlipKind::insertion && marks.find(edit.typed) != std::u32string_view::npos &&
         (edit.position == 0 || edit.position + 1 == typed.size());
}

/// No separator in front, at the end, or beside another.
bool is_well_separated(std::u32string_view text) {
  bool after_separator = true;
  for (const char32_t c : text) {
    if (is_separator(c) && after_separator) {
      return false;
    }
    after_separator = is_separator(c);
  }
  return !after_separator;
}

/// A separator against another, or against none: john.smith, john_smith, johnsmith.
bool is_other_separator(const Edit& edit, std::u32string_view typed, std::u32string_view meant) {
  const bool separators_alone = (edit.typed == 0 || is_separator(edit.typed)) &&
                                (edit.meant == 0 || is_separator(edit.meant)) &&
                                (edit.typed != 0 || edit.meant != 0);
  return separators_alone && edit.kind != SlipKind::transposition && is_well_separated(typed) &&
         is_well_separated(meant);
}

bool differs_in_plural(const Edit& edit, std::u32string_view typed, std::u32string_view meant) {
  const std::u32string_view longer = typed.size() > meant.size() ? typed : meant;
  return typed.size() != meant.size() && edit.position + 1 >= longer.size() &&
         longer.back() == U's';
}

}  // namespace

std::optional<LocalPartSlip> local_part_slip(std::string_view typed_text,
                                             std::string_view meant_text) {
  const std::u32string typed = code_points_of(typed_text);
  const std::u32string meant = code_points_of(meant_text);
  const auto edit = edit_between(typed, meant);
  if (!edit) {
    return std::nullopt;
  }
  LocalPartSlip slip;
  slip.kind = edit->kind;
  slip.length = static_cast<std::size_t>(
      std::count_if(meant.begin(), meant.end(), [](char32_t c) { return !is_separator(c); }));
  // Two letters swapped or one doubled is no other initial, wherever it stands.
  slip.stray_mark = is_stray_mark(*edit, typed);
  slip.first_character = edit->position == 0 && !slip.stray_mark &&
                         edit->kind != SlipKind::transposition && edit->kind != SlipKind::doubled &&
                         edit->kind != SlipKind::undoubled;
  if (edit->kind == SlipKind::substitution) {
    slip.neighbouring_keys = layouts_with_neighbours(edit->typed, edit->meant);
  }
  slip.separator = edit->kind != SlipKind::transposition &&
                   (is_separator(edit->typed) || is_separator(edit->meant));
  slip.other_separator = is_other_separator(*edit, typed, meant);
  slip.number = edit->kind == SlipKind::digits && has_digit(typed) && has_digit(meant);
  const std::size_t tag = std::min(typed.find(U'+'), meant.find(U'+'));
  slip.tag = tag != std::u32string::npos && edit->position >= tag;
  slip.plural = differs_in_plural(*edit, typed, meant);
  const std::u32string_view typed_part = part_at(typed, edit->position);
  const std::u32string_view meant_part = part_at(meant, edit->position);
  slip.initial = !slip.separator && std::min(typed_part.size(), meant_part.size()) <= 1;
  slip.typed_part = utf8_of(typed_part);
  slip.meant_part = utf8_of(meant_part);
  return slip;
}

}  // namespace recipient_guard
