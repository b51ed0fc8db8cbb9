// SPDX-License-Identifier: MPL-2.0
// What stands in the files of a record, as far as the chain goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/chain.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// Larger files are refused: a month of a record is some megabytes.
inline constexpr std::size_t max_month_octets = std::size_t{1} << 30U;
inline constexpr std::size_t max_record_files = 10'000;

/// The names of the months in a folder, oldest first; empty where there is no folder.
Result<std::vector<std::string>> months_in(const std::filesystem::path& folder);

/// The lines of a text, each without its line end, and what stands behind the last line end.
struct RecordLines {
  std::vector<std::string_view> whole;
  std::string_view torn;
};
RecordLines lines_of(std::string_view text);

/// The head as it stands; nothing where it is missing or is not as it was written.
Result<std::optional<AuditHead>> head_in(const std::filesystem::path& folder);

}  // namespace recipient_guard
