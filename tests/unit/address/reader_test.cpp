// SPDX-License-Identifier: MPL-2.0
#include "address/reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "address/idna.hpp"
#include "corpus.hpp"

using namespace recipient_guard;
using nlohmann::json;
using recipient_guard::testing::corpus;

namespace {

const json& rows() {
  static const json all = corpus("addresses.json");
  return all;
}

Reading read_row(const json& row) {
  const auto text = row.at("text").get<std::string>();
  if (!row.contains("parsed")) {
    return read_recipient(text);
  }
  return read_recipient(text, row.at("parsed").get<std::string>());
}

json as_json(const Reading& reading) {
  json result;
  if (const auto* group = std::get_if<EmptyGroup>(&reading)) {
    return {{"empty_group", true}, {"name", group->name}};
  }
  if (const auto* unreadable = std::get_if<Unreadable>(&reading)) {
    result["fault"] = name_of(unreadable->fault);
    if (unreadable->mended) {
      result["mended"] = unreadable->mended->text();
    }
    if (unreadable->mended && unreadable->mended->domain_parted) {
      result["domain_parted"] = true;
    }
    if (unreadable->verbatim) {
      result["verbatim"] = *unreadable->verbatim;
    }
    return result;
  }
  const auto& read = std::get<ReadMailbox>(reading);
  result["local"] = read.mailbox.local.text();
  result["domain"] = read.mailbox.domain.text();
  result["name"] = read.display_name;
  if (read.local_part_beyond_ascii) {
    result["beyond_ascii"] = true;
  }
  if (read.misplaced_dots) {
    result["misplaced_dots"] = true;
  }
  if (read.domain_mapped) {
    result["mapped"] = true;
  }
  if (read.deviation) {
    result["deviation"] = read.deviation->text();
  }
  return result;
}

std::string after_last_at(const std::string& text) {
  return text.substr(text.rfind('@') + 1);
}

// What a careless reader takes for the domain: behind the last at-sign, without the bracket.
std::string careless_domain(const std::string& text) {
  std::string domain = after_last_at(text);
  domain.erase(domain.find_last_not_of(" >") + 1);
  return domain;
}

// The addresses that mail goes to: a piece without an address goes nowhere.
std::vector<std::string> sent_to(const json& row) {
  std::vector<std::string> addresses;
  for (const auto& address : row.at("thunderbird").get<std::vector<std::string>>()) {
    if (!address.empty()) {
      addresses.push_back(address);
    }
  }
  return addresses;
}

const Unreadable& unreadable(const Reading& reading) {
  REQUIRE(std::holds_alternative<Unreadable>(reading));
  return std::get<Unreadable>(reading);
}

const ReadMailbox& mailbox(const Reading& reading) {
  REQUIRE(std::holds_alternative<ReadMailbox>(reading));
  return std::get<ReadMailbox>(reading);
}

}  // namespace

TEST_CASE("the corpus is as wide as it says") {
  std::set<std::string> classes;
  int elsewhere = 0;
  for (const json& row : rows()) {
    classes.insert(row.at("class").get<std::string>());
    const auto text = row.at("text").get<std::string>();
    if (row.at("thunderbird").is_null() || text.find('@') == std::string::npos) {
      continue;
    }
    bool sends = false;
    bool there = false;
    for (const std::string& address : sent_to(row)) {
      if (address.find('@') == std::string::npos) {
        continue;
      }
      sends = true;
      there = there || after_last_at(address) == careless_domain(text);
    }
    if (sends && !there) {
      ++elsewhere;
    }
  }
  CHECK(rows().size() >= 200);
  CHECK(classes.size() >= 25);
  // The text behind the last at-sign is none of the domains that Thunderbird sends to.
  CHECK(elsewhere >= 60);
}

TEST_CASE("each row of the corpus is read as it says") {
  for (const json& row : rows()) {
    INFO(row.dump(-1, ' ', true));
    CHECK(as_json(read_row(row)) == row.at("reads"));
  }
}

