// SPDX-License-Identifier: MPL-2.0
// What the files of this room share: an open file that closes itself, how a failed call is told,
// and how a new name is brought to disk.
#pragma once

#include <cstdint>
#include <filesystem>

#include "system/error.hpp"
#include "system/files.hpp"

struct stat;

namespace recipient_guard {

/// Owns a file descriptor; negative where open() failed.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }
  int release();

 private:
  int number_ = -1;
};

/// open() with O_CLOEXEC, again where a signal came between; errno is open()'s.
int open_again_if_interrupted(const std::filesystem::path& path, int flags, unsigned rights = 0);

/// ftruncate(), again where a signal came between.
int truncate_again_if_interrupted(int descriptor, std::uint64_t size);

FileLook look_of(const struct stat& status);

/// `number` is an errno; `otherwise` is told where it means neither "not there" nor "not allowed".
Error error_of(int number, const std::filesystem::path& path,
               ErrorCode otherwise = ErrorCode::input_output);

/// Brings a rename, removal or new name in `folder` to disk.
Result<Done> sync_folder(const std::filesystem::path& folder);

}  // namespace recipient_guard
