// SPDX-License-Identifier: MPL-2.0
// Which keys lie side by side, on which keyboards; and which keyboards a person has, by what the
// platform calls them.
//
// The index of near names knows nothing of this: only the weighing of what it found asks whether
// the two keys are neighbours on one of the person's keyboards.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// By where the letters of the Latin alphabet lie; what else is printed on the keys does not count.
enum class KeyboardLayout : std::uint8_t { qwerty, qwertz, azerty };

/// A set of layouts. A value, cheap to copy.
class KeyboardLayouts {
 public:
  constexpr KeyboardLayouts() = default;
  constexpr explicit KeyboardLayouts(KeyboardLayout layout)
      : bits_(static_cast<std::uint8_t>(1U << static_cast<unsigned>(layout))) {}
  /// What counts where nobody says which: a key is beside another if it is so anywhere.
  static constexpr KeyboardLayouts all() {
    return KeyboardLayouts(KeyboardLayout::qwerty) | KeyboardLayouts(KeyboardLayout::qwertz) |
           KeyboardLayouts(KeyboardLayout::azerty);
  }

  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool contains(KeyboardLayout layout) const {
    return shares_one_with(KeyboardLayouts(layout));
  }
  constexpr bool shares_one_with(KeyboardLayouts other) const { return (bits_ & other.bits_) != 0; }
  /// Those of either.
  friend constexpr KeyboardLayouts operator|(KeyboardLayouts a, KeyboardLayouts b) {
    a.bits_ |= b.bits_;
    return a;
  }
  friend constexpr bool operator==(KeyboardLayouts, KeyboardLayouts) = default;

 private:
  std::uint8_t bits_ = 0;
};

/// The layouts on which two keys lie side by side, or one above the other; none for one key.
/// Characters in lower case; those outside ASCII are on no key.
KeyboardLayouts layouts_with_neighbours(char32_t a, char32_t b);

/// By the person's locale, as in the environment (POSIX 8.2: `language[_territory][.codeset]`):
/// `de_AT.UTF-8`. The territory decides, else the language. Empty where it says nothing: C, POSIX,
/// or no locale at all.
KeyboardLayouts layouts_of_locale(std::string_view locale);

/// By the names of X keyboards (xkeyboard-config), each a comma-separated list as in
/// /etc/default/keyboard: layouts `us,de`, variants `,nodeadkeys`. Empty where they say nothing:
/// Cyrillic or Greek keys, Dvorak, Neo.
KeyboardLayouts layouts_of_xkb(std::string_view layouts, std::string_view variants);

/// Names as a person writes them: `qwertz`, or `qwerty,azerty`, or `all`. Nothing for anything
/// else.
std::optional<KeyboardLayouts> read_layouts(std::string_view names);

/// The same the other way round, in the order of the enumeration.
std::vector<std::string_view> names_of(KeyboardLayouts layouts);

}  // namespace recipient_guard
