// SPDX-License-Identifier: MPL-2.0
// What the administrator told Thunderbird in policies.json: who installs the extension, and the
// switches that reach it as managed storage.
#include <algorithm>
#include <array>

#include "diagnosis/parts.hpp"
#include "host_manifest.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

std::string at(const std::string& file, const JsonValue& value) {
  return file + ":" + std::to_string(value.place.line);
}

/// file:///a%20b -> /a b; nothing for another scheme.
std::optional<fs::path> path_of(std::string_view url) {
  constexpr std::string_view scheme = "file://";
  if (!url.starts_with(scheme)) {
    return std::nullopt;
  }
  static constexpr std::string_view digits = "0123456789abcdef";
  const auto digit = [](char c) {
    return digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
  };
  std::string path;
  for (std::size_t i = scheme.size(); i < url.size(); ++i) {
    const bool is_escape = url[i] == '%' && i + 2 < url.size() &&
                           digit(url[i + 1]) != std::string_view::npos &&
                           digit(url[i + 2]) != std::string_view::npos;
    path += is_escape ? static_cast<char>(digit(url[i + 1]) * 16 + digit(url[i + 2])) : url[i];
    i += is_escape ? 2 : 0;
  }
  return fs::path(path);
}

class PoliciesLook {
 public:
  PoliciesLook(const Patient& patient, std::string file, Diagnosis& diagnosis)
      : patient_(patient), file_(std::move(file)), diagnosis_(diagnosis) {}

  void look(const JsonValue& document) {
    const JsonValue* policies = member_of(&document, "policies");
    if (policies == nullptr || policies->object() == nullptr) {
      diagnosis_.fail(check_of::policies, file_ + " has no object \"policies\"",
                      "See manifests/thunderbird-policies/policies.json for its form.");
      return;
    }
    look_at_installation(member_of(policies, "ExtensionSettings"));
    look_at_switches(member_of(policies, "3rdparty", "Extensions", known_extension_id));
  }

 private:
  void look_at_installation(const JsonValue* settings) {
    const JsonValue* ours = member_of(settings, known_extension_id);
    const JsonValue* mode =
        member_of(ours != nullptr ? ours : member_of(settings, "*"), "installation_mode");
    const std::string text = text_of(mode);
    if (text == "blocked") {
      diagnosis_.fail(check_of::policies, at(file_, *mode) + ": forbids the extension",
                      "Give \"" + std::string(known_extension_id) +
                          "\" an entry of its own with \"installation_mode\": "
                          "\"force_installed\". Then restart Thunderbird.");
    } else if (ours == nullptr || (text != "force_installed" && text != "normal_installed")) {
      tell_unforced(file_ + " does not install the extension");
    } else if (check_source(*ours) && text == "normal_installed") {
      tell_unforced(at(file_, *mode) + ": installs the extension");
    }
  }

  /// Whoever has a policy for everybody hardly wants a switch for everybody.
  void tell_unforced(const std::string& text) {
    const auto policy = patient_.policy.policy();
    const bool is_organisation = policy != nullptr && policy->from_organisation;
    if (is_organisation) {
      diagnosis_.warn(check_of::policies, text + "; users may switch it off",
                      "Have it \"force_installed\" (docs/ADMIN).");
    } else {
      diagnosis_.ok(check_of::policies, text + "; users may switch it off");
    }
  }

  bool check_source(const JsonValue& ours) {
    const JsonValue* url = member_of(&ours, "install_url");
    const std::string text = text_of(url);
    if (text.empty()) {
      diagnosis_.fail(check_of::policies, at(file_, ours) + ": no \"install_url\" says from where",
                      "Add the file:// or https:// address of recipient-guard.xpi.");
      return false;
    }
    const auto path = path_of(text);
    if (path && !patient_.machine.holds(*path)) {
      diagnosis_.fail(check_of::policies,
                      at(file_, *url) + ": " + patient_.machine.at(*path).string() +
                          " is not there, so the extension is not installed",
                      "Put recipient-guard.xpi there, or mend \"install_url\". Then restart "
                      "Thunderbird.");
      return false;
    }
    if (text_of(member_of(&ours, "installation_mode")) == "force_installed") {
      diagnosis_.ok(check_of::policies, file_ + " installs the extension from " + text +
                                            "; users can neither switch it off nor remove it");
    }
    return true;
  }

