// SPDX-License-Identifier: MPL-2.0
// Is the extension there, switched on, and as new as the host? Read from the profile's
// extensions.json, as Thunderbird keeps it.
#include <algorithm>

#include "diagnosis/parts.hpp"
#include "host_manifest.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view to_install =
    "Install the package, or recipient-guard.xpi by the Add-ons Manager's \"Install Add-on From "
    "File\", or have policies.json install it (docs/ADMIN).";

bool is_true(const JsonValue& addon, std::string_view key) {
  const JsonValue* value = addon.find(key);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

const JsonValue* our_addon(const JsonValue& extensions) {
  const JsonArray& addons = list_of(extensions.find("addons"));
  const auto ours = std::ranges::find_if(addons, [](const JsonValue& addon) {
    return text_of(addon.find("id")) == known_extension_id;
  });
  return ours == addons.end() ? nullptr : &*ours;
}

/// Where packages put it. Answers whether it stands anywhere.
bool diagnose_installed(const FileTree& machine, const std::vector<FoundThunderbird>& found,
                        Diagnosis& diagnosis) {
  std::vector<fs::path> folders;
  for (const FoundThunderbird& one : found) {
    folders.push_back(one.folder / "extensions");
  }
  for (const fs::path& one : shared_extension_folders()) {
    folders.push_back(one);
  }
  bool is_there = false;
  for (const fs::path& folder : folders) {
    const fs::path file = folder / (std::string(known_extension_id) + ".xpi");
    std::error_code failure;
    const bool is_link = fs::is_symlink(machine.at(file), failure);
    if (machine.holds(file)) {
      is_there = true;
      diagnosis.ok(check_of::extension, machine.at(file).string() + " is installed for everybody");
    } else if (is_link) {
      diagnosis.fail(check_of::extension,
                     machine.at(file).string() + " is a link to " +
                         fs::read_symlink(machine.at(file), failure).string() +
                         ", and nothing is there",
                     "Install the package again, or remove the link.");
    }
  }
  return is_there;
}

void diagnose_versions(const Patient& patient, const std::string& extension,
                       const std::string& where, Diagnosis& diagnosis) {
  const int order = compare_versions(extension, patient.host_version);
  if (order == 0) {
    diagnosis.ok(check_of::versions, "extension and host are both " + extension + where);
    return;
  }
  diagnosis.warn(check_of::versions,
                 "the extension is " + extension + where + ", the host " + patient.host_version +
                     ": the " + (order < 0 ? "extension" : "host") + " is older",
                 std::string("Bring the ") + (order < 0 ? "extension" : "host") +
                     " up to the other; until then mail is checked as far as both understand each "
                     "other.");
}

void diagnose_addon(const Patient& patient, const JsonValue& addon, const std::string& profile,
                    Diagnosis& diagnosis) {
  const std::string version = text_of(addon.find("version"));
  if (is_true(addon, "active")) {
    diagnosis.ok(check_of::extension, "switched on in the profile " + profile);
  } else if (is_true(addon, "userDisabled") || is_true(addon, "softDisabled")) {
    diagnosis.fail(check_of::extension, "switched off in the profile " + profile,
                   "Switch it on in the Add-ons Manager. With \"force_installed\" in policies.json "
                   "nobody can switch it off (docs/ADMIN).");
  } else if (is_true(addon, "appDisabled")) {
    diagnosis.fail(check_of::extension,
                   "this Thunderbird refuses version " + version + " in the profile " + profile,
                   "Bring Thunderbird and the extension up to date; look whether policies.json "
                   "forbids it.");
  } else {
    diagnosis.fail(check_of::extension, "not running in the profile " + profile,
                   "Restart Thunderbird; then look for it in the Add-ons Manager.");
  }
  if (!version.empty() && patient.extension_version.empty()) {
    diagnose_versions(patient, version, " (profile " + profile + ")", diagnosis);
  }
}

void diagnose_portal(const FileTree& machine, const FoundProfile& profile, Diagnosis& diagnosis) {
  constexpr std::string_view preference = "\"widget.use-xdg-desktop-portal.native-messaging\", 1";
  for (const char* name : {"user.js", "prefs.js"}) {
    const auto text = machine.read(profile.folder / name);
    if (text && text->text.find(preference) != std::string::npos) {
      diagnosis.fail(check_of::portal,
                     machine.at(profile.folder / name).string() +
                         " sends native messages through the desktop's portal, which knows no host",
                     "Set widget.use-xdg-desktop-portal.native-messaging to 0 (Settings, General, "
                     "Config Editor) and restart Thunderbird.");
      return;
    }
  }
}

}  // namespace

void diagnose_extension(const Patient& patient, const std::vector<FoundThunderbird>& found,
                        const std::vector<FoundProfile>& profiles, Diagnosis& diagnosis) {
  const FileTree& machine = patient.machine;
  const bool for_everybody = diagnose_installed(machine, found, diagnosis);
  bool looked = false;
  for (const FoundProfile& profile : profiles) {
    if (!profile.is_used) {
      continue;
    }
    const std::string shown = machine.at(profile.folder).string();
    const auto extensions = machine.read_json_file(profile.folder / "extensions.json");
    if (!extensions && extensions.error().code == ErrorCode::no_input) {
      continue;  // Thunderbird has not run with it yet
    }
    looked = true;
    const JsonValue* addon = extensions ? our_addon(*extensions) : nullptr;
    if (!extensions) {
      diagnosis.warn(
          check_of::extension, extensions.error().text,
          "Thunderbird makes this file anew where it is broken; start it and look again.");
    } else if (addon != nullptr) {
      diagnose_addon(patient, *addon, shown, diagnosis);
    } else if (for_everybody) {
      diagnosis.warn(check_of::extension, "not known yet in the profile " + shown,
                     "Restart Thunderbird.");
    } else {
      diagnosis.fail(check_of::extension, "not installed in the profile " + shown,
                     std::string(to_install));
    }
    diagnose_portal(machine, profile, diagnosis);
  }
  if (!patient.extension_version.empty()) {
    diagnose_versions(patient, patient.extension_version, "", diagnosis);
  } else if (!looked && for_everybody) {
    diagnosis.ok(check_of::extension,
                 "no profile of this user was started yet; the next will have it");
  } else if (!looked) {
    diagnosis.warn(check_of::extension,
                   "no profile of this user was found, so it cannot be seen whether it is there",
                   std::string(to_install));
  }
}

}  // namespace recipient_guard
