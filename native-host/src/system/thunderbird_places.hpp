// SPDX-License-Identifier: MPL-2.0
// Where Thunderbird and what belongs to it stand on this platform. Absolute paths; those below the
// home folder are relative to it. Nothing here looks at a disk.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace recipient_guard {

enum class ThunderbirdKind { package, tarball, snap, flatpak };

/// "the distribution's package", "a tarball", "a Snap", "a Flatpak".
std::string_view name_of(ThunderbirdKind kind);

/// A folder that holds application.ini where Thunderbird is installed there.
struct ThunderbirdPlace {
  ThunderbirdKind kind = ThunderbirdKind::package;
  std::filesystem::path folder;  ///< relative: below the home folder
};

/// The usual ones, Debian's own first.
std::vector<ThunderbirdPlace> usual_thunderbirds();

/// By the folder that application.ini stands in.
ThunderbirdKind kind_of_thunderbird(const std::filesystem::path& folder);

/// Folders below the home folder that hold profiles.ini.
std::vector<std::filesystem::path> profile_folders();

/// Where Thunderbird finds extensions for everybody, beside `extensions` of its own folder.
std::vector<std::filesystem::path> shared_extension_folders();

/// Folders where manifests of native hosts are put by mistake: Thunderbird reads none of them.
std::vector<std::filesystem::path> mistaken_manifest_folders();

/// The administrator's policies.json; where it is missing Thunderbird reads the one in
/// `distribution` of its own folder.
std::filesystem::path thunderbird_policies_file();

}  // namespace recipient_guard
