// SPDX-License-Identifier: MPL-2.0
#include "system/journal_file.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <syslog.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "system/descriptor.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

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

Result<Done> cut_to(const fs::path& file, std::uint64_t size) {
  // No link to elsewhere, and no pipe that would be waited for.
  const Descriptor descriptor(open_again_if_interrupted(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor.is_open() || truncate_again_if_interrupted(descriptor.get(), size) != 0) {
    return error_of(errno, file);
  }
  return Done{};
}

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                          : std::string();
}

std::string user_name() {
  std::vector<char> room(16 * 1024);
  passwd entry{};
  passwd* found = nullptr;
  const int failed = ::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found);
  return failed == 0 && found != nullptr ? std::string(found->pw_name)
                                         : std::to_string(::geteuid());
}

void tell_system_log(const std::string& line) {
  ::openlog("recipient-guard", LOG_PID, LOG_USER);
  ::syslog(LOG_NOTICE, "%s", line.c_str());
}

}  // namespace recipient_guard
