// SPDX-License-Identifier: MPL-2.0
// What a record needs of files beyond system/files.hpp: to grow one by whole lines, to keep others
// away meanwhile, and the names of machine and user. The one place that knows the platform's calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "system/error.hpp"

namespace recipient_guard {

/// Held by one process at a time, until it ends or the value goes (flock).
class FileLock {
 public:
  /// Makes the file where it is missing (rights 0600). `busy` where somebody else holds it for all
  /// of `patience`; other errors as make_private_file().
  static Result<FileLock> take(const std::filesystem::path& file,
                               std::chrono::milliseconds patience);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

enum class Durably { no, yes };  ///< yes: it lasts through a power cut

/// Appends `text` to a private file of `size` octets, whole or not at all: what was written of it
/// before a failure is taken back. A file of another size is bad_data and stays as it is.
Result<Done> append_whole_or_not_at_all(const std::filesystem::path& file, std::uint64_t size,
                                        std::string_view text, Durably durably);

/// Writes `text` over the first octets of a private file, in one go.
Result<Done> overwrite_start(const std::filesystem::path& file, std::string_view text,
                             Durably durably);

/// Cuts a file to `size` octets.
Result<Done> cut_to(const std::filesystem::path& file, std::uint64_t size);

std::string machine_name();  ///< as the system calls itself, empty where it cannot tell
std::string user_name();     ///< of the effective user; the number where it has no name

/// One line for the system's own log (syslog(3)), as a message of the user's programs.
void tell_system_log(const std::string& line);

}  // namespace recipient_guard
