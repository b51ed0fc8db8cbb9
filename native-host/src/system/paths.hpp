// SPDX-License-Identifier: MPL-2.0
// Where things stand on this platform.
#pragma once

#include <filesystem>
#include <optional>

namespace recipient_guard {

/// The organisation's policy, where no `--policy` is given: /etc/recipient-guard/policy.d
std::filesystem::path default_policy_folder();

/// The user's home: $HOME where it is absolute, else what the user database says; nothing where
/// neither tells.
std::optional<std::filesystem::path> home_folder();

/// The user's own data: $XDG_DATA_HOME/recipient-guard, else ~/.local/share/recipient-guard (XDG
/// Base Directory Specification 0.8: a relative value is ignored). Nothing without a home.
std::optional<std::filesystem::path> people_folder();

/// The audit record: $XDG_STATE_HOME/recipient-guard, else ~/.local/state/recipient-guard.
std::optional<std::filesystem::path> audit_folder();

enum class ManifestScope { user, system };

/// Where Thunderbird looks for manifests of native hosts: ~/.mozilla/native-messaging-hosts, or
/// /usr/lib/mozilla/native-messaging-hosts. Below `root` where one is given, as a package build
/// wants it. Nothing for a user without a home.
std::optional<std::filesystem::path> native_messaging_folder(
    ManifestScope scope, const std::optional<std::filesystem::path>& root = {});

}  // namespace recipient_guard
