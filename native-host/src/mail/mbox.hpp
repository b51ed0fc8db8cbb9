// SPDX-License-Identifier: MPL-2.0
// mbox and single messages, and JSON Lines: files that are read line by line. Inner part of this
// room; see reader.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "mail/header_block.hpp"
#include "mail/lines.hpp"
#include "mail/mail_date.hpp"
#include "mail/reader.hpp"

namespace recipient_guard {

/// What line-wise readers share: the name for places, the size for progress.
struct MailFile {
  std::string name;
  std::optional<std::uint64_t> octets;
  LineReader lines;
};

/// A message begins with a From_ line: the first of the file, or one that stands behind an empty
/// line, has the shape of one (mail_date.hpp), and is followed by a header field. All three, since
/// the text of a message may hold a line that begins with `From `, and not every program writes
/// `>From ` for it. A file that holds text and no message gives one MailFault that says so.
class MboxReader final : public MailReader {
 public:
  explicit MboxReader(MailFile file) : file_(std::move(file)) {}
  Result<std::optional<MailItem>> next() override;
  MailFormat format() const override { return MailFormat::mbox; }
  Progress progress() const override { return {file_.lines.octets_read(), file_.octets}; }

 private:
  Result<bool> find_message();
  Result<std::optional<MailItem>> read_message();
  void begin(const FromLine& from, std::uint64_t line);
  MailFault no_message() const;

  MailFile file_;
  HeaderBlock block_;
  std::optional<std::int64_t> time_;
  std::uint64_t began_at_ = 0;
  bool at_start_ = true;
  bool begun_ = false;  // a From_ line was read, its header not yet
  bool holds_text_ = false;
  bool any_ = false;  // a message was found
};

class SingleMessageReader final : public MailReader {
 public:
  explicit SingleMessageReader(MailFile file) : file_(std::move(file)) {}
  Result<std::optional<MailItem>> next() override;
  MailFormat format() const override { return MailFormat::message; }
  Progress progress() const override { return {file_.lines.octets_read(), file_.octets}; }

 private:
  MailFile file_;
  bool done_ = false;
};

class JsonLinesReader final : public MailReader {
 public:
  static constexpr std::size_t max_line_octets = 8U * 1024U * 1024U;

  explicit JsonLinesReader(MailFile file) : file_(std::move(file)) {}
  Result<std::optional<MailItem>> next() override;
  MailFormat format() const override { return MailFormat::json_lines; }
  Progress progress() const override { return {file_.lines.octets_read(), file_.octets}; }

 private:
  MailFile file_;
};

}  // namespace recipient_guard
