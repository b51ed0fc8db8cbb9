// SPDX-License-Identifier: MPL-2.0
#include "mail/reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "document/encoding.hpp"
#include "mail/header_block.hpp"
#include "mail/maildir.hpp"
#include "mail/mbox.hpp"
#include "system/files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t looked_at_octets = 8192;

constexpr std::array<std::pair<MailFormat, std::string_view>, 4> format_names{
    {{MailFormat::mbox, "mbox"},
     {MailFormat::maildir, "maildir"},
     {MailFormat::message, "message"},
     {MailFormat::json_lines, "json-lines"}}};

/// How other files begin that lie beside mail, and what to say of them.
struct KnownFile {
  std::string_view begins;
  std::string_view what;
};

constexpr std::array known_files{
    KnownFile{"BEGIN:VCARD", "is an address book (vCard), not mail"},
    KnownFile{"BEGIN:VCALENDAR", "is a calendar, not mail"},
    KnownFile{"dn:", "is an address book (LDIF), not mail"},
    KnownFile{"// <!-- <mdb:mork",
              "is Thunderbird's index of a folder; the mail is in the file of "
              "the same name without .msf"},
    KnownFile{"\x1F\x8B", "is compressed by gzip; unpack it first"},
    KnownFile{"BZh", "is compressed by bzip2; unpack it first"},
    KnownFile{"\xFD"
              "7zXZ",
              "is compressed by xz; unpack it first"},
    KnownFile{"\x28\xB5\x2F\xFD", "is compressed by zstd; unpack it first"},
    KnownFile{"PK\x03\x04", "is a zip archive; unpack it first"},
    KnownFile{"!BDN",
              "is an Outlook data file, which is not read; import it into Thunderbird first"},
    KnownFile{"\xD0\xCF\x11\xE0",
              "is an Outlook message, which is not read; save it as .eml first"},
    KnownFile{"SQLite format 3", "is a database, not mail"},
    KnownFile{"%PDF", "is a PDF document, not mail"},
};

std::optional<MailFormat> told_by(std::string_view head) {
  if (head.empty() || head.starts_with("From ")) {
    return MailFormat::mbox;
  }
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  if (head.starts_with("{")) {
    return MailFormat::json_lines;
  }
  if (head.starts_with("From ")) {
    return MailFormat::mbox;
  }
  return is_header_line(head.substr(0, head.find('\n'))) ? std::optional(MailFormat::message)
                                                         : std::nullopt;
}

Error no_mail(const std::string& name, std::string_view head) {
  if (const auto encoding = refused_encoding(head)) {
    return {ErrorCode::bad_data, name + ": is " + std::string(*encoding) + ", not UTF-8"};
  }
  return {ErrorCode::bad_data,
          name + ": is no mail that is read here (mbox, Maildir, a single message, JSON Lines)"};
}

std::unique_ptr<MailReader> reader_of(MailFormat format, MailFile file) {
  switch (format) {
    case MailFormat::message:
      return std::make_unique<SingleMessageReader>(std::move(file));
    case MailFormat::json_lines:
      return std::make_unique<JsonLinesReader>(std::move(file));
    case MailFormat::mbox:
    case MailFormat::maildir:
      break;
  }
  return std::make_unique<MboxReader>(std::move(file));
}

Result<std::unique_ptr<MailReader>> open_file(const fs::path& path,
                                              std::optional<MailFormat> format) {
  Result<std::unique_ptr<OctetSource>> source = open_source(path);
  if (!source) {
    return source.error();
  }
  const std::string name = path == "-" ? "standard input" : path.string();
  std::optional<std::uint64_t> octets;
  if (const Result<FileLook> look = look_at(path); look && look->kind == FileKind::regular) {
    octets = look->octets;
  }
  MailFile file{name, octets,
                LineReader(std::move(*source), format == MailFormat::json_lines
                                                   ? JsonLinesReader::max_line_octets
                                                   : max_header_line_octets)};
  const Result<std::string_view> head = file.lines.peek(looked_at_octets);
  if (!head) {
    return head.error();
  }
  for (const KnownFile& known : known_files) {
    if (head->starts_with(known.begins)) {
      return Error{ErrorCode::bad_data, name + ": " + std::string(known.what)};
    }
  }
  if (!format) {
    format = refused_encoding(*head) ? std::nullopt : told_by(without_byte_order_mark(*head));
    if (!format) {
      return no_mail(name, *head);
    }
    if (format == MailFormat::json_lines) {
      file.lines.allow_lines_of(JsonLinesReader::max_line_octets);
    }
  }
  return reader_of(*format, std::move(file));
}

}  // namespace

std::string_view name_of(MailFormat format) {
  for (const auto& [known, name] : format_names) {
    if (known == format) {
      return name;
    }
  }
  return {};
}

std::optional<MailFormat> mail_format_of(std::string_view name) {
  for (const auto& [format, known] : format_names) {
    if (known == name) {
      return format;
    }
  }
  return std::nullopt;
}

Result<std::unique_ptr<MailReader>> open_mail(const fs::path& path,
                                              std::optional<MailFormat> format) {
  const Result<FileLook> look = path == "-" ? FileLook() : look_at(path);
  if (!look) {
    return look.error();
  }
  if (look->kind != FileKind::folder) {
    if (format == MailFormat::maildir) {
      return Error{ErrorCode::bad_data, path.string() + ": is a file, and a Maildir is a folder"};
    }
    return open_file(path, format);
  }
  if (MaildirReader::is_maildir(path)) {
    return MaildirReader::open(path);
  }
  return Error{ErrorCode::bad_data, path.string() +
                                        ": is a folder, and no Maildir (which holds the "
                                        "folders cur and new); name a file in it"};
}

}  // namespace recipient_guard
