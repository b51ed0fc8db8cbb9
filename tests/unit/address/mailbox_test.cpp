// SPDX-License-Identifier: MPL-2.0
#include "address/mailbox.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "address/reader.hpp"

using namespace recipient_guard;

namespace {

DomainName domain(const std::string& text) {
  const auto name = DomainName::from_ascii(text);
  REQUIRE(name);
  return *name;
}

std::string key(const std::string& text) {
  const auto mailbox = read_address(text);
  REQUIRE(mailbox);
  CHECK(key_of(mailbox->text()) == mailbox->key());
  return mailbox->key();
}

}  // namespace

TEST_CASE("a domain name is made of LDH labels in lower case") {
  CHECK(domain("Fleet.NAVY.Mil").text() == "fleet.navy.mil");
  CHECK(domain("xn--p1ai").text() == "xn--p1ai");
  CHECK(domain("1.2").label_count() == 2);
  for (const std::string& text :
       {std::string(), std::string("."), std::string("mil."), std::string(".mil"),
        std::string("a..b"), std::string("-a.mil"), std::string("a-.mil"), std::string("a_b.mil"),
        std::string("a b.mil"), std::string("n\xc3\xa4vy.mil"), std::string(64, 'a'),
        std::string("a\0b", 3), std::string("*.mil"), std::string("a.mil\n")}) {
    INFO(text);
    CHECK_FALSE(DomainName::from_ascii(text));
  }
}

TEST_CASE("a domain name takes 253 octets and no more") {
  std::string longest;
  for (int i = 0; i < 5; ++i) {
    longest += std::string(49, 'a') + ".";
  }
  CHECK(DomainName::from_ascii(longest + "mil"));
  CHECK((longest + "mil").size() == max_domain_octets);
  CHECK_FALSE(DomainName::from_ascii(longest + "mill"));
}

TEST_CASE("labels stand from left to right") {
  const DomainName name = domain("a.bc.def");
  CHECK(name.labels() == std::vector<std::string_view>{"a", "bc", "def"});
  CHECK(name.label_count() == 3);
  CHECK(domain("mil").labels() == std::vector<std::string_view>{"mil"});
}

TEST_CASE("below means whole labels, and never itself") {
  CHECK(domain("fleet.navy.mil").is_below(domain("navy.mil")));
  CHECK(domain("fleet.navy.mil").is_below(domain("mil")));
  CHECK_FALSE(domain("navy.mil").is_below(domain("navy.mil")));
  CHECK_FALSE(domain("notnavy.mil").is_below(domain("navy.mil")));
  CHECK_FALSE(domain("notmil").is_below(domain("mil")));
  CHECK_FALSE(domain("mil").is_below(domain("navy.mil")));
}

TEST_CASE("a local part is dot-atom text of at most 64 octets") {
  CHECK(LocalPart::from_text("bob"));
  CHECK(LocalPart::from_text("!#$%&'*+-/=?^_`{|}~."));
  CHECK(
      LocalPart::from_text("b\xc3\xb6"
                           "b"));
  CHECK(LocalPart::from_text(".b..b."));
  CHECK(LocalPart::from_text(std::string(64, 'a')));
  for (const std::string& text :
       {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a@b"),
        std::string("\"a\""), std::string("a\\b"), std::string("a,b"), std::string("(a)"),
        std::string("a\0b", 3), std::string("a\x7f"), std::string("a\xc2\x85"), std::string("\xff"),
        std::string("a\xe2\x80\x8b"), std::string("a\xe2\x80\xae"), std::string("a\xef\xbf\xbd")}) {
    INFO(text);
    CHECK_FALSE(LocalPart::from_text(text));
  }
}

TEST_CASE("local parts are equal without regard to ASCII case, and to nothing else") {
  const auto local = [](const char* text) { return *LocalPart::from_text(text); };
  CHECK(local("Bob") == local("bOB"));
  CHECK(local("Bob").text() == "Bob");
  CHECK_FALSE(local("bob") == local("bob+x"));
  CHECK_FALSE(local("b\xc3\x96"
                    "b") == local("b\xc3\xb6"
                                  "b"));
  CHECK_FALSE(local("b\xc3\xb6"
                    "b") == local("bo\xcc\x88"
                                  "b"));
}

TEST_CASE("a mailbox has one key however it is spelt") {
  CHECK(key("Bob@NAVY.mil") == key("bob@navy.mil"));
  CHECK(key("b.o.b@navy.mil") != key("bob@navy.mil"));
  CHECK(key("bob@ex\xc3\xa4mple.ml") == key("bob@xn--exmple-cua.ml"));
  CHECK(read_address("Bob@NAVY.mil")->text() == "Bob@navy.mil");
}

TEST_CASE("dots mean nothing at gmail.com and googlemail.com, and only there") {
  CHECK(key("b.o.b@gmail.com") == key("Bob@GMAIL.com"));
  CHECK(key("b.ob@googlemail.com") == key("bob@googlemail.com"));
  CHECK(key("bob@gmail.com") != key("bob@googlemail.com"));
  CHECK(key("b.ob@mail.gmail.com") != key("bob@mail.gmail.com"));
  CHECK(key("bob+x@gmail.com") != key("bob@gmail.com"));
  CHECK(key("...@gmail.com") == "...@gmail.com");
}

TEST_CASE("the labels of a name are told with those that are empty") {
  CHECK(labels_of("fleet.navy.mil") == std::vector<std::string_view>{"fleet", "navy", "mil"});
  CHECK(labels_of(".mil.") == std::vector<std::string_view>{"", "mil", ""});
  CHECK(labels_of("").size() == 1);
  CHECK(count_labels("fleet.navy.mil") == 3);
  CHECK(count_labels("") == 1);
}

TEST_CASE("a mailbox is read back from its text, and from nothing else") {
  for (const std::string text : {"Bob@navy.mil", "a..b@navy.mil", "j\xc3\xb6rg@xn--p1ai"}) {
    const auto mailbox = Mailbox::from_text(text);
    REQUIRE(mailbox);
    CHECK(mailbox->text() == text);
  }
  for (const std::string text : {"", "bob", "@navy.mil", "bob@", "bob@navy..mil", "b b@navy.mil"}) {
    INFO(text);
    CHECK_FALSE(Mailbox::from_text(text));
  }
}

TEST_CASE("a dot in front, at the end or beside another is misplaced") {
  for (const std::string text : {".bob", "bob.", "bob..smith", "."}) {
    CHECK(LocalPart::from_text(text)->has_misplaced_dots());
  }
  CHECK_FALSE(LocalPart::from_text("bob.smith")->has_misplaced_dots());
}