  void look_at_switches(const JsonValue* switches) {
    if (switches == nullptr) {
      return;
    }
    if (switches->object() == nullptr) {
      fail_switch(*switches, "the switches of the extension are no object");
      return;
    }
    const std::size_t before = diagnosis_.lines().size();
    std::string told;
    for (const auto& [key, place, value] : *switches->object()) {
      if (key == "on_host_failure") {
        check_failure_switch(value);
      } else if (key == "require_organisation") {
        check_requirement(value);
      } else if (key == "help_url") {
        if (!text_of(&value).starts_with("https://") && !text_of(&value).starts_with("http://") &&
            !text_of(&value).starts_with("mailto:")) {
          warn_switch(value, "\"help_url\" is no https:// address");
        }
      } else {
        warn_switch(value, "\"" + key + "\" is no switch of the extension");
      }
      told += (told.empty() ? "" : ", ") + key;
    }
    if (diagnosis_.lines().size() == before && !told.empty()) {
      diagnosis_.ok(check_of::managed, file_ + " sets " + told);
    }
  }

  void check_failure_switch(const JsonValue& value) {
    static constexpr std::array<std::string_view, 3> known{"confirm", "block", "allow"};
    const std::string text = text_of(&value);
    if (std::find(known.begin(), known.end(), text) == known.end()) {
      warn_switch(value, "\"on_host_failure\" is none of confirm, block, allow");
    } else if (text == "allow") {
      diagnosis_.warn(check_of::managed,
                      at(file_, value) + ": mail leaves unchecked where the host is away",
                      "\"confirm\" lets the person decide, \"block\" holds it back.");
    }
  }

  void check_requirement(const JsonValue& value) {
    const JsonValue* revision = value.find("revision");
    const std::string name = text_of(value.text() != nullptr ? &value : value.find("name"));
    const bool has_revision = revision != nullptr && revision->integer() != nullptr;
    if (name.empty() || (revision != nullptr && !has_revision)) {
      fail_switch(value,
                  "\"require_organisation\" has no name, or a revision that is no number: "
                  "nothing meets it");
      return;
    }
    const std::int64_t least = has_revision ? *revision->integer() : 0;
    const auto policy = patient_.policy.policy();
    const std::string found =
        policy == nullptr || policy->organisation.empty()
            ? "no organisation"
            : "\"" + policy->organisation + "\", revision " + std::to_string(policy->revision);
    if (policy == nullptr || policy->organisation != name || policy->revision < least) {
      diagnosis_.fail(check_of::managed,
                      at(file_, value) + ": requires the policy of \"" + name + "\", revision " +
                          std::to_string(least) + " or later, and the one in force is of " + found +
                          ": the guard counts as failed",
                      "Bring the policy folder up to date, or mend \"require_organisation\" and "
                      "restart Thunderbird.");
    }
  }

  void warn_switch(const JsonValue& value, const std::string& text) {
    diagnosis_.warn(check_of::managed, at(file_, value) + ": " + text,
                    "The switches are on_host_failure, require_organisation and help_url "
                    "(docs/ADMIN).");
  }

  void fail_switch(const JsonValue& value, const std::string& text) {
    diagnosis_.fail(check_of::managed, at(file_, value) + ": " + text, "Mend it (docs/ADMIN).");
  }

  const Patient& patient_;
  const std::string file_;
  Diagnosis& diagnosis_;
};

}  // namespace

void diagnose_thunderbird_policies(const Patient& patient,
                                   const std::vector<FoundThunderbird>& found,
                                   Diagnosis& diagnosis) {
  const FileTree& machine = patient.machine;
  std::vector<fs::path> files{thunderbird_policies_file()};
  for (const FoundThunderbird& one : found) {
    files.push_back(one.folder / "distribution/policies.json");
  }
  bool is_read = false;
  for (const fs::path& file : files) {
    const std::string shown = machine.at(file).string();
    if (!machine.holds(file)) {
      continue;
    }
    // Of several Thunderbirds each reads the first, where there is one, and nothing is merged.
    if (is_read && machine.holds(files.front())) {
      diagnosis.warn(
          check_of::policies,
          shown + " is not read: " + machine.at(files.front()).string() + " stands before it",
          "Put all into the latter.");
      continue;
    }
    is_read = true;
    const auto document = machine.read_json_file(file);
    if (document) {
      PoliciesLook(patient, shown, diagnosis).look(*document);
    } else {
      diagnosis.fail(check_of::policies,
                     document.error().text + ": Thunderbird takes nothing from this file",
                     "Mend it, let everybody read it (chmod a+r), and restart Thunderbird.");
    }
  }
  if (!is_read) {
    const auto policy = patient.policy.policy();
    const std::string text = "there is no policies.json; users may switch the extension off";
    if (policy != nullptr && policy->from_organisation) {
      diagnosis.warn(check_of::policies, text, "Have it \"force_installed\" (docs/ADMIN).");
    } else {
      diagnosis.ok(check_of::policies, text);
    }
  }
}

}  // namespace recipient_guard
