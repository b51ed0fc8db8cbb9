// SPDX-License-Identifier: MPL-2.0
#include "mail/mbox.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "../temporary_folder.hpp"
#include "read_all.hpp"

using namespace recipient_guard;

namespace {

std::vector<MailItem> mbox_of(std::string text) {
  MboxReader reader(
      {"Sent", std::nullopt, LineReader(text_source(std::move(text)), max_header_line_octets)});
  return read_all(reader);
}

std::string first_recipient(const MailItem& item) {
  const auto* const headers = std::get_if<MailHeaders>(&item);
  return headers == nullptr || headers->recipients.empty() ? "none" : headers->recipients[0].text;
}

}  // namespace

TEST_CASE("messages of Thunderbird's mbox, with bare From lines and CRLF, are told apart") {
  const auto items = mbox_of(
      "From \r\nFrom: alice@navy.mil\r\nTo: bob@navy.mil\r\n\r\nHello\r\n\r\n"
      "From \r\nX-Mozilla-Status: 0001\r\nTo: eve@navy.mil\r\n\r\nHello\r\n\r\n");
  REQUIRE(items.size() == 2);
  CHECK(first_recipient(items[0]) == "bob@navy.mil");
  CHECK(first_recipient(items[1]) == "eve@navy.mil");
  CHECK(std::get<MailHeaders>(items[0]).from == "alice@navy.mil");
  CHECK(std::get<MailHeaders>(items[0]).place == "Sent:1");
  CHECK(std::get<MailHeaders>(items[1]).place == "Sent:7");
}

TEST_CASE("messages of an older Thunderbird and of a mail server are told apart") {
  const auto items = mbox_of(
      "From - Tue Jul 25 14:02:11 2023\nTo: a@navy.mil\n\ntext\n\n"
      "From bob@navy.mil Tue Jul 25 14:02:11 2023\nTo: b@navy.mil\n\ntext\n\n"
      "From bob@navy.mil  Tue Jul  5 14:02:11 CEST 2023\nTo: c@navy.mil\n\n\n"
      "From bob@navy.mil Tue Jul 25 14:02:11 2023 +0200\nTo: d@navy.mil\n\n\n"
      "From \"bob smith\"@navy.mil Tue Jul 25 14:02 2023\nTo: e@navy.mil\n\n");
  REQUIRE(items.size() == 5);
  CHECK(first_recipient(items[4]) == "e@navy.mil");
}

TEST_CASE("messages whose From lines carry a date of RFC 5322 are told apart") {
  const auto items = mbox_of(
      "From bob@navy.mil Tue, 25 Jul 2023 14:02:11 +0200\nTo: a@navy.mil\n\ntext\n\n"
      "From 25 Jul 2023 14:02:11 +0200 it was raining.\nTo: nobody@navy.mil\n\n"
      "From - Tue, 25 Jul 2023 14:02:12 +0200\r\nTo: b@navy.mil\r\n\r\ntext\r\n\r\n"
      "From bob at navy.mil  Tue Jul 25 14:02:13 2023\nTo: c@navy.mil\n\n");
  REQUIRE(items.size() == 3);
  CHECK(first_recipient(items[0]) == "a@navy.mil");
  CHECK(std::get<MailHeaders>(items[0]).time == 1690286531);
  CHECK(first_recipient(items[1]) == "b@navy.mil");
  CHECK(first_recipient(items[2]) == "c@navy.mil");
}

TEST_CASE("text without any message is one fault that says what was looked for") {
  for (const char* text : {"From the bridge you see it.\nTo: nobody@navy.mil\n", "\n \nhello\n",
                           "From bob@navy.mil Tue Jul 25 14:02:11 2023\n\nTo: nobody@navy.mil\n"}) {
    CAPTURE(text);
    const auto items = mbox_of(text);
    REQUIRE(items.size() == 1);
    const auto& fault = std::get<MailFault>(items[0]);
    CHECK(fault.place == "Sent:1");
    CHECK(fault.text.find("no message found. Looked for the From line of an mbox") == 0);
  }
}

