// SPDX-License-Identifier: MPL-2.0
// Which Thunderbird is installed, of what kind, and can it start a host? Read from application.ini.
#include <algorithm>

#include "diagnosis/parts.hpp"
#include "document/ini_file.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

/// strict_min_version of the extension's manifest.
constexpr std::string_view oldest_thunderbird = "140.0";

std::string version_in(const FileTree& machine, const fs::path& folder) {
  const auto ini = machine.read(folder / "application.ini");
  return ini ? std::string(ini_value(read_ini(ini->text), "App", "Version")) : "";
}

}  // namespace

std::vector<FoundThunderbird> find_thunderbirds(const FileTree& machine,
                                                const std::vector<FoundProfile>& profiles) {
  std::vector<ThunderbirdPlace> places = usual_thunderbirds();
  for (const FoundProfile& profile : profiles) {
    if (!profile.thunderbird.empty()) {
      places.push_back({kind_of_thunderbird(profile.thunderbird), profile.thunderbird});
    }
  }
  std::vector<FoundThunderbird> found;
  for (const ThunderbirdPlace& place : places) {
    const fs::path folder = place.folder.is_relative() && machine.home()
                                ? *machine.home() / place.folder
                                : place.folder;
    const bool is_new = std::none_of(found.begin(), found.end(),
                                     [&](const auto& known) { return known.folder == folder; });
    if (is_new && machine.holds(folder / "application.ini")) {
      found.push_back({place.kind, folder, version_in(machine, folder)});
    }
  }
  // Of these the sandbox alone may show what is inside.
  for (const FoundProfile& profile : profiles) {
    const auto kind = profile.folder.string().find("/.var/app/") != std::string::npos
                          ? std::optional(ThunderbirdKind::flatpak)
                      : profile.folder.string().find("/snap/thunderbird/") != std::string::npos
                          ? std::optional(ThunderbirdKind::snap)
                          : std::nullopt;
    const bool is_new = kind && std::none_of(found.begin(), found.end(), [&](const auto& known) {
                          return known.kind == *kind;
                        });
    if (is_new && profile.is_used) {
      found.push_back({*kind, profile.thunderbird, profile.last_version});
    }
  }
  return found;
}

void diagnose_thunderbirds(const Patient& patient, const std::vector<FoundThunderbird>& found,
                           Diagnosis& diagnosis) {
  if (found.empty()) {
    diagnosis.warn(check_of::thunderbird, "no Thunderbird stands in the usual places",
                   "Install it from your distribution or from thunderbird.net. Where yours stands "
                   "elsewhere, start it once and look again.");
  }
  const bool has_free = std::any_of(found.begin(), found.end(), [](const auto& one) {
    return one.kind != ThunderbirdKind::flatpak;
  });
  for (const FoundThunderbird& one : found) {
    const std::string what =
        "Thunderbird " + (one.version.empty() ? "of unknown version" : one.version) + ", " +
        std::string(name_of(one.kind)) +
        (one.folder.empty() ? "" : ", in " + patient.machine.at(one.folder).string());
    if (!one.version.empty() && compare_versions(one.version, oldest_thunderbird) < 0) {
      diagnosis.fail(check_of::thunderbird, what + ": the extension does not run in it",
                     "Bring it up to " + std::string(oldest_thunderbird) + " or later.");
    } else if (one.kind == ThunderbirdKind::flatpak) {
      diagnosis.say(check_of::thunderbird, has_free ? Condition::warn : Condition::fail,
                    what + ": its sandbox lets it start no host",
                    "Use the distribution's package or the tarball of thunderbird.net instead.");
    } else if (one.kind == ThunderbirdKind::snap) {
      diagnosis.warn(check_of::thunderbird,
                     what + ": it starts the host through a portal, and only if you let it",
                     "Say yes when it asks. Where it never asks, or the page says that the guard "
                     "is away: use the distribution's package or the tarball of thunderbird.net.");
    } else {
      diagnosis.ok(check_of::thunderbird, what);
    }
  }
}

}  // namespace recipient_guard
