// SPDX-License-Identifier: MPL-2.0
#include "mail/maildir.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "mail/header_block.hpp"
#include "mail/lines.hpp"
#include "system/files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  const Result<FileLook> look = look_at(path);
  return look && look->kind == FileKind::folder;
}

/// `1690293731.M20046P2137.host:2,S` begins with the time of delivery; 0 where it does not.
std::int64_t time_of(const std::string& name) {
  std::int64_t time = 0;
  const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), time);
  const bool whole = failure == std::errc() && end != name.data() + name.size() && *end == '.';
  return whole && time > 0 ? time : 0;
}

/// The flag D: a draft never left.
bool is_draft(const std::string& name) {
  const std::size_t flags = name.rfind(":2,");
  return flags != std::string::npos && name.find('D', flags + 3) != std::string::npos;
}

}  // namespace

bool MaildirReader::is_maildir(const fs::path& folder) {
  // Thunderbird makes cur and tmp only.
  return is_folder(folder / "cur") && (is_folder(folder / "new") || is_folder(folder / "tmp"));
}

Result<std::vector<MaildirReader::Entry>> MaildirReader::entries_of(const fs::path& folder) {
  std::vector<Entry> entries;
  for (const bool in_new : {false, true}) {
    const Result<std::vector<std::string>> names =
        names_in(folder / (in_new ? "new" : "cur"), max_messages);
    if (!names && in_new && names.error().code == ErrorCode::no_input) {
      continue;
    }
    if (!names) {
      return names.error();
    }
    for (const std::string& name : *names) {
      if (!name.starts_with('.') && !is_draft(name)) {
        entries.push_back({time_of(name), in_new, name});
      }
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.time, a.name) < std::tie(b.time, b.name);
  });
  return entries;
}

Result<std::unique_ptr<MailReader>> MaildirReader::open(const fs::path& folder) {
  Result<std::vector<Entry>> entries = entries_of(folder);
  if (!entries) {
    return entries.error();
  }
  auto reader = std::make_unique<MaildirReader>();
  reader->folder_ = folder;
  reader->messages_ = std::move(*entries);
  return std::unique_ptr<MailReader>(std::move(reader));
}

fs::path MaildirReader::path_of(const Entry& entry) const {
  return folder_ / (entry.in_new ? "new" : "cur") / entry.name;
}

Result<std::optional<MailItem>> MaildirReader::next() {
  if (at_ == messages_.size()) {
    return std::optional<MailItem>();
  }
  const Entry& entry = messages_[at_++];
  const fs::path path = path_of(entry);
  const Result<FileLook> look = look_at(path);
  // A mail program may rename it meanwhile, with another flag behind its name: said, not fatal.
  if (!look) {
    return std::optional<MailItem>(MailFault{path.string(), look.error().text});
  }
  if (look->kind != FileKind::regular) {
    return std::optional<MailItem>(MailFault{path.string(), "is no regular file"});
  }
  Result<std::unique_ptr<OctetSource>> source = open_source(path);
  if (!source) {
    return std::optional<MailItem>(MailFault{path.string(), source.error().text});
  }
  LineReader lines(std::move(*source), max_header_line_octets);
  const auto time = entry.time > 0 ? std::optional(entry.time) : std::nullopt;
  Result<MailItem> item = read_header_block(lines, path.string(), time);
  if (!item) {
    return std::optional<MailItem>(MailFault{path.string(), item.error().text});
  }
  return std::optional(std::move(*item));
}

}  // namespace recipient_guard
