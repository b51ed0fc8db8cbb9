// SPDX-License-Identifier: MPL-2.0
// A file of any size as lines, with a bound on what is held of it. Inner part of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "system/error.hpp"

namespace recipient_guard {

/// Octets one after the other, from a file, a pipe or memory.
class OctetSource {
 public:
  OctetSource() = default;
  virtual ~OctetSource() = default;
  OctetSource(const OctetSource&) = delete;
  OctetSource& operator=(const OctetSource&) = delete;

  /// At least one octet into `into`, or 0 at the end.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// `path` may be a pipe (`<(zcat Sent.gz)`), and "-" is standard input. Errors as look_at().
Result<std::unique_ptr<OctetSource>> open_source(const std::filesystem::path& path);
std::unique_ptr<OctetSource> text_source(std::string text);

struct Line {
  std::string_view text;     ///< without LF or CRLF; until the next line is read
  std::uint64_t number = 1;  ///< from 1
  bool cut = false;          ///< longer than was asked for: the rest was passed over
};

class LineReader {
 public:
  static constexpr std::size_t buffer_octets = 64U * 1024U;

  LineReader(std::unique_ptr<OctetSource> source, std::size_t max_line_octets);

  /// What the source begins with, at most `octets` of it and of the buffer. To be called first.
  Result<std::string_view> peek(std::size_t octets);
  /// Nothing at the end. A last line without line end counts.
  Result<std::optional<Line>> next();
  std::uint64_t octets_read() const { return octets_read_; }
  /// Another bound from the next line on.
  void allow_lines_of(std::size_t octets) { max_line_octets_ = octets; }

 private:
  Result<bool> refill();

  std::unique_ptr<OctetSource> source_;
  std::size_t max_line_octets_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string spilled_;  // of a line that does not stand in the buffer whole
  std::uint64_t number_ = 0;
  std::uint64_t octets_read_ = 0;
};

}  // namespace recipient_guard
