// SPDX-License-Identifier: MPL-2.0
#include "system/paths.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> absolute_from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || value[0] != '/') {
    return std::nullopt;
  }
  return fs::path(value);
}

#if !defined(__APPLE__)
std::optional<fs::path> xdg_folder(const char* name, const char* below_home) {
  if (auto folder = absolute_from_environment(name)) {
    return *folder / "recipient-guard";
  }
  const auto home = home_folder();
  if (!home) {
    return std::nullopt;
  }
  return *home / below_home / "recipient-guard";
}
#endif

}  // namespace

std::optional<fs::path> home_folder() {
  if (auto home = absolute_from_environment("HOME")) {
    return home;
  }
  std::vector<char> buffer(16384);
  passwd row{};
  passwd* found = nullptr;
  if (::getpwuid_r(::geteuid(), &row, buffer.data(), buffer.size(), &found) != 0 ||
      found == nullptr || found->pw_dir == nullptr || found->pw_dir[0] != '/') {
    return std::nullopt;
  }
  return fs::path(found->pw_dir);
}

#if defined(__APPLE__)

fs::path default_policy_folder() {
  return "/Library/Application Support/Recipient Guard/policy.d";
}

std::optional<fs::path> people_folder() {
  const auto home = home_folder();
  return home ? std::optional(*home / "Library/Application Support/Recipient Guard") : std::nullopt;
}

std::optional<fs::path> audit_folder() {
  const auto home = home_folder();
  return home ? std::optional(*home / "Library/Logs/Recipient Guard") : std::nullopt;
}

#else

fs::path default_policy_folder() {
  return "/etc/recipient-guard/policy.d";
}

std::optional<fs::path> people_folder() {
  return xdg_folder("XDG_DATA_HOME", ".local/share");
}

std::optional<fs::path> audit_folder() {
  return xdg_folder("XDG_STATE_HOME", ".local/state");
}

#endif

std::optional<fs::path> native_messaging_folder(ManifestScope scope,
                                                const std::optional<fs::path>& root) {
#if defined(__APPLE__)
  const fs::path below_home = "Library/Mozilla/NativeMessagingHosts";
  const fs::path of_system = "/Library/Application Support/Mozilla/NativeMessagingHosts";
#else
  const fs::path below_home = ".mozilla/native-messaging-hosts";
  const fs::path of_system = "/usr/lib/mozilla/native-messaging-hosts";
#endif
  fs::path folder = of_system;
  if (scope == ManifestScope::user) {
    const auto home = home_folder();
    if (!home) {
      return std::nullopt;
    }
    folder = *home / below_home;
  }
  return root ? *root / folder.relative_path() : folder;
}

}  // namespace recipient_guard
