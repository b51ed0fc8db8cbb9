// SPDX-License-Identifier: MPL-2.0
#include "system/private_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "system/descriptor.hpp"
#include "system/files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t folder_rights = 0700;
constexpr std::uint32_t file_rights = 0600;

}  // namespace

Result<Done> make_private_folder(const fs::path& folder) {
  if (const auto made = make_folders(folder, folder_rights); !made) {
    return made.error();
  }
  const Result<FileLook> look = look_at(folder);
  if (!look) {
    return look.error();
  }
  if (look->owner != current_user()) {
    return Error{ErrorCode::no_permission, folder.string() + ": belongs to user " +
                                               std::to_string(look->owner) + ", not to you"};
  }
  if (look->rights != folder_rights && ::chmod(folder.c_str(), folder_rights) != 0) {
    return error_of(errno, folder, ErrorCode::cannot_create);
  }
  return Done{};
}

Result<Done> make_private_file(const fs::path& file) {
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_rights);
  if (descriptor >= 0) {
    // A stricter umask would take the right to write it from ourselves.
    const bool right = ::fchmod(descriptor, file_rights) == 0;
    const int number = errno;
    ::close(descriptor);
    return right ? sync_folder(file.parent_path())
                 : Result<Done>(error_of(number, file, ErrorCode::cannot_create));
  }
  if (errno != EEXIST) {
    return error_of(errno, file, ErrorCode::cannot_create);
  }
  const Result<FileLook> look = look_at(file);
  if (!look) {
    return look.error();
  }
  if (look->kind != FileKind::regular) {
    return Error{ErrorCode::no_permission, file.string() + ": is no regular file"};
  }
  if (look->owner != current_user()) {
    return Error{ErrorCode::no_permission, file.string() + ": belongs to user " +
                                               std::to_string(look->owner) + ", not to you"};
  }
  if (look->rights != file_rights && ::chmod(file.c_str(), file_rights) != 0) {
    return error_of(errno, file, ErrorCode::cannot_create);
  }
  return Done{};
}

Result<Done> set_aside(const fs::path& file, const fs::path& aside) {
  // rename() would replace what stands there; a second name cannot.
  if (::link(file.c_str(), aside.c_str()) != 0) {
    // File systems without second names (some network and card ones).
    if (errno != EPERM && errno != ENOTSUP && errno != EMLINK && errno != ENOSYS) {
      return error_of(errno, errno == ENOENT ? file : aside, ErrorCode::cannot_create);
    }
    struct stat status {};
    if (::lstat(aside.c_str(), &status) == 0) {
      return error_of(EEXIST, aside, ErrorCode::cannot_create);
    }
    if (::rename(file.c_str(), aside.c_str()) != 0) {
      return error_of(errno, file, ErrorCode::cannot_create);
    }
    return sync_folder(file.parent_path());
  }
  if (::unlink(file.c_str()) != 0) {
    return error_of(errno, file, ErrorCode::cannot_create);
  }
  return sync_folder(file.parent_path());
}

}  // namespace recipient_guard
