// SPDX-License-Identifier: MPL-2.0
#include "diagnosis/file_tree.hpp"

#include <system_error>
#include <utility>

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr int max_links = 16;

}  // namespace

FileTree::FileTree(fs::path root, std::optional<fs::path> home)
    : root_(std::move(root)), home_(std::move(home)) {}

fs::path FileTree::at(const fs::path& path) const {
  if (path.is_relative() && !home_) {
    return {};
  }
  const fs::path inside = path.is_relative() ? *home_ / path : path;
  return root_.empty() ? inside : root_ / inside.relative_path();
}

fs::path FileTree::followed(const fs::path& path) const {
  fs::path place = at(path);
  for (int links = 0; !root_.empty() && links < max_links; ++links) {
    std::error_code failure;
    const fs::path target = fs::read_symlink(place, failure);
    if (failure) {
      break;
    }
    place = target.is_absolute() ? root_ / target.relative_path() : place.parent_path() / target;
  }
  return place;
}

Result<FileLook> FileTree::look(const fs::path& path) const {
  const fs::path place = followed(path);
  return place.empty() ? Result<FileLook>(Error{ErrorCode::no_input, "no home folder is known"})
                       : look_at(place);
}

Result<FileContent> FileTree::read(const fs::path& path) const {
  const fs::path place = followed(path);
  return place.empty() ? Result<FileContent>(Error{ErrorCode::no_input, "no home folder is known"})
                       : read_whole(place, max_looked_at_octets);
}

Result<JsonValue> FileTree::read_json_file(const fs::path& path) const {
  const auto content = read(path);
  if (!content) {
    return content.error();
  }
  auto read = read_json(content->text);
  if (const auto* fault = std::get_if<JsonFault>(&read)) {
    return Error{ErrorCode::bad_data, at(path).string() + ":" + std::to_string(fault->place.line) +
                                          ":" + std::to_string(fault->place.column) + ": " +
                                          fault->text};
  }
  return std::get<JsonValue>(std::move(read));
}

}  // namespace recipient_guard
