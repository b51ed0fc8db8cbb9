// SPDX-License-Identifier: MPL-2.0
#include "mail/address_list.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "address/reader.hpp"

using namespace recipient_guard;

namespace {

using Texts = std::vector<std::string>;

Texts split(std::string_view field) {
  return mailboxes_of(field, 1000);
}

/// What the strict reader makes of the only mailbox of `field`: "name|address", or the fault.
std::string read(std::string_view field) {
  const Texts texts = split(field);
  REQUIRE(texts.size() == 1);
  const Reading reading = read_recipient(texts[0]);
  if (const auto* const mailbox = std::get_if<ReadMailbox>(&reading)) {
    return mailbox->display_name + "|" + mailbox->mailbox.text();
  }
  const auto* const unreadable = std::get_if<Unreadable>(&reading);
  return unreadable == nullptr ? "empty group" : std::string(name_of(unreadable->fault));
}

}  // namespace

TEST_CASE("a list is cut at its commas and at no other") {
  CHECK(split("a@navy.mil, b@navy.mil,c@navy.mil") ==
        Texts{"a@navy.mil", "b@navy.mil", "c@navy.mil"});
  CHECK(split("\"Smith, Bob\" <bob@navy.mil>, Eve <eve@navy.mil>") ==
        Texts{"\"Smith, Bob\" <bob@navy.mil>", "Eve <eve@navy.mil>"});
  CHECK(split("bob@navy.mil (Smith, Bob), eve@navy.mil") ==
        Texts{"\"Smith, Bob\" <bob@navy.mil>", "eve@navy.mil"});
  CHECK(split("a@navy.mil; b@navy.mil") == Texts{"a@navy.mil", "b@navy.mil"});
  CHECK(split("\"bob\\\"s, boat\" <bob@navy.mil>") == Texts{"\"bob\\\"s, boat\" <bob@navy.mil>"});
}

TEST_CASE("nothing between commas is nobody") {
  CHECK(split("").empty());
  CHECK(split(" , ,\t, ").empty());
  CHECK(split(",a@navy.mil,,").size() == 1);
}

TEST_CASE("a group gives its members, an empty one nobody") {
  CHECK(split("undisclosed-recipients:;").empty());
  CHECK(split("Crew: a@navy.mil, Bob <b@navy.mil>;, c@navy.mil") ==
        Texts{"a@navy.mil", "Bob <b@navy.mil>", "c@navy.mil"});
}

TEST_CASE("what the list gives is read as Thunderbird reads it") {
  CHECK(read("Bob Smith <bob@navy.mil>") == "Bob Smith|bob@navy.mil");
  CHECK(read("\"Bob  Smith\"  <bob@navy.mil>") == "Bob Smith|bob@navy.mil");
  CHECK(read("bob@navy.mil (Bob Smith)") == "Bob Smith|bob@navy.mil");
  CHECK(read("(Bob Smith) bob@navy.mil") == "Bob Smith|bob@navy.mil");
  CHECK(read("Bob <bob@navy.mil> (crew)") == "Bob (crew)|bob@navy.mil");
  CHECK(read("Dr. Bob Smith <bob@navy.mil>") == "Dr. Bob Smith|bob@navy.mil");
  CHECK(read("=?utf-8?Q?J=C3=B6rg?= <joerg@navy.mil>") == "J\xC3\xB6rg|joerg@navy.mil");
  CHECK(read("\"=?utf-8?B?SsO2cmc=?=\" <joerg@navy.mil>") == "J\xC3\xB6rg|joerg@navy.mil");
  CHECK(read("=?iso-8859-1?Q?J=F6rg?= <joerg@navy.mil>") == "J\xC3\xB6rg|joerg@navy.mil");
  CHECK(read("=?utf-8?Q?Smith=2C_Bob?= <bob@navy.mil>") == "Smith, Bob|bob@navy.mil");
  CHECK(read("\"bob@navy.mil\" <bob@navy.mil>") == "bob@navy.mil|bob@navy.mil");
  // A name in the character set of an old program, without saying so.
  CHECK(read("J\xF6rg <joerg@navy.mil>") == "J\xC3\xB6rg|joerg@navy.mil");
}

TEST_CASE("an encoded comma or bracket never makes another address") {
  CHECK(read("=?utf-8?Q?Bob_=3Ceve=40navy=2Emil=3E=2C?= <bob@navy.mil>") ==
        "Bob <eve@navy.mil>,|bob@navy.mil");
}

TEST_CASE("what is odd in an address stays odd, for the reader to refuse") {
  CHECK(read("bob(x)@navy.mil") == "comment");
  CHECK(read("bob@navy(x).mil") == "comment");
  CHECK(read("\"bob smith\"@navy.mil") == "quoted-local-part");
  CHECK(read("<@relay.mil:bob@navy.mil>") == "route");
  CHECK(read("Bob <bob@[192.0.2.1]>") == "address-literal");
  CHECK(read("=?utf-8?Q?bob?=@navy.mil") == "encoded-word");
  for (const char* field : {"Bob <bob@navy.mil", "\"Bob <bob@navy.mil>", "(bob@navy.mil",
                            "Bob <bob@navy.mil> <eve@navy.mil>", "Bob <bob@navy.mil> eve"}) {
    CAPTURE(field);
    const std::string fault = read(field);
    CHECK(fault.find('|') == std::string::npos);
  }
}

TEST_CASE("more mailboxes than were asked for are told by one more") {
  CHECK(mailboxes_of("a@b.c,a@b.c,a@b.c,a@b.c,a@b.c", 2).size() == 3);
  CHECK(mailboxes_of("a@b.c,a@b.c", 2).size() == 2);
}

TEST_CASE("a megabyte of any one character takes no more than a moment") {
  using Clock = std::chrono::steady_clock;
  for (const char* part :
       {"(", "\"", "<", ">", ",", ":", ";", "\\", "=?", "a(", "\\\"", "(\\", "=?a?q?"}) {
    std::string field;
    while (field.size() < 1024 * 1024) {
      field += part;
    }
    const auto began = Clock::now();
    CHECK(mailboxes_of(field, 50'000).size() <= 50'001);
    CAPTURE(part);
    CHECK(Clock::now() - began < std::chrono::seconds(2));
  }
}
