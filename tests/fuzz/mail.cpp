// SPDX-License-Identifier: MPL-2.0
// Files of mail. The first octet says which reader, the second in what pieces the file is read:
// whatever the pieces, it holds the same. Two more choices go by way of a file: one whose kind is
// guessed, and one in a Maildir, whose first line is its name.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "address/reader.hpp"
#include "fuzzing.hpp"
#include "mail/address_list.hpp"
#include "mail/maildir.hpp"
#include "mail/mbox.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

class Pieces final : public OctetSource {
 public:
  Pieces(std::string_view text, std::size_t size) : rest_(text), size_(size) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t count = std::min({size_, into.size(), rest_.size()});
    std::copy_n(rest_.data(), count, into.data());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
  std::size_t size_;
};

std::unique_ptr<MailReader> reader_of(std::size_t format, std::string_view text,
                                      std::size_t piece) {
  // A bound that inputs reach.
  constexpr std::size_t max_line_octets = 500;
  MailFile file{"file", text.size(),
                LineReader(std::make_unique<Pieces>(text, piece), max_line_octets)};
  switch (format) {
    case 0:
      return std::make_unique<SingleMessageReader>(std::move(file));
    case 1:
      return std::make_unique<JsonLinesReader>(std::move(file));
    default:
      return std::make_unique<MboxReader>(std::move(file));
  }
}

/// An address list written again holds the same mailboxes.
void look_at(const std::vector<MailRecipient>& recipients) {
  std::string joined;
  std::vector<std::string> expected;
  for (const MailRecipient& recipient : recipients) {
    demand(!recipient.text.empty(), "a mailbox is not empty");
    if (std::holds_alternative<ReadMailbox>(read_recipient(recipient.text))) {
      joined += (joined.empty() ? "" : ", ") + recipient.text;
      expected.push_back(recipient.text);
    }
  }
  demand(mailboxes_of(joined, expected.size()) == expected, "a list written again is the same");
}

std::string told(const MailItem& item) {
  if (const auto* const fault = std::get_if<MailFault>(&item)) {
    return fault->place + "!" + fault->text;
  }
  if (const auto* const line = std::get_if<MessageLine>(&item)) {
    return line->place + "=" + line->text;
  }
  const auto& headers = std::get<MailHeaders>(item);
  look_at(headers.recipients);
  std::string text = headers.place + "|" + headers.from + "|" + headers.message_id + "|" +
                     std::to_string(headers.time.value_or(-1));
  for (const MailRecipient& recipient : headers.recipients) {
    text += "|" + recipient.text;
  }
  return text;
}

std::vector<std::string> items_of(MailReader& reader, std::size_t octets) {
  std::vector<std::string> items;
  for (;;) {
    const auto item = reader.next();
    demand(static_cast<bool>(item), "memory can be read");
    demand(reader.progress().done <= octets, "no more is read than there is");
    if (!*item) {
      return items;
    }
    items.push_back(told(**item));
    demand(items.size() <= octets + 1, "a reader comes to its end");
  }
}

/// A Maildir of this process, empty between inputs.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "fuzz-mail-XXXXXX").string();
    demand(::mkdtemp(name.data()) != nullptr, "there is room for a folder");
    path_ = name;
    std::filesystem::create_directory(path_ / "cur");
    std::filesystem::create_directory(path_ / "tmp");
  }
  ~Folder() {
    std::error_code failure;
    std::filesystem::remove_all(path_, failure);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Holds `text` as long as it lives.
class File {
 public:
  File(std::filesystem::path path, std::string_view text) : path_(std::move(path)) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~File() { ::unlink(path_.c_str()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void guess_kind(const Folder& folder, std::string_view text) {
  const File file(folder.path() / "file", text);
  const auto guessed = open_mail(file.path());
  if (!guessed) {
    demand(guessed.error().code == ErrorCode::bad_data, "a file that can be read is mail or not");
    return;
  }
  const auto told = open_mail(file.path(), (*guessed)->format());
  demand(static_cast<bool>(told), "a kind that is guessed may be told");
  demand(items_of(**guessed, text.size()) == items_of(**told, text.size()),
         "a kind that is told is read as if it was guessed");
}

void read_maildir(const Folder& folder, std::string_view text) {
  const std::string name(text.substr(0, std::min(text.find('\n'), text.size())));
  constexpr std::size_t longest_name = 255;
  if (name.empty() || name == "." || name == ".." || name.size() > longest_name ||
      name.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
    return;  // no file is called so
  }
  const File file(folder.path() / "cur" / name,
                  text.substr(std::min(name.size() + 1, text.size())));
  const auto reader = open_mail(folder.path());
  demand(reader && (*reader)->format() == MailFormat::maildir, "a Maildir is known as one");
  const std::size_t count = items_of(**reader, 1).size();
  const bool may_be_draft = name.find(":2,") != std::string::npos;
  demand(count == (name.starts_with('.') ? 0 : 1) || (count == 0 && may_be_draft),
         "a message that is no draft is found");
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  static const Folder folder;
  Dice dice(input);
  const std::size_t format = dice.next() % 5;
  const std::size_t piece = dice.next() + 1;
  const std::string_view text = dice.rest();
  if (format >= 3) {
    return format == 3 ? guess_kind(folder, text) : read_maildir(folder, text);
  }
  const auto whole = reader_of(format, text, text.size() + 1);
  const auto in_pieces = reader_of(format, text, piece);
  demand(items_of(*whole, text.size()) == items_of(*in_pieces, text.size()),
         "a file in pieces is the file");
}
