// SPDX-License-Identifier: MPL-2.0
// The user's profiles, after profiles.ini, and which Thunderbird used them last.
#include <algorithm>
#include <set>

#include "diagnosis/parts.hpp"
#include "document/ini_file.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_profiles = 50;

/// `153.7.0_20261110162734/20261110162734` -> `153.7.0`
std::string version_of(std::string_view text) {
  return std::string(text.substr(0, text.find('_')));
}

/// Paths that Thunderbird starts with: one for each installation, else the one marked as default.
std::set<std::string, std::less<>> used_paths(const std::vector<IniSection>& sections) {
  std::set<std::string, std::less<>> used;
  std::vector<std::string> all;
  std::string marked;
  for (const IniSection& section : sections) {
    if (section.name.starts_with("Install") && !section.find("Default").empty()) {
      used.emplace(section.find("Default"));
    } else if (section.name.starts_with("Profile")) {
      all.emplace_back(section.find("Path"));
      marked = section.find("Default") == "1" ? all.back() : marked;
    }
  }
  if (used.empty() && !marked.empty()) {
    used.insert(marked);
  } else if (used.empty()) {
    used.insert(all.begin(), all.end());
  }
  return used;
}

}  // namespace

std::vector<FoundProfile> find_profiles(const FileTree& machine) {
  std::vector<FoundProfile> found;
  if (!machine.home()) {
    return found;
  }
  for (const fs::path& below_home : profile_folders()) {
    const fs::path folder = *machine.home() / below_home;
    const auto ini = machine.read(folder / "profiles.ini");
    if (!ini) {
      continue;
    }
    const auto sections = read_ini(ini->text);
    const auto used = used_paths(sections);
    for (const IniSection& section : sections) {
      const std::string path(section.find("Path"));
      if (!section.name.starts_with("Profile") || path.empty() || found.size() >= max_profiles) {
        continue;
      }
      FoundProfile profile;
      profile.folder = section.find("IsRelative") == "0" ? fs::path(path) : folder / path;
      profile.is_used = used.contains(path);
      if (const auto last = machine.read(profile.folder / "compatibility.ini")) {
        const auto values = read_ini(last->text);
        profile.thunderbird = std::string(ini_value(values, "Compatibility", "LastPlatformDir"));
        profile.last_version = version_of(ini_value(values, "Compatibility", "LastVersion"));
      }
      found.push_back(std::move(profile));
    }
  }
  return found;
}

}  // namespace recipient_guard
