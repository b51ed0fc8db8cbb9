// SPDX-License-Identifier: MPL-2.0
#include "system/held_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

int fdatasync_again_if_interrupted(int descriptor) {
  int result = 0;
  do {
    result = ::fdatasync(descriptor);
  } while (result != 0 && errno == EINTR);
  return result;
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
  return durably == Durably::no ? 0 : fdatasync_again_if_interrupted(descriptor);
}

}  // namespace

class HeldFile::Use {
 public:
  explicit Use(HeldFile& file) : file_(file) {}
  ~Use() {
    if (file_.descriptor_.is_open() && !is_on_own_disk(file_.opened_)) {
      file_.close();
    }
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  HeldFile& file_;
};

bool HeldFile::is_open_at(const FileLook& look) const {
  return descriptor_.is_open() && look.device == opened_.device && look.number == opened_.number &&
         look.owner == opened_.owner && look.group == opened_.group &&
         look.rights == opened_.rights;
}

Result<FileLook> HeldFile::open() {
  if (auto look = look_at_itself(path_); look && is_open_at(*look)) {
    return look;
  }
  // No link to elsewhere, and no pipe that would be waited for.
  const int access = access_ == Access::write ? O_WRONLY : O_RDWR;
  descriptor_ = Descriptor(open_again_if_interrupted(path_, access | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!descriptor_.is_open() || ::fstat(descriptor(), &status) != 0) {
    const int number = errno;
    close();
    return error_of(number, path_);
  }
  opened_ = look_of(status);
  return opened_;
}

Result<FileLook> HeldFile::open_private() {
  if (auto look = look_at_itself(path_); look && is_open_at(*look) && is_private(*look)) {
    return look;
  }
  const auto made = make_private_file(path_);
  return made ? open() : made.error();
}

Result<Done> HeldFile::make() {
  const Use use(*this);
  const auto look = open_private();
  return look ? Result<Done>(Done{}) : look.error();
}

bool HeldFile::holds(std::string_view text) {
  const Use use(*this);
  const auto look = open();
  if (!look || look->kind != FileKind::regular || look->octets != text.size()) {
    return false;
  }
  std::string found(text.size(), '\0');
  const ssize_t got = ::pread(descriptor(), found.data(), found.size(), 0);
  return got == static_cast<ssize_t>(text.size()) && found == text;
}

Result<Done> HeldFile::append_whole_or_not_at_all(std::uint64_t size, std::string_view text,
                                                  Durably durably) {
  const Use use(*this);
  const auto look = open();
  if (!look) {
    return look.error();
  }
  if (look->kind != FileKind::regular || look->octets != size) {
    return Error{ErrorCode::bad_data, path_.string() + ": was changed meanwhile"};
  }
  if (write_at(descriptor(), text, size) != 0 || sync(descriptor(), durably) != 0) {
    const int number = errno;
    // Where this fails too, the next to append finds half a line and mends it.
    static_cast<void>(truncate_again_if_interrupted(descriptor(), size));
    return error_of(number, path_);
  }
  return Done{};
}

Result<Done> HeldFile::overwrite_start(std::string_view text, Durably durably) {
  const Use use(*this);
  const auto look = open_private();
  if (!look) {
    return look.error();
  }
  if (write_at(descriptor(), text, 0) != 0 || sync(descriptor(), durably) != 0) {
    return error_of(errno, path_);
  }
  return Done{};
}

}  // namespace recipient_guard
