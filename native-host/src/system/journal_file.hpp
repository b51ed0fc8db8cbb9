// SPDX-License-Identifier: MPL-2.0
// What a record needs of the system beyond its files: to keep others away while it is written, and
// the names of machine and user. The one place that knows the platform's calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "system/error.hpp"
#include "system/held_file.hpp"

namespace recipient_guard {

/// Held by one process at a time, until it ends or the value goes (flock).
class FileLock {
 public:
  /// Makes the file where it is missing (rights 0600); it must outlive the lock, and be read and
  /// written. `busy` where somebody else holds it for all of `patience`; other errors as
  /// make_private_file().
  static Result<FileLock> take(HeldFile& file, std::chrono::milliseconds patience);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  explicit FileLock(HeldFile& file) : file_(&file) {}
  HeldFile* file_;
};

/// Cuts a file to `size` octets.
Result<Done> cut_to(const std::filesystem::path& file, std::uint64_t size);

std::string machine_name();  ///< as the system calls itself, empty where it cannot tell
std::string user_name();     ///< of the effective user; the number where it has no name

/// One line for the system's own log (syslog(3)), as a message of the user's programs.
void tell_system_log(const std::string& line);

}  // namespace recipient_guard
