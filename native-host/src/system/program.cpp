// SPDX-License-Identifier: MPL-2.0
#include "system/program.hpp"

#include <unistd.h>

#include <system_error>

namespace recipient_guard {

std::optional<RunningProgram> RunningProgram::find() {
  constexpr const char* running = "/proc/self/exe";
  std::error_code failure;
  std::filesystem::path path = std::filesystem::read_symlink(running, failure);
  const auto look = look_at(running);
  if (failure || !look) {
    return std::nullopt;
  }
  return RunningProgram(std::move(path), *look);
}

bool RunningProgram::replaced() const {
  const auto now = look_at(path_);
  // Not the inode's own time: a new link to the file, or other rights, make no other program.
  return now && (now->device != look_.device || now->number != look_.number ||
                 now->octets != look_.octets || now->modified_ns != look_.modified_ns);
}

bool may_run(const std::filesystem::path& file) {
  return ::access(file.c_str(), X_OK) == 0;
}

}  // namespace recipient_guard
