// SPDX-License-Identifier: MPL-2.0
#include "organisation/entry.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <random>
#include <string>
#include <utility>

using namespace recipient_guard;
using namespace std::string_literals;

namespace {

/// The form and what it names, or the fault.
std::string read(std::string_view text) {
  const auto result = read_entry(text);
  if (const auto* fault = std::get_if<EntryFault>(&result)) {
    return fault->text;
  }
  const Entry& entry = std::get<Entry>(result);
  const std::string named = entry.mailbox  ? entry.mailbox->text()
                            : entry.domain ? entry.domain->text()
                                           : entry.text;
  const char* const forms[] = {"address", "verbatim", "only", "below", "domain"};
  return forms[static_cast<int>(entry.form)] + " "s + named + " <" + entry.text + ">";
}

bool is_fault(std::string_view text) {
  return std::holds_alternative<EntryFault>(read_entry(text));
}

}  // namespace

TEST_CASE("an entry is an address, a domain, a domain alone, or all below it") {
  CHECK(read("bob@navy.mil") == "address bob@navy.mil <bob@navy.mil>");
  CHECK(read("navy.mil") == "domain navy.mil <navy.mil>");
  CHECK(read("mil") == "domain mil <mil>");
  CHECK(read("=navy.mil") == "only navy.mil <=navy.mil>");
  CHECK(read("*.navy.mil") == "below navy.mil <*.navy.mil>");
}

TEST_CASE("an entry's domain is in lower case, its local part as listed") {
  CHECK(read("Navy.MIL") == "domain navy.mil <navy.mil>");
  CHECK(read("Bob.Smith@Navy.MIL") == "address Bob.Smith@navy.mil <Bob.Smith@navy.mil>");
}

TEST_CASE("international names stand in either form") {
  CHECK(read("m\xC3\xBCnchen.example") == "domain xn--mnchen-3ya.example <xn--mnchen-3ya.example>");
  CHECK(read("xn--mnchen-3ya.example") == "domain xn--mnchen-3ya.example <xn--mnchen-3ya.example>");
  CHECK(read("*.M\xC3\x9CNCHEN.example") ==
        "below xn--mnchen-3ya.example <*.xn--mnchen-3ya.example>");
  CHECK(read("=xn--MNCHEN-3ya.example") == "only xn--mnchen-3ya.example <=xn--mnchen-3ya.example>");
  CHECK(read("bob@m\xC3\xBCnchen.example") ==
        "address bob@xn--mnchen-3ya.example <bob@xn--mnchen-3ya.example>");
  CHECK(is_fault("xn--a.example"));
}

TEST_CASE("an address that cannot be read is listed whole") {
  CHECK(read("\"bob smith\"@Navy.mil") ==
        "verbatim \"bob smith\"@navy.mil <\"bob smith\"@navy.mil>");
  CHECK(read("bob@[192.0.2.1]") == "verbatim bob@[192.0.2.1] <bob@[192.0.2.1]>");
  CHECK(std::get<Entry>(read_entry("bob@[192.0.2.1]")).names_address());
  CHECK(std::get<Entry>(read_entry("bob@navy.mil")).names_address());
  CHECK_FALSE(std::get<Entry>(read_entry("=navy.mil")).names_address());
}