TEST_CASE("a line of text that begins with From does not begin a message") {
  const std::string head = "From - Tue Jul 25 14:02:11 2023\nTo: a@navy.mil\n\n";
  const std::string tail = "\n\nFrom - Tue Jul 25 14:02:12 2023\nTo: b@navy.mil\n\n";
  const std::vector<std::string> texts{
      "From here on it is easy.\nTo: nobody@navy.mil",
      "\nFrom the bridge you see it.\nTo: nobody@navy.mil",
      // Without an empty line before it.
      "text\nFrom bob@navy.mil Tue Jul 25 14:02:11 2023\nTo: nobody@navy.mil",
      // Without a header field behind it.
      "\nFrom bob@navy.mil Tue Jul 25 14:02:11 2023\nwe sailed on.",
      "\nFrom \nhere on it is easy.",
      "\nFrom bob Tue Jul 25 2023\nTo: nobody@navy.mil",
      "\n>From bob@navy.mil Tue Jul 25 14:02:11 2023\nTo: nobody@navy.mil",
      "\n>>From bob@navy.mil Tue Jul 25 14:02:11 2023\nTo: nobody@navy.mil",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const auto items = mbox_of(head + text + tail);
    REQUIRE(items.size() == 2);
    CHECK(first_recipient(items[0]) == "a@navy.mil");
    CHECK(first_recipient(items[1]) == "b@navy.mil");
  }
}

TEST_CASE("a From line behind the header of an old mail program is no field") {
  const auto items = mbox_of(
      "From bob@navy.mil Tue Jul 25 14:02:11 2023\n"
      ">From bob@relay Tue Jul 25 14:02:10 2023 remote from relay\nTo: a@navy.mil\n\n");
  REQUIRE(items.size() == 1);
  CHECK(first_recipient(items[0]) == "a@navy.mil");
}

TEST_CASE("a message whose header breaks off does not swallow the next") {
  const auto items = mbox_of(
      "From - Tue Jul 25 14:02:11 2023\nTo: a@na"
      "\nFrom - Tue Jul 25 14:02:12 2023\nTo: b@navy.mil\n\ntext\n");
  REQUIRE(items.size() == 2);
  CHECK(first_recipient(items[1]) == "b@navy.mil");
}

TEST_CASE("a message without a header is told as a fault with its place, and the next is read") {
  const auto items = mbox_of(
      "From - Tue Jul 25 14:02:11 2023\n>From x\n\ntext\n\n"
      "From - Tue Jul 25 14:02:12 2023\nTo: b@navy.mil\n\n");
  REQUIRE(items.size() == 2);
  CHECK(std::get<MailFault>(items[0]).place == "Sent:1");
  CHECK(first_recipient(items[1]) == "b@navy.mil");
}

TEST_CASE("a field longer than is held makes a fault, never half an address") {
  std::string to = "To: ";
  while (to.size() < 2 * max_field_octets) {
    to += "somebody.with.a.long.name@fleet.navy.mil,\n ";
  }
  const auto items = mbox_of("From \n" + to + "a@navy.mil\n\n\nFrom \nTo: b@navy.mil\n\n");
  REQUIRE(items.size() == 2);
  CHECK(std::get<MailFault>(items[0]).text.find("the field to is longer") == 0);
  CHECK(first_recipient(items[1]) == "b@navy.mil");
}

TEST_CASE("one line without end is passed over, whatever its length") {
  const std::string line(3 * max_header_line_octets, 'x');
  const auto items = mbox_of("From \nX-Long: " + line + "\nTo: a@navy.mil\n\n" + line +
                             "\n\nFrom \nTo: b@navy.mil");
  REQUIRE(items.size() == 2);
  CHECK(first_recipient(items[0]) == "a@navy.mil");
  CHECK(first_recipient(items[1]) == "b@navy.mil");
}

TEST_CASE("lines that fall on the borders of the buffer are whole") {
  for (std::size_t shift = 0; shift < 40; ++shift) {
    const std::string filler(LineReader::buffer_octets - 20 - shift, 'x');
    const auto items =
        mbox_of("From \nX: " + filler + "\nTo: a@navy.mil\n\n\nFrom \nCc: b@navy.mil");
    REQUIRE(items.size() == 2);
    CHECK(first_recipient(items[0]) == "a@navy.mil");
    CHECK(first_recipient(items[1]) == "b@navy.mil");
  }
}

