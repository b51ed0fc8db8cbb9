// SPDX-License-Identifier: MPL-2.0
// A private file that is written to again and again and need not be opened each time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "system/descriptor.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace recipient_guard {

enum class Durably { no, yes };  ///< yes: it lasts through a power cut

/// Each use does what opening the file by its name, doing it and closing it would: what stays open
/// is taken only while the name leads to it, and owner and rights are those it was opened with. On
/// a file system that may be another machine's each use does open and close it: there that is how
/// two machines get to see each other's writing.
class HeldFile {
 public:
  enum class Access { write, read_and_write };

  /// Opens nothing yet.
  HeldFile(std::filesystem::path path, Access access) : path_(std::move(path)), access_(access) {}

  const std::filesystem::path& path() const { return path_; }

  /// As make_private_file().
  Result<Done> make();

  /// The file is `text` and nothing more. False where it is not, or cannot be read.
  bool holds(std::string_view text);

  /// Appends `text` to a file of `size` octets, whole or not at all: what was written of it before
  /// a failure is taken back. A file of another size is bad_data and stays as it is.
  Result<Done> append_whole_or_not_at_all(std::uint64_t size, std::string_view text,
                                          Durably durably);

  /// Writes `text` over the first octets, in one go, of a file made where it is missing.
  Result<Done> overwrite_start(std::string_view text, Durably durably);

 private:
  friend class FileLock;
  class Use;

  bool is_open_at(const FileLook& look) const;
  Result<FileLook> open();
  Result<FileLook> open_private();  // made where it is missing
  int descriptor() const { return descriptor_.get(); }
  void close() { descriptor_ = Descriptor(); }

  std::filesystem::path path_;
  Access access_;
  Descriptor descriptor_;
  FileLook opened_;  // while open
};

}  // namespace recipient_guard
