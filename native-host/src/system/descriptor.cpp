// SPDX-License-Identifier: MPL-2.0
#include "system/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace recipient_guard {

namespace fs = std::filesystem;

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int Descriptor::release() {
  return std::exchange(number_, -1);
}

int open_again_if_interrupted(const fs::path& path, int flags, unsigned rights) {
  for (;;) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(rights));
    if (number >= 0 || errno != EINTR) {
      return number;
    }
  }
}

int truncate_again_if_interrupted(int descriptor, std::uint64_t size) {
  int result = 0;
  do {
    result = ::ftruncate(descriptor, static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  return result;
}

Error error_of(int number, const fs::path& path, ErrorCode otherwise) {
  ErrorCode code = otherwise;
  if (number == ENOENT || number == ENOTDIR) {
    code = ErrorCode::no_input;
  } else if (number == EACCES || number == EPERM) {
    code = ErrorCode::no_permission;
  }
  return {code, path.string() + ": " + std::generic_category().message(number)};
}

Result<Done> sync_folder(const fs::path& folder) {
  const Descriptor descriptor(open_again_if_interrupted(folder, O_RDONLY | O_DIRECTORY));
  if (!descriptor.is_open()) {
    return error_of(errno, folder);
  }
  // Some file systems know no fsync of folders; nothing more can be done there.
  if (::fsync(descriptor.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    return error_of(errno, folder);
  }
  return Done{};
}

}  // namespace recipient_guard
