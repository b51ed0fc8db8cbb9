// SPDX-License-Identifier: MPL-2.0
#include "system/thunderbird_places.hpp"

#include <string>

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

#if !defined(__APPLE__)
constexpr const char* flatpak_names[] = {"org.mozilla.Thunderbird", "org.mozilla.thunderbird",
                                         "net.thunderbird.Thunderbird"};
#endif

}  // namespace

std::string_view name_of(ThunderbirdKind kind) {
  switch (kind) {
    case ThunderbirdKind::package:
      return "the distribution's package";
    case ThunderbirdKind::tarball:
      return "a tarball";
    case ThunderbirdKind::snap:
      return "a Snap";
    case ThunderbirdKind::flatpak:
      return "a Flatpak";
  }
  return "";
}

ThunderbirdKind kind_of_thunderbird(const fs::path& folder) {
  const std::string text = folder.generic_string();
  if (text.starts_with("/snap/") || text.starts_with("/var/lib/snapd/")) {
    return ThunderbirdKind::snap;
  }
  // Within its sandbox a Flatpak calls its folder /app.
  if (text.starts_with("/app/") || text.find("/flatpak/app/") != std::string::npos) {
    return ThunderbirdKind::flatpak;
  }
  const bool is_packaged = text.starts_with("/usr/") && !text.starts_with("/usr/local/");
  return is_packaged ? ThunderbirdKind::package : ThunderbirdKind::tarball;
}

#if defined(__APPLE__)

std::vector<ThunderbirdPlace> usual_thunderbirds() {
  return {{ThunderbirdKind::tarball, "/Applications/Thunderbird.app/Contents/Resources"},
          {ThunderbirdKind::tarball, "Applications/Thunderbird.app/Contents/Resources"}};
}

std::vector<fs::path> profile_folders() {
  return {"Library/Thunderbird"};
}

std::vector<fs::path> shared_extension_folders() {
  return {"/Library/Application Support/Mozilla/Extensions/{3550f703-e582-4d05-9a08-453d09bdfdc6}"};
}

std::vector<fs::path> mistaken_manifest_folders() {
  return {"Library/Application Support/Mozilla/NativeMessagingHosts",
          "Library/Thunderbird/NativeMessagingHosts"};
}

fs::path thunderbird_policies_file() {
  return "/Applications/Thunderbird.app/Contents/Resources/distribution/policies.json";
}

#else

std::vector<ThunderbirdPlace> usual_thunderbirds() {
  std::vector<ThunderbirdPlace> places;
  for (const char* folder : {"/usr/lib/thunderbird", "/usr/lib64/thunderbird"}) {
    places.push_back({ThunderbirdKind::package, folder});
  }
  for (const char* folder : {"/opt/thunderbird", "/usr/local/thunderbird",
                             "/usr/local/lib/thunderbird", "thunderbird", ".local/thunderbird"}) {
    places.push_back({ThunderbirdKind::tarball, folder});
  }
  for (const char* folder : {"/snap/thunderbird/current", "/snap/thunderbird/current/thunderbird",
                             "/snap/thunderbird/current/usr/lib/thunderbird"}) {
    places.push_back({ThunderbirdKind::snap, folder});
  }
  for (const char* name : flatpak_names) {
    for (const char* base : {"/var/lib/flatpak/app", ".local/share/flatpak/app"}) {
      places.push_back({ThunderbirdKind::flatpak,
                        fs::path(base) / name / "current/active/files/lib/thunderbird"});
    }
  }
  return places;
}

std::vector<fs::path> profile_folders() {
  std::vector<fs::path> folders{".thunderbird", ".config/thunderbird",
                                ".config/mozilla/thunderbird",
                                "snap/thunderbird/common/.thunderbird"};
  for (const char* name : flatpak_names) {
    folders.push_back(fs::path(".var/app") / name / ".thunderbird");
  }
  return folders;
}

std::vector<fs::path> shared_extension_folders() {
  return {"/usr/share/mozilla/extensions/{3550f703-e582-4d05-9a08-453d09bdfdc6}",
          "/usr/lib/mozilla/extensions/{3550f703-e582-4d05-9a08-453d09bdfdc6}"};
}

std::vector<fs::path> mistaken_manifest_folders() {
  return {".thunderbird/native-messaging-hosts",
          ".config/mozilla/native-messaging-hosts",
          ".config/thunderbird/native-messaging-hosts",
          ".local/share/mozilla/native-messaging-hosts",
          "/usr/lib/thunderbird/native-messaging-hosts",
          "/usr/local/lib/mozilla/native-messaging-hosts",
          "/usr/share/mozilla/native-messaging-hosts",
          "/etc/mozilla/native-messaging-hosts",
          "/etc/thunderbird/native-messaging-hosts"};
}

fs::path thunderbird_policies_file() {
  return "/etc/thunderbird/policies/policies.json";
}

#endif

}  // namespace recipient_guard
