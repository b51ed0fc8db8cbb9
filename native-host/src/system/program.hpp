// SPDX-License-Identifier: MPL-2.0
// The program file that this process was started from, and whether an upgrade has replaced it.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "system/files.hpp"

namespace recipient_guard {

class RunningProgram {
 public:
  /// To be called at the start, while the path still leads to the file that runs. Nothing where the
  /// platform does not tell.
  static std::optional<RunningProgram> find();

  /// Absolute, links resolved.
  const std::filesystem::path& path() const { return path_; }

  /// Another file stands at the path now: an upgrade. False where none stands there, since starting
  /// anew would fail.
  bool replaced() const;

 private:
  RunningProgram(std::filesystem::path path, const FileLook& look)
      : path_(std::move(path)), look_(look) {}

  std::filesystem::path path_;
  FileLook look_;
};

/// This user may run the file: by its rights, and by how its disk is mounted.
bool may_run(const std::filesystem::path& file);

}  // namespace recipient_guard
