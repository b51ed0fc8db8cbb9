// SPDX-License-Identifier: MPL-2.0
#include "mail/lines.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <utility>

#include "system/files.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {
namespace {

class FileSource final : public OctetSource {
 public:
  explicit FileSource(const std::filesystem::path& path)
      : name_(path.string()), stream_(path, std::ios::binary) {}

  bool is_open() const { return stream_.is_open(); }

  Result<std::size_t> read(std::span<char> into) override {
    if (stream_.eof()) {
      return std::size_t{0};
    }
    stream_.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (stream_.bad() || (stream_.fail() && !stream_.eof())) {
      return Error{ErrorCode::input_output, name_ + ": cannot be read to its end"};
    }
    return static_cast<std::size_t>(stream_.gcount());
  }

 private:
  std::string name_;
  std::ifstream stream_;
};

class StandardInput final : public OctetSource {
 public:
  Result<std::size_t> read(std::span<char> into) override { return read_standard_input(into); }
};

class TextSource final : public OctetSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t count = std::min(into.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, count, into.data());
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

std::string_view without_carriage_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

Result<std::unique_ptr<OctetSource>> open_source(const std::filesystem::path& path) {
  if (path == "-") {
    return std::unique_ptr<OctetSource>(std::make_unique<StandardInput>());
  }
  const Result<FileLook> look = look_at(path);
  if (!look) {
    return look.error();
  }
  if (look->kind == FileKind::folder) {
    return Error{ErrorCode::bad_data, path.string() + ": is a folder"};
  }
  auto source = std::make_unique<FileSource>(path);
  if (!source->is_open()) {
    return Error{ErrorCode::no_permission, path.string() + ": cannot be opened"};
  }
  return std::unique_ptr<OctetSource>(std::move(source));
}

std::unique_ptr<OctetSource> text_source(std::string text) {
  return std::make_unique<TextSource>(std::move(text));
}

LineReader::LineReader(std::unique_ptr<OctetSource> source, std::size_t max_line_octets)
    : source_(std::move(source)), max_line_octets_(max_line_octets), buffer_(buffer_octets) {}

/// False at the end. Precondition: all of the buffer was taken.
Result<bool> LineReader::refill() {
  const Result<std::size_t> count = source_->read(buffer_);
  if (!count) {
    return count.error();
  }
  begin_ = 0;
  end_ = *count;
  octets_read_ += *count;
  return *count > 0;
}

Result<std::string_view> LineReader::peek(std::size_t octets) {
  octets = std::min(octets, buffer_.size());
  while (end_ < octets) {
    const Result<std::size_t> count = source_->read(std::span(buffer_).subspan(end_));
    if (!count) {
      return count.error();
    }
    if (*count == 0) {
      break;
    }
    end_ += *count;
    octets_read_ += *count;
  }
  return std::string_view(buffer_.data(), std::min(octets, end_));
}

Result<std::optional<Line>> LineReader::next() {
  spilled_.clear();
  bool cut = false;
  bool began = false;
  for (;;) {
    if (begin_ == end_) {
      const Result<bool> more = refill();
      if (!more) {
        return more.error();
      }
      if (!*more) {
        if (!began) {
          return std::optional<Line>();
        }
        return std::optional(Line{without_carriage_return(spilled_), ++number_, cut});
      }
    }
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    const std::size_t line_end = rest.find('\n');
    const bool whole = line_end != std::string_view::npos;
    const std::string_view part = whole ? rest.substr(0, line_end) : rest;
    begin_ += part.size() + (whole ? 1 : 0);
    if (whole && !began && part.size() <= max_line_octets_) {
      return std::optional(Line{without_carriage_return(part), ++number_, false});
    }
    began = true;
    const std::size_t room = max_line_octets_ - spilled_.size();
    cut = cut || part.size() > room;
    spilled_.append(part.substr(0, room));
    if (whole) {
      return std::optional(Line{without_carriage_return(spilled_), ++number_, cut});
    }
  }
}

}  // namespace recipient_guard
