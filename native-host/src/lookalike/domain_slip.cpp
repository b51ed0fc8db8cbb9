// SPDX-License-Identifier: MPL-2.0
#include "lookalike/domain_slip.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>

#include "lookalike/skeleton.hpp"

namespace recipient_guard {
namespace {

bool is_mark(char32_t c) {
  return c == U'-' || c == U'.';
}

/// What is left of both without the characters of a kind is the same.
template <typename Kind>
bool equal_without(Kind is_of_kind, std::u32string_view a, std::u32string_view b) {
  for (std::size_t in_a = 0, in_b = 0;; ++in_a, ++in_b) {
    while (in_a < a.size() && is_of_kind(a[in_a])) {
      ++in_a;
    }
    while (in_b < b.size() && is_of_kind(b[in_b])) {
      ++in_b;
    }
    if (in_a == a.size() || in_b == b.size()) {
      return in_a == a.size() && in_b == b.size();
    }
    if (a[in_a] != b[in_b]) {
      return false;
    }
  }
}

/// Labels in `text` from `position` on, the one at `position` included.
std::size_t labels_from(std::u32string_view text, std::size_t position) {
  const auto behind = text.substr(std::min(position, text.size()));
  return static_cast<std::size_t>(std::count(behind.begin(), behind.end(), U'.')) + 1;
}

std::size_t label_begin(std::u32string_view text, std::size_t position) {
  const std::size_t dot =
      position == 0 ? std::u32string_view::npos : text.rfind(U'.', position - 1);
  return dot == std::u32string_view::npos ? 0 : dot + 1;
}

/// The number that differs begins or ends the label, and the label holds more: room1, 6thmarines.
bool is_number_at_end(std::u32string_view text, std::size_t position) {
  std::size_t end = position;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  std::size_t begin = std::min(position, text.size());
  while (begin > 0 && is_digit(text[begin - 1])) {
    --begin;
  }
  const bool at_end = end == text.size() || text[end] == U'.';
  const bool at_begin = begin == label_begin(text, position);
  return at_end != at_begin;
}

std::u32string_view label_at(std::u32string_view text, std::size_t position) {
  const std::size_t begin = label_begin(text, position);
  return text.substr(begin, std::min(text.find(U'.', begin), text.size()) - begin);
}

/// Codes that begin or end names of public bodies: two names that differ in nothing else are two
/// bodies, of two states or of one town. All are of two letters.
struct BodyCodes {
  std::u32string_view codes;
  bool begin_names;
};
/// The states of America and what counts as one (ISO 3166-2:US): nccourts, claycountytn.
constexpr std::u32string_view state_codes =
    U"al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj "
    U"nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr";
constexpr BodyCodes body_codes[] = {
    {state_codes, true},
    // A town's police and fire departments: the commonest ending, behind those of states, that one
    // letter tells apart among real .gov names.
    {U"pd fd", false},
};

bool is_one_of(std::u32string_view codes, std::u32string_view code) {
  const std::size_t at = codes.find(code);
  return code.size() == 2 && at != std::u32string_view::npos && at % 3 == 0;
}

/// Nothing differs but such a code, and both have one: claycountytn, claycountytx; nccourts,
/// nycourts; culvercitypd, culvercityfd.
bool differ_in_body_code(std::u32string_view typed, std::u32string_view meant) {
  constexpr std::size_t code = 2;
  if (typed.size() != meant.size() || typed.size() <= code + 1) {
    return false;
  }
  const std::size_t rest = typed.size() - code;
  const bool at_end = typed.substr(0, rest) == meant.substr(0, rest);
  const bool at_begin = typed.substr(code) == meant.substr(code);
  return std::any_of(std::begin(body_codes), std::end(body_codes), [&](const BodyCodes& one) {
    return (at_end && is_one_of(one.codes, typed.substr(rest)) &&
            is_one_of(one.codes, meant.substr(rest))) ||
           (at_begin && one.begin_names && is_one_of(one.codes, typed.substr(0, code)) &&
            is_one_of(one.codes, meant.substr(0, code)));
  });
}

/// `meant` without its public suffix.
std::u32string_view before_suffix(std::u32string_view meant, std::size_t suffix_labels) {
  for (std::size_t i = 0; i < suffix_labels && meant.find(U'.') != meant.npos; ++i) {
    meant = meant.substr(0, meant.rfind(U'.'));
  }
  return meant;
}

KeyboardLayouts layouts_of_neighbour_key(const Edit& edit, std::u32string_view meant) {
  if (edit.typed == 0) {
    return {};
  }
  if (edit.meant != 0) {
    return layouts_with_neighbours(edit.typed, edit.meant);
  }
  KeyboardLayouts found;
  const std::size_t at = edit.position;
  if (at < meant.size()) {
    found = layouts_with_neighbours(edit.typed, meant[at]);
  }
  return at > 0 ? found | layouts_with_neighbours(edit.typed, meant[at - 1]) : found;
}

/// Of two texts of one length; 0 where they have not one.
std::size_t differing_places(std::u32string_view a, std::u32string_view b) {
  if (a.size() != b.size()) {
    return 0;
  }
  return a.size() -
         std::inner_product(a.begin(), a.end(), b.begin(), std::size_t{0}, std::plus<>(),
                            [](char32_t one, char32_t other) { return one == other ? 1U : 0U; });
}

bool is_outside_ascii(char32_t c) {
  return c > 0x7f;
}

bool is_among_letters(std::u32string_view text, std::size_t position) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && text[at] != U'.' && text[at] != U'-' && !is_digit(text[at]);
  };
  return position > 0 && is_letter(position - 1) && is_letter(position + 1);
}

