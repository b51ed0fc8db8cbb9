// SPDX-License-Identifier: MPL-2.0
// INI files as Mozilla's programs write them (application.ini, profiles.ini): sections, and keys
// with a value behind the first equals sign. Lines that are neither are passed over.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recipient_guard {

struct IniSection {
  std::string name;
  std::vector<std::pair<std::string, std::string>> values;  ///< in the order of the text

  /// The first value of that key, empty where there is none.
  std::string_view find(std::string_view key) const;
};

inline constexpr std::size_t max_ini_lines = 100'000;

/// Linear in the text; what stands before the first section, and behind max_ini_lines, is left out.
std::vector<IniSection> read_ini(std::string_view text);

/// The value of `key` in the first section `section`, empty where there is none.
std::string_view ini_value(const std::vector<IniSection>& sections, std::string_view section,
                           std::string_view key);

}  // namespace recipient_guard
