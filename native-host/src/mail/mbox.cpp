// SPDX-License-Identifier: MPL-2.0
#include "mail/mbox.hpp"

#include <utility>

#include "document/encoding.hpp"

namespace recipient_guard {

void MboxReader::begin(const FromLine& from, std::uint64_t line) {
  time_ = from.time;
  began_at_ = line;
  begun_ = true;
}

/// Passes over the rest of a message. True where another begins: its first header line is taken in.
Result<bool> MboxReader::find_message() {
  bool behind_empty_line = at_start_;
  std::optional<FromLine> candidate;
  std::uint64_t candidate_at = 0;
  for (;;) {
    const Result<std::optional<Line>> read = file_.lines.next();
    if (!read) {
      return read.error();
    }
    if (!*read) {
      return false;
    }
    const Line& line = **read;
    holds_text_ = holds_text_ || line.text.find_first_not_of(" \t") != std::string_view::npos;
    if (candidate && (is_header_line(line.text) || line.text.starts_with(">From "))) {
      begin(*candidate, candidate_at);
      block_.add(line);
      return true;
    }
    candidate = behind_empty_line ? read_from_line(line.text) : std::nullopt;
    candidate_at = line.number;
    behind_empty_line = line.text.empty();
  }
}

Result<std::optional<MailItem>> MboxReader::read_message() {
  for (;;) {
    const Result<std::optional<Line>> read = file_.lines.next();
    if (!read) {
      return read.error();
    }
    const bool ended = !*read || (*read)->text.empty();
    // A header that breaks off, as a full disk leaves it: `From ` is no field, so it is the next
    // message (the bare form could be a broken line, and is passed over).
    const auto from = ended ? std::nullopt : read_from_line((*read)->text);
    const bool next_begins = from && !from->bare;
    if (!ended && !next_begins) {
      block_.add(**read);
      continue;
    }
    std::string place = file_.name + ":" + std::to_string(began_at_);
    const auto time = time_;
    begun_ = false;
    if (next_begins) {
      begin(*from, (*read)->number);
    }
    return std::optional(block_.finish(std::move(place), time));
  }
}

Result<std::optional<MailItem>> MboxReader::next() {
  if (!begun_) {
    const Result<bool> found = find_message();
    at_start_ = false;
    if (!found) {
      return found.error();
    }
    if (!*found) {
      // An empty folder is fine; text without a message is another kind of file, or a damaged one.
      return std::exchange(holds_text_, false) && !any_ ? std::optional<MailItem>(no_message())
                                                        : std::nullopt;
    }
  }
  any_ = true;
  return read_message();
}

MailFault MboxReader::no_message() const {
  return {file_.name + ":1",
          "no message found. Looked for the From line of an mbox, first in the file or behind an "
          "empty line, with a header field in the line behind it: `From SENDER Tue Jul 25 14:02:11 "
          "2023`, `From - ...`, `From SENDER Tue, 25 Jul 2023 14:02:11 +0200`, or `From ` alone"};
}

Result<std::optional<MailItem>> SingleMessageReader::next() {
  if (std::exchange(done_, true)) {
    return std::optional<MailItem>();
  }
  Result<MailItem> item = read_header_block(file_.lines, file_.name, std::nullopt);
  if (!item) {
    return item.error();
  }
  return std::optional(std::move(*item));
}

Result<std::optional<MailItem>> JsonLinesReader::next() {
  for (;;) {
    const Result<std::optional<Line>> read = file_.lines.next();
    if (!read) {
      return read.error();
    }
    if (!*read) {
      return std::optional<MailItem>();
    }
    const Line& line = **read;
    std::string_view text = line.text;
    if (line.number == 1) {
      text = without_byte_order_mark(text);
    }
    if (text.find_first_not_of(" \t") == std::string_view::npos) {
      continue;
    }
    std::string place = file_.name + ":" + std::to_string(line.number);
    if (line.cut) {
      return std::optional<MailItem>(MailFault{
          std::move(place), "longer than " + std::to_string(max_line_octets) + " octets"});
    }
    return std::optional<MailItem>(
        MessageLine{std::move(place), static_cast<int>(line.number), std::string(text)});
  }
}

}  // namespace recipient_guard
