// SPDX-License-Identifier: MPL-2.0
// recipient-guard manifest print|install|remove
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "system/error.hpp"

namespace recipient_guard {

int run_manifest(const std::vector<std::string>& arguments);

/// The manifest by which Thunderbird starts `program`, an absolute path. Where the program lies
/// below `root`, the path is the one it will have when `root` is the root. bad_data where the path
/// is no UTF-8: JSON cannot carry it.
Result<std::string> host_manifest_for(const std::filesystem::path& program,
                                      const std::optional<std::filesystem::path>& root);

}  // namespace recipient_guard