TEST_CASE("no row is read as a mailbox that is not the only one Thunderbird sends to") {
  int compared = 0;
  for (const json& row : rows()) {
    if (row.at("thunderbird").is_null()) {
      continue;
    }
    INFO(row.dump(-1, ' ', true));
    const Reading reading = read_row(row);
    if (std::holds_alternative<EmptyGroup>(reading)) {
      CHECK(sent_to(row).empty());
    }
    const auto* read = std::get_if<ReadMailbox>(&reading);
    if (read == nullptr) {
      continue;
    }
    ++compared;
    const std::vector<std::string> addresses = sent_to(row);
    REQUIRE(addresses.size() == 1);
    const std::size_t at = addresses[0].rfind('@');
    REQUIRE(at != std::string::npos);
    CHECK(addresses[0].substr(0, at) == read->mailbox.local.text());
    const auto domain = to_domain_name(addresses[0].substr(at + 1));
    REQUIRE(std::holds_alternative<MappedDomain>(domain));
    CHECK(std::get<MappedDomain>(domain).name == read->mailbox.domain);
  }
  CHECK(compared >= 100);
}

TEST_CASE("with Thunderbird's own reading beside it, a row reads the same or is refused") {
  for (const json& row : rows()) {
    if (row.at("thunderbird").is_null() || row.contains("parsed")) {
      continue;
    }
    const std::vector<std::string> addresses = sent_to(row);
    if (addresses.size() != 1) {
      continue;
    }
    INFO(row.dump(-1, ' ', true));
    const auto text = row.at("text").get<std::string>();
    const json with = as_json(read_recipient(text, addresses[0]));
    CHECK((with == row.at("reads") ||
           (row.at("reads").contains("fault") && with.at("fault") == "readings-differ")));
    const json other = as_json(read_recipient(text, "x" + addresses[0]));
    if (row.at("reads").contains("local")) {
      CHECK(other.at("fault") == "readings-differ");
    }
    CHECK_FALSE(other.contains("verbatim"));
  }
}

TEST_CASE("what is mended can be read, and is not what was typed") {
  int mended = 0;
  for (const json& row : rows()) {
    const Reading reading = read_row(row);
    const auto* bad = std::get_if<Unreadable>(&reading);
    if (bad == nullptr || !bad->mended) {
      continue;
    }
    ++mended;
    INFO(row.dump(-1, ' ', true));
    const std::optional<Mailbox> again = read_address(bad->mended->text());
    REQUIRE(again);
    CHECK(again->text() == bad->mended->text());
    CHECK(bad->mended->text() != row.at("text").get<std::string>());
  }
  CHECK(mended >= 50);
}

TEST_CASE("a mailbox that was read reads as itself, bare, in angle brackets and behind a name") {
  for (const json& row : rows()) {
    const Reading reading = read_row(row);
    const auto* read = std::get_if<ReadMailbox>(&reading);
    if (read == nullptr) {
      continue;
    }
    const std::string address = read->mailbox.text();
    INFO(address);
    for (const std::string& text : {address, "<" + address + ">", "\"a, b\" <" + address + ">",
                                    "Smith, Bob (Navy) <" + address + ">"}) {
      CHECK(mailbox(read_recipient(text, address)).mailbox.text() == address);
    }
    REQUIRE(read_address(address));
    CHECK(read_address(address)->key() == read->mailbox.key());
  }
}

TEST_CASE("every fault has its own name, and the corpus shows each that JSON can hold") {
  std::set<std::string_view> names;
  std::set<std::string> shown;
  for (int i = 0; i <= static_cast<int>(Fault::bad_form); ++i) {
    names.insert(name_of(static_cast<Fault>(i)));
  }
  CHECK(names.size() == static_cast<std::size_t>(Fault::bad_form) + 1);
  for (const json& row : rows()) {
    if (row.at("reads").contains("fault")) {
      shown.insert(row.at("reads").at("fault"));
    }
  }
  // JSON cannot hold broken UTF-8.
  for (const std::string_view name : names) {
    INFO(name);
    CHECK(shown.count(std::string(name)) == (name == "not-utf8" ? 0U : 1U));
  }
}

