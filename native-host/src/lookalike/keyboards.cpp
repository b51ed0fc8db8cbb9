// SPDX-License-Identifier: MPL-2.0
#include "lookalike/keyboards.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace recipient_guard {
namespace {

constexpr std::array layout_names = {std::string_view("qwerty"), std::string_view("qwertz"),
                                     std::string_view("azerty")};
constexpr std::array layouts = {KeyboardLayout::qwerty, KeyboardLayout::qwertz,
                                KeyboardLayout::azerty};
constexpr KeyboardLayouts qwerty{KeyboardLayout::qwerty};
constexpr KeyboardLayouts qwertz{KeyboardLayout::qwertz};
constexpr KeyboardLayouts azerty{KeyboardLayout::azerty};

/// Rows as they lie, each one shifted by about half a key.
constexpr std::array<std::array<std::string_view, 4>, 3> rows_of = {{
    {"1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm,."},
    {"1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm,.-"},
    {"1234567890-", "azertyuiop", "qsdfghjklm", "wxcvbn"},
}};

constexpr std::string_view keys = "abcdefghijklmnopqrstuvwxyz0123456789-,.";

constexpr bool are_neighbours(const std::array<std::string_view, 4>& rows, char a, char b) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t at = rows[row].find(a);
    if (at == std::string_view::npos) {
      continue;
    }
    const std::size_t beside = rows[row].find(b);
    if (beside != std::string_view::npos) {
      return beside + 1 == at || at + 1 == beside;
    }
    const std::size_t above = row > 0 ? rows[row - 1].find(b) : std::string_view::npos;
    const std::size_t below =
        row + 1 < rows.size() ? rows[row + 1].find(b) : std::string_view::npos;
    return (above != std::string_view::npos && (above == at || above == at + 1)) ||
           (below != std::string_view::npos && (below == at || below + 1 == at));
  }
  return false;
}

using NeighbourTable = std::array<KeyboardLayouts, keys.size() * keys.size()>;

constexpr NeighbourTable neighbour_table() {
  NeighbourTable table{};
  for (std::size_t a = 0; a < keys.size(); ++a) {
    for (std::size_t b = 0; b < keys.size(); ++b) {
      for (std::size_t i = 0; i < layouts.size(); ++i) {
        if (are_neighbours(rows_of[i], keys[a], keys[b])) {
          table[a * keys.size() + b] = table[a * keys.size() + b] | KeyboardLayouts(layouts[i]);
        }
      }
    }
  }
  return table;
}

constexpr NeighbourTable neighbours = neighbour_table();

/// Where a key stands in `keys`; its size where it is none.
constexpr std::size_t place_of(char32_t c) {
  if (c >= U'a' && c <= U'z') {
    return c - U'a';
  }
  return c < 0x80 ? std::min(keys.find(static_cast<char>(c)), keys.size()) : keys.size();
}

struct Row {
  std::string_view names;  ///< between blanks
  KeyboardLayouts layouts;
};

bool is_one_of(std::string_view names, std::string_view name) {
  const std::size_t at = (" " + std::string(names) + " ").find(" " + std::string(name) + " ");
  return !name.empty() && name.find(' ') == std::string_view::npos && at != std::string::npos;
}

template <std::size_t n>
std::optional<KeyboardLayouts> found_in(const Row (&table)[n], std::string_view name) {
  const auto* const row = std::find_if(std::begin(table), std::end(table),
                                       [&](const Row& one) { return is_one_of(one.names, name); });
  return row == std::end(table) ? std::nullopt : std::optional(row->layouts);
}

