// SPDX-License-Identifier: MPL-2.0
// The manifests by which Thunderbird finds the host, read as Thunderbird reads them
// (NativeManifests.sys.mjs): in order, the first valid one wins, and of an invalid one the user
// hears nothing but "No such native application".
#include <system_error>

#include "diagnosis/parts.hpp"
#include "host_manifest.hpp"
#include "system/paths.hpp"
#include "system/program.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view no_restart = "Thunderbird need not be restarted.";

struct HostManifest {
  fs::path file;  ///< where it stands on this machine
  ManifestScope scope = ManifestScope::user;
  bool is_there = false;
  std::string fault;  ///< why Thunderbird passes over it; empty where it is valid
  fs::path target;
};

std::string_view option_of(ManifestScope scope) {
  return scope == ManifestScope::user ? "--user" : "--system";
}

std::string install_advice(ManifestScope scope) {
  return "Run \"recipient-guard manifest install " + std::string(option_of(scope)) + "\"" +
         (scope == ManifestScope::system ? " as root. " : ". ") + std::string(no_restart);
}

std::string text_fault(const JsonValue& manifest, std::string_view key) {
  const JsonValue* value = manifest.find(key);
  return value != nullptr && value->text() != nullptr
             ? ""
             : "it has no text \"" + std::string(key) + "\"";
}

std::string extension_fault(const JsonValue& manifest) {
  const JsonValue* allowed = manifest.find("allowed_extensions");
  const JsonArray* list = allowed == nullptr ? nullptr : allowed->array();
  if (list == nullptr || list->empty()) {
    return "it has no list \"allowed_extensions\"";
  }
  std::string found;
  for (const JsonValue& one : *list) {
    const std::string* id = one.text();
    if (id != nullptr && *id == known_extension_id) {
      return "";
    }
    found += (found.empty() ? "" : ", ") + (id == nullptr ? std::string(one.kind()) : *id);
  }
  return "it lets in " + found + "; the extension is " + std::string(known_extension_id);
}

std::string fault_of(const JsonValue& manifest) {
  if (manifest.object() == nullptr) {
    return "it is no JSON object";
  }
  for (const std::string_view key : {"name", "description", "path", "type"}) {
    if (auto fault = text_fault(manifest, key); !fault.empty()) {
      return fault;
    }
  }
  const std::string& name = *manifest.find("name")->text();
  const std::string& type = *manifest.find("type")->text();
  const std::string& path = *manifest.find("path")->text();
  if (name != host_name) {
    return "it names the host \"" + name + "\", not \"" + std::string(host_name) + "\"";
  }
  if (type != "stdio") {
    return "its type is \"" + type + "\", not \"stdio\"";
  }
  if (!fs::path(path).is_absolute()) {
    return "its path \"" + path + "\" is not absolute";
  }
  return extension_fault(manifest);
}

std::optional<HostManifest> read_host_manifest(const FileTree& machine, ManifestScope scope) {
  const auto folder = native_messaging_folder(scope);
  if (!folder) {
    return std::nullopt;
  }
  const fs::path file = *folder / (std::string(host_name) + ".json");
  HostManifest manifest;
  manifest.file = machine.at(file);
  manifest.scope = scope;
  const auto read = machine.read_json_file(file);
  manifest.is_there = read || read.error().code != ErrorCode::no_input;
  manifest.fault = read ? fault_of(*read) : read.error().text;
  if (read && manifest.fault.empty()) {
    manifest.target = *read->find("path")->text();
  }
  return manifest;
}

/// Somebody else may put another program or manifest in its place.
void check_rights(const FileTree& machine, const fs::path& path, std::string_view check,
                  Diagnosis& diagnosis) {
  const fs::path place = machine.followed(path);
  const std::uint32_t me = current_user();
  for (const fs::path& one : {place, place.parent_path()}) {
    const auto look = look_at(one);
    const auto lax = look ? lax_rights(one, *look, {0, me}) : std::nullopt;
    if (lax) {
      diagnosis.warn(check, *lax, "Until then somebody else can put another program in its place.");
    }
  }
}

