// SPDX-License-Identifier: MPL-2.0
// To keep other processes away while a file is written.
#pragma once

#include <chrono>

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

}  // namespace recipient_guard
