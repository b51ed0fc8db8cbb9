// SPDX-License-Identifier: MPL-2.0
// Looks at everything that can be wrong between Thunderbird, the extension, the host and what
// belongs to them, and says what to do. Reads files, writes none, starts no program.
// docs/PROTOCOL, "Diagnosis".
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "address/public_suffix.hpp"
#include "diagnosis/file_tree.hpp"
#include "diagnosis/line.hpp"
#include "organisation/policy_source.hpp"
#include "people/store.hpp"

namespace recipient_guard {

/// Of each kind no more lines are told.
inline constexpr std::size_t max_lines_of_a_kind = 20;

/// What is known of the record, told by who may look at it: audit is a sibling room.
struct RecordCondition {
  std::filesystem::path folder;     ///< empty: no record is kept, since no home folder is known
  std::optional<Error> error;       ///< why it cannot be read or written
  std::vector<std::string> faults;  ///< signs of a change
  std::string said;                 ///< "12 lines, unbroken"
};

struct Patient {
  const FileTree& machine;
  std::string host_version;
  std::optional<std::filesystem::path> program;  ///< the file that this process runs
  bool program_replaced = false;
  std::string extension_version;  ///< as it told in hello; empty where it did not
  const PolicySource& policy;
  const PublicSuffixes& suffixes;
  const PeopleStore* people = nullptr;  ///< null: contacts are kept in memory for this run
  RecordCondition record;
  std::int64_t now = 0;  ///< Unix seconds
};

/// Bounded in time by the size of what it reads, some milliseconds as a rule.
Diagnosis diagnose(const Patient& patient);

}  // namespace recipient_guard
