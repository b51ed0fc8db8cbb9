// SPDX-License-Identifier: MPL-2.0
// The machine that is looked at: this one, or an image of one below a folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "document/json.hpp"
#include "system/files.hpp"

namespace recipient_guard {

/// Nothing that doctor reads of others is larger.
inline constexpr std::size_t max_looked_at_octets = std::size_t{16} << 20U;

class FileTree {
 public:
  /// `root` empty: this machine. `home`: the user's home folder as the machine itself names it.
  FileTree(std::filesystem::path root, std::optional<std::filesystem::path> home);

  const std::filesystem::path& root() const { return root_; }
  const std::optional<std::filesystem::path>& home() const { return home_; }

  /// Where `path` of that machine stands on this one: that is how it is told, too. A relative path
  /// is below the home folder; empty where there is none.
  std::filesystem::path at(const std::filesystem::path& path) const;

  /// As look_at() and read_whole() of `path` of that machine: a link of an image leads into the
  /// image.
  Result<FileLook> look(const std::filesystem::path& path) const;
  Result<FileContent> read(const std::filesystem::path& path) const;
  /// bad_data with the place where the text is no JSON; other errors as read().
  Result<JsonValue> read_json_file(const std::filesystem::path& path) const;

  bool holds(const std::filesystem::path& path) const { return static_cast<bool>(look(path)); }

  /// at(), with the links at its end followed.
  std::filesystem::path followed(const std::filesystem::path& path) const;

 private:
  std::filesystem::path root_;
  std::optional<std::filesystem::path> home_;
};

}  // namespace recipient_guard
