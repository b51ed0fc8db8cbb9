// SPDX-License-Identifier: MPL-2.0
#include "mail/reader.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "../temporary_folder.hpp"
#include "read_all.hpp"

using namespace recipient_guard;

namespace {

std::vector<MailItem> read_file(const std::filesystem::path& path, MailFormat expected) {
  auto reader = open_mail(path);
  REQUIRE(reader);
  CHECK((*reader)->format() == expected);
  return read_all(**reader);
}

}  // namespace

TEST_CASE("the format of a file is told from how it begins") {
  const TemporaryFolder folder;
  CHECK(read_file(folder.write("Sent", "From \nTo: a@navy.mil\n\n"), MailFormat::mbox).size() == 1);
  CHECK(read_file(folder.write("a.eml", "Received: x\r\nTo: a@navy.mil\r\n\r\ntext"),
                  MailFormat::message)
            .size() == 1);
  CHECK(read_file(folder.write("empty", ""), MailFormat::mbox).empty());
  const auto lines =
      read_file(folder.write("m.jsonl", "\xEF\xBB\xBF{\"recipients\":[]}\r\n\n{\"recipients\":1}"),
                MailFormat::json_lines);
  REQUIRE(lines.size() == 2);
  CHECK(std::get<MessageLine>(lines[0]).text == "{\"recipients\":[]}");
  CHECK(std::get<MessageLine>(lines[1]).place == (folder / "m.jsonl").string() + ":3");
  CHECK(std::get<MessageLine>(lines[1]).line == 3);
}

TEST_CASE("a file that is no mail is refused, saying what it is") {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> cases{
      {"BEGIN:VCARD\r\nVERSION:2.1\r\n", "an address book (vCard)"},
      {"// <!-- <mdb:mork:z v=\"1.4\"/> -->", "without .msf"},
      {std::string("\x1F\x8B\x08"), "gzip"},
      {"\xFF\xFE{", "UTF-16"},
      {"one,two,three\n", "no mail"},
      {"!BDN....", "Outlook"},
      {std::string("SQLite format 3\0", 16), "a database"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(expected);
    const auto reader = open_mail(folder.write("file", text));
    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == ErrorCode::bad_data);
    CHECK(reader.error().text.find(expected) != std::string::npos);
    CHECK(reader.error().text.find((folder / "file").string()) == 0);
  }
  const auto plain = open_mail(folder.path());
  REQUIRE_FALSE(plain);
  CHECK(plain.error().text.find("no Maildir") != std::string::npos);
  const auto missing = open_mail(folder / "missing");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::no_input);
}

TEST_CASE("a Maildir is read in the order of delivery, drafts left out") {
  const TemporaryFolder folder;
  folder.write("cur/1690293732.b.host:2,S", "To: second@navy.mil\n\n");
  folder.write("cur/1690293731.a.host:2,", "To: first@navy.mil\n\n");
  folder.write("cur/1690293730.d.host:2,DS", "To: draft@navy.mil\n\n");
  folder.write("new/1690293733.c.host", "To: third@navy.mil\n\n");
  folder.write("tmp/1690293734.e.host", "To: unfinished@navy.mil\n\n");
  const auto items = read_file(folder.path(), MailFormat::maildir);
  REQUIRE(items.size() == 3);
  const std::vector<std::string> expected{"first@navy.mil", "second@navy.mil", "third@navy.mil"};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& headers = std::get<MailHeaders>(items[i]);
    CHECK(headers.recipients.at(0).text == expected[i]);
    CHECK(headers.time == 1690293731 + static_cast<std::int64_t>(i));
  }
}

TEST_CASE("Thunderbird's Maildir has no folder new") {
  const TemporaryFolder folder;
  folder.write("cur/1690293731.eml", "To: a@navy.mil\n\n");
  std::filesystem::create_directory(folder / "tmp");
  CHECK(read_file(folder.path(), MailFormat::maildir).size() == 1);
}

TEST_CASE("a message that goes away while a Maildir is read is told, and the next is read") {
  const TemporaryFolder folder;
  folder.write("cur/1.a:2,", "To: a@navy.mil\n\n");
  folder.write("cur/2.b:2,", "To: b@navy.mil\n\n");
  std::filesystem::create_directory(folder / "new");
  auto reader = open_mail(folder.path());
  REQUIRE(reader);
  std::filesystem::remove(folder / "cur/1.a:2,");
  const auto items = read_all(**reader);
  REQUIRE(items.size() == 2);
  CHECK(std::holds_alternative<MailFault>(items[0]));
  CHECK(std::holds_alternative<MailHeaders>(items[1]));
}

TEST_CASE("a pipe is read like a file") {
  const TemporaryFolder folder;
  const auto pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(pipe) << "From \nTo: a@navy.mil\n\n"; });
  const auto items = read_file(pipe, MailFormat::mbox);
  writer.join();
  CHECK(items.size() == 1);
}

TEST_CASE("progress tells octets of a file and messages of a Maildir") {
  const TemporaryFolder folder;
  const std::string text = "From \nTo: a@navy.mil\n\n";
  auto reader = open_mail(folder.write("Sent", text));
  REQUIRE(reader);
  CHECK((*reader)->progress().whole == text.size());
  read_all(**reader);
  CHECK((*reader)->progress().done == text.size());
}

TEST_CASE("a line of JSON over 8 MiB is told as a fault, and the next is read") {
  const TemporaryFolder folder;
  const std::string large = "{\"x\":\"" + std::string(9U * 1024U * 1024U, 'x') + "\"}\n";
  const auto items = read_file(folder.write("m", large + "{}\n"), MailFormat::json_lines);
  REQUIRE(items.size() == 2);
  CHECK(std::holds_alternative<MailFault>(items[0]));
  CHECK(std::get<MessageLine>(items[1]).text == "{}");
}

TEST_CASE("every format has a name and is known by it") {
  for (const MailFormat format :
       {MailFormat::mbox, MailFormat::maildir, MailFormat::message, MailFormat::json_lines}) {
    CHECK(mail_format_of(name_of(format)) == format);
  }
  CHECK_FALSE(mail_format_of("pst"));
}