TEST_CASE("habits of other tools are faults that offer the right form") {
  CHECK(read("*@navy.mil") == "\"*@navy.mil\" is no entry; write \"navy.mil\"");
  CHECK(read("@navy.mil") == "\"@navy.mil\" is no entry; write \"navy.mil\"");
  CHECK(read("*@*.navy.mil") == "\"*@*.navy.mil\" is no entry; write \"*.navy.mil\"");
  CHECK(read("*navy.mil") == "\"*navy.mil\" is no entry; write \"navy.mil\"");
  CHECK(read("navy.*") ==
        "\"navy.*\" is no entry; names are compared from their end; list each "
        "domain, such as \"navy.com\"");
  CHECK(read(".navy.mil") ==
        "\".navy.mil\" is no entry; write \"*.navy.mil\" for all below it, or "
        "\"navy.mil\" for it and all below");
  CHECK(read("navy.mil.") == "\"navy.mil.\" is no entry; write \"navy.mil\"");
  CHECK(read("https://navy.mil/mail") ==
        "\"https://navy.mil/mail\" is no entry; write \"navy.mil\"");
  CHECK(read("mailto:bob@navy.mil") ==
        "\"mailto:bob@navy.mil\" is no entry; write \"bob@navy.mil\"");
  CHECK(read("Bob <bob@navy.mil>") == "\"Bob <bob@navy.mil>\" is no entry; write \"bob@navy.mil\"");
  // Not "bob@navy.milx", which nobody meant.
  CHECK(read("bob@navy.mil x").find("write") == std::string::npos);
  CHECK(read("<bob@navy.mil>") == "\"<bob@navy.mil>\" is no entry; write \"bob@navy.mil\"");
  CHECK(read(" navy.mil ") == "\" navy.mil \" is no entry; write \"navy.mil\"");
  CHECK(read("*") == "\"*\" is no entry; what holds for everybody else is said by \"strangers\"");
  CHECK(read("!navy.mil") ==
        "\"!navy.mil\" is no entry; what is to be kept out stands in \"block\"");
  CHECK(read("/navy\\.mil$/") ==
        "\"/navy\\.mil$/\" is no entry; patterns are not read; list each domain or address");
  CHECK(read("[192.0.2.1]") ==
        "\"[192.0.2.1]\" is no entry; list the whole address, such as \"bob@[192.0.2.1]\"");
  CHECK(
      read("bob*@navy.mil") ==
      "\"bob*@navy.mil\" is no entry; an address stands whole; of a domain write the domain alone");
  CHECK(read("bob@*.navy.mil") ==
        "\"bob@*.navy.mil\" is no entry; an address stands whole; of a "
        "domain write the domain alone");
}

TEST_CASE("what names nothing is a fault") {
  for (const std::string_view text : {"",
                                      " ",
                                      "=",
                                      "*.",
                                      "=*.navy.mil",
                                      "=bob@navy.mil",
                                      "*.*.mil",
                                      "navy..mil",
                                      "-navy.mil",
                                      "navy-.mil",
                                      "na vy.mil",
                                      "na_vy.mil",
                                      "bob@",
                                      "bob@@navy.mil",
                                      "bob@a@b.mil",
                                      "bob,eve@navy.mil",
                                      "Team: bob@navy.mil;",
                                      "undisclosed-recipients:;@",
                                      "=.mil",
                                      "*navy.*",
                                      "na*vy.mil",
                                      "\"navy.mil\"",
                                      "navy.mil,army.mil",
                                      "navy.mil;",
                                      "navy\n.mil"}) {
    INFO(text);
    CHECK(is_fault(text));
  }
  CHECK(is_fault("navy.mil\0.ml"s));
  CHECK(is_fault(std::string(64, 'a') + ".mil"));
  CHECK(is_fault(std::string(3000, 'a')));
  CHECK(is_fault("a@" + std::string(300, 'a') + ".mil"));
}

TEST_CASE("a fault shows what was written safely and cut") {
  CHECK(read("a\xE2\x80\xAE"
             "b.mil")
            .find("\\u{202e}") != std::string::npos);
  CHECK(read(std::string(100'000, 'a') + "!").size() < 300);
}

TEST_CASE("a habit repeated a thousand times is looked at once") {
  for (const auto& [habit, end] : {std::pair(".", "n"), std::pair("=", "b@n")}) {
    std::string text = end;
    while (text.size() < 2000) {
      text.insert(0, habit);
    }
    double least = 1;  // seconds of the processor
    for (int again = 0; again < 5; ++again) {
      const std::clock_t began = std::clock();
      CHECK(std::holds_alternative<EntryFault>(read_entry(text)));
      least = std::min(least, static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
    }
    INFO(habit);
    CHECK(least < 0.005);
  }
}

TEST_CASE("what is kept as it stands is what would be read from it") {
  std::mt19937 random(20'232);
  constexpr std::string_view characters = "abzAZ09..--__@@=*+%\" \xC3";
  std::size_t kept = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text = round % 2 == 0 ? "bob@fleet.navy.mil" : "fleet.navy.mil";
    for (unsigned changes = random() % 4; changes > 0; --changes) {
      text[random() % text.size()] = characters[random() % characters.size()];
    }
    if (const auto form = form_as_it_stands(text)) {
      ++kept;
      const auto entry = read_entry(text);
      INFO(text);
      REQUIRE(std::holds_alternative<Entry>(entry));
      CHECK(std::get<Entry>(entry).form == *form);
      CHECK(std::get<Entry>(entry).text == text);
    }
  }
  CHECK(kept > 50'000);
  CHECK_FALSE(form_as_it_stands("Navy.mil"));
  CHECK_FALSE(form_as_it_stands("bob@xn--80ak6aa92e.com"));
}
