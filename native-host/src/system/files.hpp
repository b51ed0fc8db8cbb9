// SPDX-License-Identifier: MPL-2.0
// Files: read whole and bounded, looked at, judged by their rights, written whole or not at all.
// The one place that knows the platform's calls for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/error.hpp"

namespace recipient_guard {

enum class FileKind { regular, folder, other };

/// What a look at a file tells; two looks that are equal saw the same content, as far as the file
/// system's clock is fine enough.
struct FileLook {
  FileKind kind = FileKind::other;
  std::uint64_t device = 0;
  std::uint64_t number = 0;  ///< the inode
  std::uint64_t octets = 0;
  std::int64_t modified_ns = 0;  ///< since 1970, UTC
  std::int64_t changed_ns = 0;   ///< of the inode: content, owner or rights
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
  std::uint32_t rights = 0;  ///< the twelve bits of chmod

  bool operator==(const FileLook&) const = default;
};

/// Follows links. Errors: no_input where nothing stands there (or a link leads nowhere),
/// no_permission, input_output. The text names the path.
Result<FileLook> look_at(const std::filesystem::path& path);

/// Of a link: the link. Otherwise as look_at().
Result<FileLook> look_at_itself(const std::filesystem::path& path);

/// So short a time ago, by this machine's clock, that another change may have left the same look:
/// FAT counts in 2 s, others in a few ms.
bool changed_just_now(const FileLook& look);

/// The file system is one of a disk of this machine, as its device number tells: nobody but this
/// machine's processes changes anything there. False where that is not known.
bool is_on_own_disk(const FileLook& look);

struct FileContent {
  std::string text;
  FileLook look;  ///< of the very file that was read
};

/// Reads a regular file whole, following links; a pipe or device is refused, not waited for.
/// `max_octets` is held to before anything is allocated, and against a file that grows meanwhile.
/// Errors as look_at(), and bad_data for what is no regular file or too large.
Result<FileContent> read_whole(const std::filesystem::path& path, std::size_t max_octets);

/// The names in a folder, without `.` and `..`, in the order of their octets. More than `max_names`
/// is bad_data; other errors as look_at().
Result<std::vector<std::string>> names_in(const std::filesystem::path& folder,
                                          std::size_t max_names);

/// Who runs this process, by effective id.
std::uint32_t current_user();

/// Why others than `owners` can change a file or folder that was looked at, and what to do, naming
/// `path`; nothing where they cannot. Write access of the group counts as of others: who is in it
/// can change any day.
std::optional<std::string> lax_rights(const std::filesystem::path& path, const FileLook& look,
                                      const std::vector<std::uint32_t>& owners);

/// `text` stands at `path` afterwards and lasts through a power cut, or what stood there before is
/// untouched: written beside it, brought to disk, renamed over it. A link there is replaced, not
/// followed. `rights` as of chmod, whatever the umask. Errors: no_input where the folder is
/// missing, no_permission, cannot_create, input_output.
Result<Done> write_whole_or_not_at_all(const std::filesystem::path& path, std::string_view text,
                                       std::uint32_t rights);

/// Makes a folder and what is missing of its parents, of rights `rights`. One that is there stays.
Result<Done> make_folders(const std::filesystem::path& folder, std::uint32_t rights);

/// Cuts a file to `octets`; no link is followed. Errors as look_at().
Result<Done> cut_to(const std::filesystem::path& file, std::uint64_t octets);

/// Removes a file or link. One that is not there is no_input.
Result<Done> remove_file(const std::filesystem::path& path);

}  // namespace recipient_guard
