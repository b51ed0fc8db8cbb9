// SPDX-License-Identifier: MPL-2.0
#include "system/file_lock.hpp"

#include <sys/file.h>

#include <cerrno>
#include <thread>
#include <utility>

namespace recipient_guard {
namespace {

constexpr std::chrono::milliseconds between_tries{5};

}  // namespace

Result<FileLock> FileLock::take(HeldFile& file, std::chrono::milliseconds patience) {
  if (const auto opened = file.open_private(); !opened) {
    return opened.error();
  }
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return error_of(errno, file.path());
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return Error{ErrorCode::busy, file.path().string() + ": somebody else writes"};
    }
    std::this_thread::sleep_for(between_tries);
  }
  return FileLock(file);
}

FileLock::~FileLock() {
  // Closing it lets go too, and cannot fail to.
  if (file_ != nullptr && ::flock(file_->descriptor(), LOCK_UN) != 0) {
    file_->close();
  }
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

}  // namespace recipient_guard
