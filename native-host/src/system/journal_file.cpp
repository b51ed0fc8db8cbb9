// SPDX-License-Identifier: MPL-2.0
#include "system/journal_file.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "system/descriptor.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds between_tries{5};

/// No link to elsewhere, and no pipe that would be waited for.
int open_plain(const fs::path& file) {
  return open_again_if_interrupted(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
}

template <typename Call>
int until_not_interrupted(Call call) {
  for (;;) {
    const int result = call();
    if (result == 0 || errno != EINTR) {
      return result;
    }
  }
}

// pwrite, so that a second try begins where the first one did.
int write_at(int descriptor, std::string_view text, std::uint64_t offset) {
  while (!text.empty()) {
    const ssize_t written =
        ::pwrite(descriptor, text.data(), text.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return -1;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

int sync(int descriptor, Durably durably) {
  return durably == Durably::no
             ? 0
             : until_not_interrupted([descriptor] { return ::fdatasync(descriptor); });
}

}  // namespace

Result<FileLock> FileLock::take(const fs::path& file, std::chrono::milliseconds patience) {
  if (const auto made = make_private_file(file); !made) {
    return made.error();
  }
  const int descriptor = open_again_if_interrupted(file, O_RDWR | O_NOFOLLOW);
  if (descriptor < 0) {
    return error_of(errno, file);
  }
  FileLock lock(descriptor);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return error_of(errno, file);
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return Error{ErrorCode::busy, file.string() + ": somebody else writes"};
    }
    std::this_thread::sleep_for(between_tries);
  }
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Result<Done> append_whole_or_not_at_all(const fs::path& file, std::uint64_t size,
                                        std::string_view text, Durably durably) {
  const Descriptor descriptor(open_plain(file));
  if (!descriptor.is_open()) {
    return error_of(errno, file);
  }
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) {
    return error_of(errno, file);
  }
  if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) != size) {
    return Error{ErrorCode::bad_data, file.string() + ": was changed meanwhile"};
  }
  if (write_at(descriptor.get(), text, size) != 0 || sync(descriptor.get(), durably) != 0) {
    const int number = errno;
    // Where this fails too, the next to append finds half a line and mends it.
    until_not_interrupted([&] { return ::ftruncate(descriptor.get(), static_cast<off_t>(size)); });
    return error_of(number, file);
  }
  return Done{};
}

Result<Done> overwrite_start(const fs::path& file, std::string_view text, Durably durably) {
  const Descriptor descriptor(open_plain(file));
  if (!descriptor.is_open() || write_at(descriptor.get(), text, 0) != 0 ||
      sync(descriptor.get(), durably) != 0) {
    return error_of(errno, file);
  }
  return Done{};
}

Result<Done> cut_to(const fs::path& file, std::uint64_t size) {
  const Descriptor descriptor(open_plain(file));
  if (!descriptor.is_open() || until_not_interrupted([&] {
                                 return ::ftruncate(descriptor.get(), static_cast<off_t>(size));
                               }) != 0) {
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