TEST_CASE("folded fields, fields that stand twice and fields in any case are read") {
  const auto items = mbox_of(
      "From \nTO: a@navy.mil,\n\tb@navy.mil\nto : c@navy.mil\nCC: d@navy.mil\nbcc: e@navy.mil\n"
      "Reply-To: f@navy.mil\nNewsgroups: mil.ships\nFrom: one@navy.mil\nFrom: two@navy.mil\n\n");
  REQUIRE(items.size() == 1);
  const auto& headers = std::get<MailHeaders>(items[0]);
  REQUIRE(headers.recipients.size() == 7);
  const std::vector<std::pair<MailField, std::string>> expected{
      {MailField::to, "a@navy.mil"},       {MailField::to, "b@navy.mil"},
      {MailField::to, "c@navy.mil"},       {MailField::cc, "d@navy.mil"},
      {MailField::bcc, "e@navy.mil"},      {MailField::reply_to, "f@navy.mil"},
      {MailField::newsgroup, "mil.ships"},
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(headers.recipients[i].field == expected[i].first);
    CHECK(headers.recipients[i].text == expected[i].second);
  }
  CHECK(headers.from == "one@navy.mil");
}

TEST_CASE("a reply is known by In-Reply-To or References") {
  const auto items = mbox_of(
      "From \nMessage-ID: <3@navy.mil>\nIn-Reply-To: <2@navy.mil>\nReferences: <1@navy.mil>\n"
      " <2@navy.mil>\nTo: a@navy.mil\n\n\nFrom \nTo: b@navy.mil\n\n\n"
      "From \nIn-Reply-To: your message of Monday\nTo: c@navy.mil\n\n");
  REQUIRE(items.size() == 3);
  const auto& headers = std::get<MailHeaders>(items[0]);
  CHECK(headers.message_id == "3@navy.mil");
  CHECK(headers.in_reply_to == std::vector<std::string>{"2@navy.mil"});
  CHECK(headers.references == std::vector<std::string>{"1@navy.mil", "2@navy.mil"});
  CHECK(headers.is_reply());
  CHECK_FALSE(std::get<MailHeaders>(items[1]).is_reply());
  CHECK(std::get<MailHeaders>(items[2]).is_reply());
}

TEST_CASE("of References only the last ones are held") {
  std::string references = "References:";
  for (int i = 0; i < 500; ++i) {
    references += " <" + std::to_string(i) + "@navy.mil>";
  }
  const auto items = mbox_of("From \n" + references + "\nTo: a@navy.mil\n\n");
  const auto& headers = std::get<MailHeaders>(items.at(0));
  CHECK(headers.references.size() == max_message_ids);
  CHECK(headers.references.back() == "499@navy.mil");
}

TEST_CASE("the time is Date's, else that of the From line, else unknown") {
  const auto items = mbox_of(
      "From - Tue Jul 25 14:02:11 2023\nDate: Tue, 25 Jul 2023 14:02:12 +0200\nTo: a@b.c\n\n\n"
      "From - Tue Jul 25 14:02:11 2023\nDate: yesterday\nTo: a@b.c\n\n\n"
      "From \nTo: a@b.c\n\n");
  REQUIRE(items.size() == 3);
  CHECK(std::get<MailHeaders>(items[0]).time == 1690286532);
  CHECK(std::get<MailHeaders>(items[1]).time == 1690293731);
  CHECK(std::get<MailHeaders>(items[2]).time == std::nullopt);
}

TEST_CASE("an empty mbox and octets of all kinds make no trouble") {
  CHECK(mbox_of("").empty());
  CHECK(mbox_of("\n\n\n").empty());
  CHECK(mbox_of(std::string(1000, '\0')).size() == 1);
  std::string all;
  for (int i = 0; i < 4096; ++i) {
    all += static_cast<char>(i * 37 % 256);
  }
  const auto items = mbox_of("From \nTo: " + all + "\n\n");
  CHECK(items.size() == 1);
}
