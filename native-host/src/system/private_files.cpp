// SPDX-License-Identifier: MPL-2.0
#include "system/private_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

#include "system/descriptor.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t folder_rights = 0700;
constexpr std::uint32_t file_rights = 0600;

std::string of_another(const fs::path& path, const FileLook& look) {
  return path.string() + ": belongs to user " + std::to_string(look.owner) +
         ", not to you; if it should be yours, run as root: chown " +
         std::to_string(current_user()) + " " + path.string();
}

Error with_reason(Error error, const fs::path& path) {
  if (error.code == ErrorCode::no_permission) {
    error.text = why_closed(path).value_or(error.text);
  }
  return error;
}

Result<Done> is_one_of_ours(const FileLook& look, const fs::path& path, FileKind kind) {
  if (look.kind != kind) {
    const char* const wanted = kind == FileKind::folder ? ": is no folder" : ": is no regular file";
    return Error{ErrorCode::no_permission, path.string() + wanted + "; move it out of the way"};
  }
  if (look.owner != current_user()) {
    return Error{ErrorCode::no_permission, of_another(path, look)};
  }
  return Done{};
}

/// Nothing where nothing stands there.
std::optional<Result<Done>> made_private(const fs::path& path, FileKind kind,
                                         std::uint32_t rights) {
  const Result<FileLook> look = look_at_own(path);
  if (!look) {
    return look.error().code == ErrorCode::no_input ? std::nullopt
                                                    : std::optional<Result<Done>>(look.error());
  }
  if (const auto ours = is_one_of_ours(*look, path, kind); !ours) {
    return ours.error();
  }
  if (look->rights != rights && ::chmod(path.c_str(), rights) != 0) {
    return error_of(errno, path, ErrorCode::cannot_create);
  }
  return Done{};
}

}  // namespace

std::optional<std::string> why_closed(const fs::path& path) {
  fs::path sofar;
  for (const fs::path& part : path) {
    sofar /= part;
    const auto look = look_at(sofar);
    if (!look) {
      return std::nullopt;
    }
    const bool is_folder = look->kind == FileKind::folder;
    const int wanted = (is_folder ? X_OK : 0) | (is_folder && sofar != path ? 0 : R_OK);
    if (::faccessat(AT_FDCWD, sofar.c_str(), wanted, AT_EACCESS) != 0) {
      return look->owner != current_user()
                 ? of_another(sofar, *look)
                 : sofar.string() + ": is closed, even to you; run: chmod " +
                       (is_folder ? "700 " : "600 ") + sofar.string();
    }
  }
  return std::nullopt;
}

Result<FileLook> look_at_own(const fs::path& path) {
  auto look = look_at(path);
  return look ? look : Result<FileLook>(with_reason(look.error(), path));
}

bool is_private(const FileLook& look) {
  return look.kind == FileKind::regular && look.rights == file_rights &&
         look.owner == current_user();
}

// Nearly always it is there: looked at first, made where it is not.
Result<Done> make_private_folder(const fs::path& folder) {
  if (auto made = made_private(folder, FileKind::folder, folder_rights)) {
    return *std::move(made);
  }
  if (const auto made = make_folders(folder, folder_rights); !made) {
    return with_reason(made.error(), folder);
  }
  return made_private(folder, FileKind::folder, folder_rights)
      .value_or(Error{ErrorCode::cannot_create, folder.string() + ": is gone again"});
}

Result<Done> look_for_private_folder(const fs::path& folder) {
  const Result<FileLook> look = look_at(folder);
  return look ? is_one_of_ours(*look, folder, FileKind::folder) : Result<Done>(Done{});
}

Result<Done> make_private_file(const fs::path& file) {
  if (auto made = made_private(file, FileKind::regular, file_rights)) {
    return *std::move(made);
  }
  const Descriptor made(
      open_again_if_interrupted(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, file_rights));
  if (made.is_open()) {
    // A stricter umask would take the right to write it from ourselves.
    return ::fchmod(made.get(), file_rights) == 0
               ? sync_folder(file.parent_path())
               : Result<Done>(error_of(errno, file, ErrorCode::cannot_create));
  }
  if (errno != EEXIST) {
    return error_of(errno, file, ErrorCode::cannot_create);
  }
  // Made by somebody else meanwhile, or a link that leads nowhere.
  return made_private(file, FileKind::regular, file_rights)
      .value_or(Error{ErrorCode::no_permission, file.string() + ": is no regular file"});
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
