// SPDX-License-Identifier: MPL-2.0
// Files of mail, one message after the other: mbox (RFC 4155, with mboxo, mboxrd and what
// Thunderbird writes), Maildir (https://cr.yp.to/proto/maildir.html, and Thunderbird's without
// `new`), one single message, and JSON Lines of messages (docs/PROTOCOL, "Message").
//
// Any octets are accepted, whole files are never held in memory, the work is linear in their
// length.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "mail/headers.hpp"
#include "system/error.hpp"

namespace recipient_guard {

enum class MailFormat { mbox, maildir, message, json_lines };

std::string_view name_of(MailFormat format);  ///< "mbox", "maildir", "message", "json-lines"
std::optional<MailFormat> mail_format_of(std::string_view name);

class MailReader {
 public:
  MailReader() = default;
  virtual ~MailReader() = default;
  MailReader(const MailReader&) = delete;
  MailReader& operator=(const MailReader&) = delete;

  /// The next message, or what is wrong with it; nothing at the end. An error (input_output) ends
  /// the reading.
  virtual Result<std::optional<MailItem>> next() = 0;
  virtual MailFormat format() const = 0;
  /// How far it is: octets of a file, messages of a Maildir. `whole` is nothing for a pipe.
  struct Progress {
    std::uint64_t done = 0;
    std::optional<std::uint64_t> whole;
  };
  virtual Progress progress() const = 0;
};

/// Opens a file, a pipe, a Maildir or, as "-", standard input. Without `format` it is told from how
/// the file begins; an empty one holds no mail. Errors: no_input, no_permission, input_output, and
/// bad_data for what is no mail, saying what it is (an index, an archive, an address book ..).
Result<std::unique_ptr<MailReader>> open_mail(const std::filesystem::path& path,
                                              std::optional<MailFormat> format = {});

}  // namespace recipient_guard