/// `text` has the character at `position` beside its like.
bool is_doubled_at(std::u32string_view text, std::size_t position) {
  const char32_t c = text[position];
  return (position > 0 && text[position - 1] == c) ||
         (position + 1 < text.size() && text[position + 1] == c);
}

bool is_swap(const Edit& edit, std::u32string_view typed, std::u32string_view meant) {
  const std::size_t at = edit.position;
  return typed.size() == meant.size() && at + 1 < meant.size() && typed[at] != typed[at + 1] &&
         typed[at] == meant[at + 1] && typed[at + 1] == meant[at];
}

/// An exchange of look-alikes in ASCII takes the place of at most two characters.
bool is_one_exchange(std::u32string_view typed, std::u32string_view meant) {
  const auto [prefix, suffix] = common_ends(typed, meant);
  return std::max(typed.size(), meant.size()) - prefix - suffix <= 2;
}

/// Where in the name the edit stands, and what its label is like.
void add_place(SlipShape& shape, const Edit& edit, std::u32string_view typed,
               std::u32string_view meant, std::size_t suffix_labels) {
  const std::size_t labels = labels_from(meant, edit.position);
  shape.place = labels <= suffix_labels       ? SlipPlace::suffix
                : labels == suffix_labels + 1 ? SlipPlace::name
                                              : SlipPlace::subdomain;
  const std::u32string_view label = label_at(meant, edit.position);
  const std::size_t begin = label_begin(meant, edit.position);
  shape.label_length = label.size();
  shape.first_character = edit.position == begin;
  // A character too many at the end stands behind the last of the meant label.
  shape.last_character = edit.position + (edit.meant != 0 ? 1 : 0) == begin + label.size();
  if (typed.size() == meant.size()) {
    shape.body_code = differ_in_body_code(label_at(typed, edit.position), label);
  }
  shape.shared_subdomain = shape.place != SlipPlace::subdomain &&
                           before_suffix(meant, suffix_labels).find(U'.') != meant.npos;
}

/// The label took another's place and is a code of two letters as well: before the registered label
/// a country's or a state's (uk.example.com, us.example.com), in a public suffix any that makes
/// another suffix (co.uk, co.us; c9.uk is none).
bool is_other_code(const DomainName& typed, std::u32string_view label, SlipPlace place,
                   std::size_t suffix_labels, const PublicSuffixes& suffixes) {
  if (label.size() != 2 || place == SlipPlace::name) {
    return false;
  }
  if (place == SlipPlace::suffix) {
    return count_labels(suffixes.suffix_of(typed)) == suffix_labels;
  }
  const auto alone = DomainName::from_ascii(std::string(label.begin(), label.end()));
  return is_one_of(state_codes, label) || (alone && suffixes.top_level_exists(*alone));
}

void add_key(SlipShape& shape, const Edit& edit, std::u32string_view typed,
             std::u32string_view meant) {
  shape.neighbouring_keys = layouts_of_neighbour_key(edit, meant);
  if (edit.typed != 0 && edit.meant != 0) {
    shape.digit_for_letter = is_digit(edit.typed) != is_digit(edit.meant);
    shape.wrong_doubled =
        is_doubled_at(typed, edit.position) && is_doubled_at(meant, edit.position);
  }
}

