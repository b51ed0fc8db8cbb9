// SPDX-License-Identifier: MPL-2.0
#include "document/ini_file.hpp"

#include <cstddef>

namespace recipient_guard {
namespace {

constexpr std::string_view ini_blanks = " \t\r";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(ini_blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(ini_blanks) - first + 1);
}

}  // namespace

std::string_view IniSection::find(std::string_view key) const {
  for (const auto& [name_of_one, value] : values) {
    if (name_of_one == key) {
      return value;
    }
  }
  return {};
}

std::vector<IniSection> read_ini(std::string_view text) {
  std::vector<IniSection> sections;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size() && lines < max_ini_lines; ++lines) {
    const std::size_t end = text.find('\n', at);
    const std::string_view line = without_blanks(text.substr(at, end - at));
    at = end == std::string_view::npos ? text.size() : end + 1;
    if (line.empty() || line.front() == ';' || line.front() == '#') {
      continue;
    }
    const std::size_t equals = line.find('=');
    if (line.front() == '[' && line.back() == ']') {
      sections.push_back({std::string(line.substr(1, line.size() - 2)), {}});
    } else if (equals != std::string_view::npos && !sections.empty()) {
      sections.back().values.emplace_back(without_blanks(line.substr(0, equals)),
                                          without_blanks(line.substr(equals + 1)));
    }
  }
  return sections;
}

std::string_view ini_value(const std::vector<IniSection>& sections, std::string_view section,
                           std::string_view key) {
  for (const IniSection& one : sections) {
    if (one.name == section) {
      return one.find(key);
    }
  }
  return {};
}

}  // namespace recipient_guard
