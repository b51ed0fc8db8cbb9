// SPDX-License-Identifier: MPL-2.0
#include "system/keyboard_settings.hpp"

#include <algorithm>
#include <string_view>

#include "system/files.hpp"
#include "system/locale.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_octets = 64 * 1024;

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(blanks) + 1);  // npos + 1 is 0
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// The value of the last line `name=value`, as a shell takes it; empty where there is none.
std::string assigned(std::string_view text, std::string_view name) {
  std::string_view value;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == '=') {
      value = without_quotes(line.substr(name.size() + 1));
    }
  }
  return std::string(value);
}

}  // namespace

KeyboardSettings keyboard_settings(const std::filesystem::path& root) {
  KeyboardSettings settings;
  settings.locale = locale_of("LC_CTYPE");
  for (const char* file : {"/etc/default/keyboard", "/etc/vconsole.conf"}) {
    const std::filesystem::path path(file);
    const auto read = read_whole(root.empty() ? path : root / path.relative_path(), max_octets);
    if (read) {
      settings.xkb_layouts = assigned(read->text, "XKBLAYOUT");
      settings.xkb_variants = assigned(read->text, "XKBVARIANT");
    }
    if (!settings.xkb_layouts.empty()) {
      break;
    }
  }
  return settings;
}

}  // namespace recipient_guard
