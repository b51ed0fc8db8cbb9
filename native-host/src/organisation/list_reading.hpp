// SPDX-License-Identifier: MPL-2.0
// Reading one list file (document/list_file.hpp) into the rules of the policy being built. Inner
// part of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "organisation/document_reading.hpp"
#include "organisation/rules.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_list_entries = 2'000'000;  // of all list files

/// The list file that is being read.
struct ListReading {
  std::string file;        ///< for messages
  std::uint32_t document;  ///< index into Policy::documents
  RuleKind kind;
  PolicyBuild& build;
};

/// Adds each entry of `text` to the rules, and a fault for each line that is none. `entries` counts
/// those of all list files; beyond max_list_entries nothing more is read.
void read_list(const ListReading& list, std::string_view text, std::size_t& entries);

}  // namespace recipient_guard