// The three tables follow what Debian's keyboard-configuration 1.221 sets for a locale, and where
// xkeyboard-config 2.35.1 puts the letters of a layout (AD01 to AD06, AB01). Beyond these:
// Luxembourg has Swiss French keyboards beside French ones, the Maghreb French beside US ones.
constexpr Row of_territory[] = {
    {"AL AT BA CH CZ DE HR HU LI ME RS SI SK XK", qwertz},
    {"BE FR MC", azerty},
    {"LU", qwertz | azerty},
    {"DZ MA TN", qwerty | azerty},
    // Where German or French is written on others' keyboards.
    {"CA DK GB IE IT NL PL US", qwerty},
};
constexpr Row of_language[] = {
    {"bs cs de dsb gsw hr hsb hu lb sk sl sq sr", qwertz},
    {"fr kab wo", azerty},
};
constexpr Row of_xkb_layout[] = {
    {"al at ba ch cz de hr hu me rs si sk", qwertz},
    {"be cd dz fr ma ml sn tg", azerty},
    {"au br bw ca cm cn dk ee epo es eu fi fo gb gh id ie is it jp ke kr latam lt lv mao md mt ng "
     "nl no ph pl pt ro se tr tw us vn za",
     qwerty},
};
/// Parts of a variant's name that say where the letters lie, whatever the layout; the first counts.
constexpr Row of_xkb_variant[] = {
    {"qwerty", qwerty},
    {"qwertz winkeys", qwertz},
    {"azerty french", azerty},
    {"dvorak bepo neo adnw koy bone colemak workman norman carpalx", {}},
};
/// Variants that need their layout told: `de(us)` is QWERTY, `vn(fr)` AZERTY, `ru(winkeys)` none.
constexpr std::string_view variant_us = "us";
constexpr std::string_view variant_fr = "fr";

bool holds_one_of(std::string_view names, std::string_view text) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (text.find(names.substr(0, end)) != std::string_view::npos) {
      return true;
    }
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

KeyboardLayouts layouts_of_xkb_one(std::string_view layout, std::string_view variant) {
  const auto of_layout = found_in(of_xkb_layout, layout);
  if (!of_layout) {
    return {};  // other letters: what is typed in Latin ones comes from another layout of the list
  }
  if (variant == variant_us || variant.starts_with("us-")) {
    return qwerty;
  }
  if (variant == variant_fr && layout != "ch" && layout != "ca") {
    return azerty;
  }
  for (const Row& row : of_xkb_variant) {
    if (holds_one_of(row.names, variant)) {
      return row.layouts;
    }
  }
  return *of_layout;
}

/// Takes the first part of a list off its front.
std::string_view next_of(std::string_view& list) {
  const std::size_t comma = std::min(list.find(','), list.size());
  const std::string_view part = list.substr(0, comma);
  list.remove_prefix(std::min(comma + 1, list.size()));
  return part;
}

bool are_letters(std::string_view text, char first, char last) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

}  // namespace

KeyboardLayouts layouts_with_neighbours(char32_t a, char32_t b) {
  const std::size_t one = place_of(a);
  const std::size_t other = place_of(b);
  return one == keys.size() || other == keys.size() ? KeyboardLayouts()
                                                    : neighbours[one * keys.size() + other];
}

KeyboardLayouts layouts_of_locale(std::string_view locale) {
  locale = locale.substr(0, locale.find_first_of(".@"));
  const std::size_t mark = std::min(locale.find('_'), locale.size());
  const std::string_view language = locale.substr(0, mark);
  const std::string_view territory = locale.substr(std::min(mark + 1, locale.size()));
  const bool is_language =
      (language.size() == 2 || language.size() == 3) && are_letters(language, 'a', 'z');
  const bool is_territory = territory.size() == 2 && are_letters(territory, 'A', 'Z');
  if (!is_language || (!territory.empty() && !is_territory)) {
    return {};
  }
  if (const auto found = found_in(of_territory, territory)) {
    return *found;
  }
  return found_in(of_language, language).value_or(qwerty);
}

KeyboardLayouts layouts_of_xkb(std::string_view names, std::string_view variants) {
  KeyboardLayouts found;
  while (!names.empty()) {
    const std::string_view layout = next_of(names);
    found = found | layouts_of_xkb_one(layout, next_of(variants));
  }
  return found;
}

std::optional<KeyboardLayouts> read_layouts(std::string_view names) {
  if (names == "all") {
    return KeyboardLayouts::all();
  }
  KeyboardLayouts found;
  for (bool more = true; more;) {
    more = names.find(',') != std::string_view::npos;
    const std::string_view name = next_of(names);
    const auto* const at = std::find(layout_names.begin(), layout_names.end(), name);
    if (at == layout_names.end()) {
      return std::nullopt;
    }
    found = found | KeyboardLayouts(layouts[static_cast<std::size_t>(at - layout_names.begin())]);
  }
  return found;
}

std::vector<std::string_view> names_of(KeyboardLayouts set) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (set.contains(layouts[i])) {
      names.push_back(layout_names[i]);
    }
  }
  return names;
}

}  // namespace recipient_guard
