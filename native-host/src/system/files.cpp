// SPDX-License-Identifier: MPL-2.0
#include "system/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#if defined(__linux__)
#include <sys/sysmacros.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "system/descriptor.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Error too_large(const fs::path& path, std::size_t max_octets) {
  return {ErrorCode::bad_data,
          path.string() + ": is larger than " + std::to_string(max_octets) + " octets"};
}

Result<Done> write_all(int descriptor, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return error_of(errno, path);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

FileLook look_of(const struct stat& status) {
  FileLook look;
  look.kind = S_ISREG(status.st_mode)   ? FileKind::regular
              : S_ISDIR(status.st_mode) ? FileKind::folder
                                        : FileKind::other;
  look.device = static_cast<std::uint64_t>(status.st_dev);
  look.number = static_cast<std::uint64_t>(status.st_ino);
  look.octets = static_cast<std::uint64_t>(status.st_size);
#if defined(__APPLE__)
  look.modified_ns = nanoseconds(status.st_mtimespec);
  look.changed_ns = nanoseconds(status.st_ctimespec);
#else
  look.modified_ns = nanoseconds(status.st_mtim);
  look.changed_ns = nanoseconds(status.st_ctim);
#endif
  look.owner = status.st_uid;
  look.group = status.st_gid;
  look.rights = status.st_mode & 07777U;
  return look;
}

Result<FileLook> look_at(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return error_of(errno, path);
  }
  return look_of(status);
}

Result<FileLook> look_at_itself(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    return error_of(errno, path);
  }
  return look_of(status);
}

bool changed_just_now(const FileLook& look) {
  constexpr std::int64_t coarsest_clock_ns = 2'000'000'000;
  const std::int64_t now_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                  std::chrono::system_clock::now().time_since_epoch())
                                  .count();
  // The distance, since a file dated in the future is not for ever of just now.
  return std::abs(now_ns - look.changed_ns) < coarsest_clock_ns;
}

bool is_on_own_disk(const FileLook& look) {
#if defined(__linux__)
  return major(static_cast<dev_t>(look.device)) != 0;
#else
  return false;
#endif
}

Result<FileContent> read_whole(const fs::path& path, std::size_t max_octets) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not wait; regular files ignore it.
  const Descriptor descriptor(open_again_if_interrupted(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  if (!descriptor.is_open()) {
    // What a socket answers: no error of a disk, but nothing that can be read.
    if (errno == ENXIO) {
      return Error{ErrorCode::bad_data, path.string() + ": is no regular file"};
    }
    return error_of(errno, path);
  }
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) {
    return error_of(errno, path);
  }
  FileContent content;
  content.look = look_of(status);
  if (content.look.kind != FileKind::regular) {
    return Error{ErrorCode::bad_data, path.string() + ": is no regular file"};
  }
  if (content.look.octets > max_octets) {
    return too_large(path, max_octets);
  }
  // One octet more than it holds, so that a file that has grown meanwhile is noticed.
  content.text.resize(static_cast<std::size_t>(content.look.octets) + 1);
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got =
        ::read(descriptor.get(), content.text.data() + filled, content.text.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return error_of(errno, path);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
    if (filled > max_octets) {
      return too_large(path, max_octets);
    }
    if (filled == content.text.size()) {
      content.text.resize(std::min(2 * filled, max_octets + 1));
    }
  }
  content.text.resize(filled);
  return content;
}

Result<std::vector<std::string>> names_in(const fs::path& folder, std::size_t max_names) {
  const auto close = [](DIR* stream) { ::closedir(stream); };
  const std::unique_ptr<DIR, decltype(close)> stream(::opendir(folder.c_str()), close);
  if (!stream) {
    return error_of(errno, folder);
  }
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) {
      if (errno != 0) {
        return error_of(errno, folder);
      }
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") {
      continue;
    }
    if (names.size() == max_names) {
      return Error{ErrorCode::bad_data,
                   folder.string() + ": holds more than " + std::to_string(max_names) + " files"};
    }
    names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::uint32_t current_user() {
  return ::geteuid();
}

std::optional<std::string> lax_rights(const fs::path& path, const FileLook& look,
                                      const std::vector<std::uint32_t>& owners) {
  const std::string name = path.string();
  if (std::find(owners.begin(), owners.end(), look.owner) == owners.end()) {
    const bool root_alone = owners == std::vector<std::uint32_t>{0};
    return name + ": belongs to user " + std::to_string(look.owner) + ", not to root" +
           (root_alone ? "" : " or you") + "; run: chown root " + name +
           (look.kind == FileKind::folder
                ? ", or keep what is read from it elsewhere where it is that user's own"
                : "");
  }
  if ((look.rights & (S_IWGRP | S_IWOTH)) == 0) {
    return std::nullopt;
  }
  const bool by_group = (look.rights & S_IWGRP) != 0;
  const bool by_all = (look.rights & S_IWOTH) != 0;
  const std::string fault =
      name + ": can be changed by " +
      (by_all ? std::string("everybody") : "group " + std::to_string(look.group));
  if (look.kind == FileKind::folder && (look.rights & S_ISVTX) != 0) {
    return fault + ", as is meant of a shared folder; keep what is read from it elsewhere";
  }
  return fault + "; run: chmod " + (by_group && by_all ? "go-w " : by_all ? "o-w " : "g-w ") + name;
}

Result<Done> write_whole_or_not_at_all(const fs::path& path, std::string_view text,
                                       std::uint32_t rights) {
  const fs::path folder = folder_of(path);
  std::string beside = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor descriptor(::mkstemp(beside.data()));
  if (!descriptor.is_open()) {
    return error_of(errno, path, ErrorCode::cannot_create);
  }
  ::fcntl(descriptor.get(), F_SETFD, FD_CLOEXEC);
  const auto fail = [&](Error error) {
    ::unlink(beside.c_str());
    return error;
  };
  if (const auto written = write_all(descriptor.get(), text, path); !written) {
    return fail(written.error());
  }
  if (::fchmod(descriptor.get(), static_cast<mode_t>(rights)) != 0 ||
      ::fsync(descriptor.get()) != 0) {
    return fail(error_of(errno, path));
  }
  // close() can be where a network file system tells that writing failed.
  if (::close(descriptor.release()) != 0 && errno != EINTR) {
    return fail(error_of(errno, path));
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    return fail(error_of(errno, path, ErrorCode::cannot_create));
  }
  return sync_folder(folder);
}

Result<Done> make_folders(const fs::path& folder, std::uint32_t rights) {
  fs::path sofar;
  for (const fs::path& part : folder) {
    sofar /= part;
    if (::mkdir(sofar.c_str(), static_cast<mode_t>(rights)) == 0) {
      continue;
    }
    const int number = errno;
    struct stat status {};
    if (::stat(sofar.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
      return error_of(number == EEXIST ? ENOTDIR : number, sofar, ErrorCode::cannot_create);
    }
  }
  return Done{};
}

Result<Done> cut_to(const fs::path& file, std::uint64_t octets) {
  // No link to elsewhere, and no pipe that would be waited for.
  const Descriptor descriptor(open_again_if_interrupted(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor.is_open() || truncate_again_if_interrupted(descriptor.get(), octets) != 0) {
    return error_of(errno, file);
  }
  return Done{};
}

Result<Done> remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0) {
    return error_of(errno, path);
  }
  return sync_folder(folder_of(path));
}

}  // namespace recipient_guard