/// What a digit more, less or other makes of the number it stands in. `shape` has its place.
void add_number(SlipShape& shape, const Edit& edit, std::u32string_view typed,
                std::u32string_view meant) {
  const bool longer = typed.size() > meant.size();
  const std::u32string_view with_number = longer ? typed : meant;
  const std::u32string_view label = label_at(meant, edit.position);
  shape.digits_swapped = is_swap(edit, typed, meant);
  shape.number_at_end = !shape.digits_swapped && is_number_at_end(with_number, edit.position);
  shape.digit_among_letters = longer && is_among_letters(typed, edit.position);
  shape.first_digit = longer && shape.place == SlipPlace::name &&
                      std::none_of(label.begin(), label.end(), is_digit);
}

SlipShape shape_of(SlipKind kind, const std::optional<Edit>& edit, std::u32string_view typed,
                   std::u32string_view meant, std::size_t suffix_labels) {
  SlipShape shape;
  const std::u32string_view stem = before_suffix(meant, suffix_labels);
  const std::size_t dot = stem.rfind(U'.');
  shape.name_length = stem.size() - (dot == stem.npos ? 0 : dot + 1);
  shape.label_length = shape.name_length;
  shape.letters = meant.size() - static_cast<std::size_t>(std::ranges::count_if(meant, is_mark));
  shape.only_marks = equal_without(is_mark, typed, meant);
  shape.other_characters =
      kind == SlipKind::homoglyph && std::any_of(typed.begin(), typed.end(), is_outside_ascii);
  shape.several_twins =
      kind == SlipKind::homoglyph && !shape.other_characters && !is_one_exchange(typed, meant);
  if (!edit || shape.only_marks) {
    return shape;
  }
  add_place(shape, *edit, typed, meant, suffix_labels);
  if (kind == SlipKind::digits) {
    add_number(shape, *edit, typed, meant);
  }
  add_key(shape, *edit, typed, meant);
  return shape;
}

std::optional<SlipKind> kind_between(std::u32string_view typed, std::u32string_view meant,
                                     const std::optional<Edit>& edit) {
  if (skeleton_of(typed) == skeleton_of(meant)) {
    return SlipKind::homoglyph;
  }
  if (!equal_without(is_mark, typed, meant)) {
    return edit ? std::optional(edit->kind) : std::nullopt;
  }
  // Marks alone differ. A swap of a mark and its neighbour keeps its name, which is told first.
  const bool dots_differ = !equal_without([](char32_t c) { return c == U'-'; }, typed, meant);
  const SlipKind kind = dots_differ ? SlipKind::dot : SlipKind::hyphen;
  return edit ? std::min(edit->kind, kind) : kind;
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
  const std::size_t suffix_labels = count_labels(suffixes.suffix_of(meant_name));
  DomainSlip slip{*kind, shape_of(*kind, edit, typed, meant, suffix_labels)};
  if (edit && !slip.shape.only_marks && typed.size() == meant.size()) {
    slip.shape.country_code = is_other_code(typed_name, label_at(typed, edit->position),
                                            slip.shape.place, suffix_labels, suffixes);
  }
  return slip;
}

std::optional<SlipShape> shape_of_two_edits(const DomainName& typed_name,
                                            const DomainName& meant_name,
                                            const PublicSuffixes& suffixes) {
  const std::size_t suffix_labels = count_labels(suffixes.suffix_of(meant_name));
  const std::u32string typed = characters_of(typed_name);
  const std::u32string meant = characters_of(meant_name);
  const std::u32string_view typed_stem = before_suffix(typed, suffix_labels);
  const std::u32string_view meant_stem = before_suffix(meant, suffix_labels);
  const std::u32string_view label = label_at(meant_stem, meant_stem.size());
  const std::u32string_view typed_label = label_at(typed_stem, typed_stem.size());
  if (typed_label == label || typed_label.empty()) {
    return std::nullopt;
  }
  const auto same_suffix =
      typed.substr(typed_stem.size()) == std::u32string_view(meant).substr(meant_stem.size());
  SlipShape shape;
  shape.place = same_suffix ? SlipPlace::name : SlipPlace::suffix;
  shape.name_length = label.size();
  shape.label_length = label.size();
  shape.first_character = typed_label.front() != label.front();
  shape.same_letters = std::is_permutation(typed.begin(), typed.end(), meant.begin(), meant.end());
  shape.two_in_length = typed.size() + 2 == meant.size() || meant.size() + 2 == typed.size();
  shape.both_replaced = !shape.same_letters && differing_places(typed, meant) == 2;
  return shape;
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
      parents.push_back(DomainName::kept(text));  // what stands behind a dot of one is one
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
