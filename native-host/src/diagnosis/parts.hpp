// SPDX-License-Identifier: MPL-2.0
// The parts of doctor.hpp, a source each, in the order of the lines. Inner part of doctor.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/doctor.hpp"
#include "system/thunderbird_places.hpp"

namespace recipient_guard {

/// The names of checks. Append-only.
namespace check_of {
inline constexpr std::string_view program = "program";
inline constexpr std::string_view thunderbird = "thunderbird";
inline constexpr std::string_view manifest = "host-manifest";
inline constexpr std::string_view target = "host-target";
inline constexpr std::string_view extension = "extension";
inline constexpr std::string_view versions = "versions";
inline constexpr std::string_view portal = "portal";
inline constexpr std::string_view policies = "thunderbird-policies";
inline constexpr std::string_view managed = "managed-storage";
inline constexpr std::string_view policy = "policy";
inline constexpr std::string_view people = "people-store";
inline constexpr std::string_view record = "audit-record";
inline constexpr std::string_view suffixes = "suffix-list";
}  // namespace check_of

struct FoundThunderbird {
  ThunderbirdKind kind = ThunderbirdKind::package;
  std::filesystem::path folder;  ///< as the machine names it
  std::string version;           ///< empty where it cannot be read
};

struct FoundProfile {
  std::filesystem::path folder;       ///< as the machine names it
  bool is_used = false;               ///< Thunderbird starts with it where nothing else is said
  std::filesystem::path thunderbird;  ///< the folder of the one that used it last, empty if unknown
  std::string last_version;           ///< of that one
};

std::vector<FoundProfile> find_profiles(const FileTree& machine);
/// In the usual places, and where `profiles` say that one was.
std::vector<FoundThunderbird> find_thunderbirds(const FileTree& machine,
                                                const std::vector<FoundProfile>& profiles);

/// Less, equal or greater than 0 as the first is the older, the same or the newer: "1.10" is newer
/// than "1.9"; what is no number counts as 0.
int compare_versions(std::string_view one, std::string_view other);

void diagnose_program(const Patient& patient, Diagnosis& diagnosis);
void diagnose_thunderbirds(const Patient& patient, const std::vector<FoundThunderbird>& found,
                           Diagnosis& diagnosis);
void diagnose_native_host(const Patient& patient, Diagnosis& diagnosis);
void diagnose_extension(const Patient& patient, const std::vector<FoundThunderbird>& found,
                        const std::vector<FoundProfile>& profiles, Diagnosis& diagnosis);
void diagnose_thunderbird_policies(const Patient& patient,
                                   const std::vector<FoundThunderbird>& found,
                                   Diagnosis& diagnosis);
void diagnose_policy(const Patient& patient, Diagnosis& diagnosis);
void diagnose_people(const Patient& patient, Diagnosis& diagnosis);
void diagnose_record(const Patient& patient, Diagnosis& diagnosis);
void diagnose_suffixes(const Patient& patient, Diagnosis& diagnosis);

}  // namespace recipient_guard
