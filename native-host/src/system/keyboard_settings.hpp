// SPDX-License-Identifier: MPL-2.0
// What this platform says of the person's keyboard, in its own words.
#pragma once

#include <filesystem>
#include <string>

namespace recipient_guard {

struct KeyboardSettings {
  /// The locale of the person's characters (locale.hpp).
  std::string locale;
  /// Names of X keyboards, as comma-separated lists of like length, or empty: XKBLAYOUT and
  /// XKBVARIANT of /etc/default/keyboard (keyboard(5), Debian), else of /etc/vconsole.conf
  /// (vconsole.conf(5), systemd).
  std::string xkb_layouts;
  std::string xkb_variants;
};

/// Reads the environment, and the first of the two files that names a layout; below `root` where
/// one is given. What cannot be read says nothing. At most 64 KiB of a file are looked at.
KeyboardSettings keyboard_settings(const std::filesystem::path& root = {});

}  // namespace recipient_guard