TEST_CASE("text that is no UTF-8 is refused, wherever it breaks") {
  for (const std::string text :
       {"bob@navy.mil\xff", "b\xc3ob@navy.mil", "\x80 <bob@navy.mil>", "bob@navy.mil\xc3",
        "bo\xc0\xaf"
        "b@navy.mil",
        "\xed\xa0\x80 <bob@navy.mil>", "\xf4\x90\x80\x80@navy.mil", "\xe0\x80\x80@navy.mil",
        "bob@n\xf0\x9f\x92vy.mil"}) {
    CHECK(unreadable(read_recipient(text)).fault == Fault::not_utf8);
    CHECK_FALSE(unreadable(read_recipient(text)).mended);
    CHECK_FALSE(read_address(text));
  }
}

TEST_CASE("a broken reading of Thunderbird's is a difference, never a crash") {
  for (const std::string parsed : {"\xff", "bob@navy.mil\xff", "@", "", "bob@", "@navy.mil", "\"",
                                   "\"bob@navy.mil", "bob@navy.mil@", "<bob@navy.mil>"}) {
    CHECK(unreadable(read_recipient("bob@navy.mil", parsed)).fault == Fault::readings_differ);
  }
}

TEST_CASE("a policy entry is read bare: nothing around the address") {
  CHECK(read_address("bob@navy.mil")->text() == "bob@navy.mil");
  CHECK(read_address("Bob@NAVY.mil")->text() == "Bob@navy.mil");
  for (const char* text : {"", " bob@navy.mil", "bob@navy.mil ", "<bob@navy.mil>", "navy.mil",
                           "@navy.mil", "*@navy.mil.", "Bob <bob@navy.mil>", "bob@navy.mil,",
                           "\"bob smith\"@navy.mil", "bob@[192.0.2.1]", "bob%x@navy.mil"}) {
    INFO(text);
    CHECK_FALSE(read_address(text));
  }
}

TEST_CASE("what would read as an encoded word without its escapes is not listed whole") {
  CHECK_FALSE(unreadable(read_recipient("\"b=\\?b\"@navy.mil")).verbatim);
}

TEST_CASE("what is longer than a header line can be is refused without being looked at") {
  const std::string name(max_recipient_octets - 20, 'x');
  CHECK(mailbox(read_recipient(name + " <bob@navy.mil>")).display_name == name);
  CHECK(unreadable(read_recipient(name + name + " <bob@navy.mil>")).fault == Fault::bad_form);
  CHECK(unreadable(read_recipient(std::string(8 << 20, '\xff'))).fault == Fault::bad_form);
}

TEST_CASE("the work is linear: the worst text of full length takes milliseconds") {
  const std::vector<std::string> units = {"(",
                                          ")",
                                          "\"",
                                          "\\\"",
                                          "<",
                                          ">",
                                          "@",
                                          ",",
                                          "=?",
                                          "=?a?q?",
                                          "=?a?q?b?= ",
                                          "[",
                                          "]",
                                          " ",
                                          ".",
                                          "\xe2\x80\x8b",
                                          "\xef\xbc\xa0",
                                          "(\"",
                                          "\\",
                                          "a@",
                                          ":;",
                                          "xn--",
                                          "\xc3\xa4.",
                                          "a\xcc\x81",
                                          "<\"",
                                          "\t",
                                          "=?utf-8?b?QUFB?= "};
  for (const std::string& unit : units) {
    std::string text;
    while (text.size() + unit.size() + 20 < max_recipient_octets) {
      text += unit;
    }
    for (const std::string& full :
         {text, text + "<bob@navy.mil>", "bob@" + text, "<" + text + ">"}) {
      const auto begin = std::chrono::steady_clock::now();
      static_cast<void>(read_recipient(full, full));
      const auto taken = std::chrono::steady_clock::now() - begin;
      INFO(unit);
      CHECK(taken < std::chrono::milliseconds(500));
    }
  }
}