void diagnose_target(const Patient& patient, const HostManifest& winner, Diagnosis& diagnosis) {
  const std::string shown = patient.machine.at(winner.target).string();
  const fs::path place = patient.machine.followed(winner.target);
  const std::string advice = install_advice(winner.scope);
  const auto look = look_at(place);
  if (!look) {
    diagnosis.fail(check_of::target,
                   look.error().code == ErrorCode::no_input
                       ? shown + ", which " + winner.file.string() + " names, is not there"
                       : look.error().text,
                   advice);
    return;
  }
  if (look->kind != FileKind::regular) {
    diagnosis.fail(check_of::target, shown + " is no program file", advice);
    return;
  }
  if (!may_run(place)) {
    diagnosis.fail(check_of::target, shown + " may not be run by this user",
                   "Run \"chmod a+rx " + shown +
                       "\"; where that is so already, its disk is mounted noexec. " +
                       std::string(no_restart));
    return;
  }
  check_rights(patient.machine, winner.target, check_of::target, diagnosis);
  std::error_code failure;
  if (patient.machine.root().empty() && patient.program &&
      !fs::equivalent(place, *patient.program, failure)) {
    diagnosis.warn(
        check_of::target,
        "Thunderbird starts " + shown + ", and this program is " + patient.program->string(),
        "Is one of them an old one? Where Thunderbird should start this one: " + advice);
    return;
  }
  diagnosis.ok(check_of::target, "Thunderbird starts " + shown);
}

void diagnose_mistaken(const FileTree& machine, bool has_winner, Diagnosis& diagnosis) {
  for (const fs::path& folder : mistaken_manifest_folders()) {
    const fs::path file = folder / (std::string(host_name) + ".json");
    if (!machine.holds(file)) {
      continue;
    }
    diagnosis.say(check_of::manifest, has_winner ? Condition::warn : Condition::fail,
                  machine.at(file).string() + " stands where Thunderbird never looks",
                  "Remove it; \"recipient-guard manifest install\" puts one in the right place.");
  }
}

void diagnose_missing(const std::vector<HostManifest>& manifests, Diagnosis& diagnosis) {
  bool is_there = false;
  std::string places;
  for (const HostManifest& one : manifests) {
    places += (places.empty() ? "" : ", then ") + one.file.string();
    is_there = is_there || one.is_there;
  }
  diagnosis.fail(check_of::manifest,
                 is_there ? "no manifest is valid, so Thunderbird knows no such host"
                          : "there is no manifest. Thunderbird looks for " + places,
                 "Run \"recipient-guard manifest install\". " + std::string(no_restart));
}

}  // namespace

void diagnose_native_host(const Patient& patient, Diagnosis& diagnosis) {
  std::vector<HostManifest> manifests;
  for (const auto scope : {ManifestScope::user, ManifestScope::system}) {
    if (auto one = read_host_manifest(patient.machine, scope)) {
      manifests.push_back(*std::move(one));
    }
  }
  const HostManifest* winner = nullptr;
  for (const HostManifest& one : manifests) {
    const std::string file = one.file.string();
    if (!one.is_there) {
      continue;
    }
    if (!one.fault.empty()) {
      diagnosis.fail(check_of::manifest,
                     (one.fault.starts_with(file) ? "" : file + ": ") + one.fault +
                         "; Thunderbird passes over it",
                     install_advice(one.scope));
    } else if (winner == nullptr) {
      winner = &one;
      diagnosis.ok(check_of::manifest, file + " wins");
      check_rights(patient.machine, *native_messaging_folder(one.scope) / one.file.filename(),
                   check_of::manifest, diagnosis);
    } else {
      diagnosis.warn(check_of::manifest,
                     file + " is not read: " + winner->file.string() +
                         " stands before it, and starts " + winner->target.string(),
                     "Where the one for everybody should hold: \"recipient-guard manifest remove "
                     "--user\". " +
                         std::string(no_restart));
    }
  }
  if (winner == nullptr) {
    diagnose_missing(manifests, diagnosis);
  }
  diagnose_mistaken(patient.machine, winner != nullptr, diagnosis);
  if (winner != nullptr) {
    diagnose_target(patient, *winner, diagnosis);
  }
}

}  // namespace recipient_guard