TEST_CASE("octets of any kind are read or refused, and what is read is one plain mailbox") {
  std::mt19937 random(20230726);
  const std::vector<std::string> pieces = {
      "bob",      "navy", ".",    "@",  "mil", "<",          ">",
      "\"",       "(",    ")",    "[",  "]",   "\\",         ",",
      ";",        ":",    " ",    "=?", "?=",  "=?utf-8?q?", "\xe2\x80\x8b",
      "\xc3\xa4", "\xff", "\x01", "%",  "!",   "xn--"};
  int read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = round % 2 == 0 ? "bob@navy.mil" : "\"Bob\" <bob@navy.mil>";
    for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % (text.size() + 1);
      text.insert(at, pieces[random() % pieces.size()]);
    }
    const Reading reading = read_recipient(text);
    const auto* good = std::get_if<ReadMailbox>(&reading);
    if (good == nullptr) {
      continue;
    }
    ++read;
    const std::string address = good->mailbox.text();
    INFO(text);
    REQUIRE(std::count(address.begin(), address.end(), '@') == 1);
    REQUIRE(address.find_first_of(" <>()[]\\,;:\"%!\x01\xff") == std::string::npos);
    REQUIRE(read_address(address));
  }
  CHECK(read > 1000);
}

TEST_CASE("text is made safe to show") {
  CHECK(escape_for_display("bob@navy.mil") == "bob@navy.mil");
  CHECK(escape_for_display("J\xc3\xb6rg") == "J\xc3\xb6rg");
  CHECK(escape_for_display("a\xe2\x80\x8b"
                           "b") == "a\\u{200b}b");
  CHECK(escape_for_display("\xe2\x80\xae"
                           "x") == "\\u{202e}x");
  CHECK(escape_for_display(std::string_view("\0\t\n\x1b\x7f", 5)) ==
        "\\u{0000}\\u{0009}\\u{000a}\\u{001b}\\u{007f}");
  CHECK(escape_for_display("\xff\xc3(") == "\\x{ff}\\x{c3}(");
  CHECK(escape_for_display("\xed\xa0\x80") == "\\x{ed}\\x{a0}\\x{80}");
  CHECK(escape_for_display("\xc2\xa0\xe3\x80\x80") == "\\u{00a0}\\u{3000}");
  CHECK(escape_for_display("\xf3\xa0\x81\x81") == "\\u{e0041}");
  CHECK(escape_for_display("\xe2\x80\xa8") == "\\u{2028}");
  CHECK(escape_for_display("\xef\xbf\xbd") == "\xef\xbf\xbd");
  CHECK(escape_for_display("").empty());
}

TEST_CASE("the quick way of plain recipients reads as the whole way does") {
  // A blank in front changes nothing, but is more than the quick way takes.
  std::mt19937 random(20'231);
  const std::vector<std::string> pieces = {
      "bob", ".", "@",  "navy.mil", "<",  ">",  " ", "Bob Smith", "-", "'",  "+",  "_",
      "=",   "?", "--", "xn--a",    "\"", "..", ",", "(c)",       ";", "A.", "\\", "\xC3\xA9"};
  std::size_t readable = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = round % 3 == 0 ? "Bob Smith <bob@navy.mil>" : "bob.smith@fleet.navy.mil";
    for (unsigned changes = random() % 4; changes > 0; --changes) {
      text.insert(random() % (text.size() + 1), pieces[random() % pieces.size()]);
    }
    const auto parsed = round % 2 == 0 ? std::optional<std::string_view>()
                                       : std::optional<std::string_view>("bob@navy.mil");
    INFO(text);
    REQUIRE(as_json(read_recipient(text, parsed)) == as_json(read_recipient(" " + text, parsed)));
    readable += std::holds_alternative<ReadMailbox>(read_recipient(text, parsed)) ? 1U : 0U;
  }
  CHECK(readable > 10'000);
}
