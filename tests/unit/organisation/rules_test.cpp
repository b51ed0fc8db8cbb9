// SPDX-License-Identifier: MPL-2.0
#include "organisation/rules.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "address/reader.hpp"

using namespace recipient_guard;

namespace {

Entry entry(const std::string& text) {
  auto result = read_entry(text);
  if (const auto* fault = std::get_if<EntryFault>(&result)) {
    FAIL(fault->text);
  }
  return std::get<Entry>(std::move(result));
}

Mailbox mailbox(const std::string& text) {
  auto read = read_address(text);
  REQUIRE(read.has_value());
  return *read;
}

/// The line of the entry that decides, 0 for none.
std::uint32_t decides(const EntrySet& set, const std::string& address) {
  const auto rule = set.covering(mailbox(address));
  return rule ? rule->source.line : 0;
}

}  // namespace

TEST_CASE("each form covers what it says and nothing else") {
  const std::vector<std::string> addresses = {
      "bob@navy.mil",    "eve@navy.mil", "bob@fleet.navy.mil", "eve@a.fleet.navy.mil",
      "bob@notnavy.mil", "bob@mil",      "bob@navy.mil.ml",    "bob@milnavy",
  };
  const std::map<std::string, std::string> covered = {
      {"bob@navy.mil", "10000000"}, {"navy.mil", "11110000"}, {"=navy.mil", "11000000"},
      {"*.navy.mil", "00110000"},   {"mil", "11111100"},      {"*.mil", "11111000"},
      {"=mil", "00000100"},         {"ml", "00000010"},
  };
  for (const auto& [text, bits] : covered) {
    EntrySet set;
    set.add(entry(text), {0, 1});
    std::string found;
    for (const std::string& address : addresses) {
      found += decides(set, address) == 1 ? '1' : '0';
    }
    INFO(text);
    CHECK(found == bits);
  }
}

TEST_CASE("of every pair of forms the more specific decides, in both orders and all kinds") {
  // From the most specific to the least, all covering bob@a.navy.mil.
  const std::vector<std::string> ranked = {
      "bob@a.navy.mil", "=a.navy.mil", "a.navy.mil", "*.navy.mil", "navy.mil", "*.mil", "mil"};
  const RuleKind kinds[] = {RuleKind::own, RuleKind::allow, RuleKind::block};
  int pairs = 0;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    for (std::size_t j = i + 1; j < ranked.size(); ++j) {
      for (const RuleKind a : kinds) {
        for (const RuleKind b : kinds) {
          for (const bool swapped : {false, true}) {
            EntrySet set;
            if (swapped) {
              set.add(entry(ranked[j]), {0, 2}, b);
              set.add(entry(ranked[i]), {0, 1}, a);
            } else {
              set.add(entry(ranked[i]), {0, 1}, a);
              set.add(entry(ranked[j]), {0, 2}, b);
            }
            INFO(ranked[i] << " and " << ranked[j]);
            const auto rule = set.covering(mailbox("bob@a.navy.mil"));
            REQUIRE(rule.has_value());
            CHECK(rule->source.line == 1);
            CHECK(rule->kind == a);
            CHECK(made_of(*rule).entry.text == ranked[i]);
            ++pairs;
          }
        }
      }
    }
  }
  CHECK(pairs == 21 * 9 * 2);
}

TEST_CASE("of two equal entries block decides, whichever stands first") {
  for (const std::string text :
       {"bob@navy.mil", "=navy.mil", "*.navy.mil", "navy.mil", "bob.smith@gmail.com"}) {
    const std::string address = text == "bob@navy.mil"          ? "bob@navy.mil"
                                : text == "bob.smith@gmail.com" ? "bobsmith@gmail.com"
                                : text == "*.navy.mil"          ? "bob@a.navy.mil"
                                                                : "bob@navy.mil";
    for (const RuleKind other : {RuleKind::own, RuleKind::allow}) {
      EntrySet first;
      first.add(entry(text), {0, 1}, RuleKind::block);
      first.add(entry(text), {0, 2}, other);
      EntrySet last;
      last.add(entry(text), {0, 1}, other);
      last.add(entry(text), {0, 2}, RuleKind::block);
      INFO(text);
      CHECK(first.covering(mailbox(address))->kind == RuleKind::block);
      CHECK(first.covering(mailbox(address))->source.line == 1);
      CHECK(last.covering(mailbox(address))->kind == RuleKind::block);
      CHECK(last.covering(mailbox(address))->source.line == 2);
    }
    EntrySet twice;
    twice.add(entry(text), {0, 1}, RuleKind::allow);
    twice.add(entry(text), {0, 2}, RuleKind::own);
    CHECK(twice.covering(mailbox(address))->source.line == 1);
    CHECK(twice.size() == 2);
  }
}

TEST_CASE("a domain is looked up as an address there that is not listed") {
  EntrySet set;
  set.add(entry("bob@navy.mil"), {0, 1});
  set.add(entry("*.navy.mil"), {0, 2});
  CHECK_FALSE(set.covering(*DomainName::from_ascii("navy.mil")));
  CHECK(set.covering(*DomainName::from_ascii("a.navy.mil"))->source.line == 2);
}

TEST_CASE("an address is covered however its local part's case and its domain's form are typed") {
  EntrySet set;
  set.add(entry("Bob.Smith@m\xC3\xBCnchen.example"), {0, 1});
  CHECK(decides(set, "bob.SMITH@xn--mnchen-3ya.example") == 1);
  CHECK(decides(set, "bob.smith@M\xC3\x9CNCHEN.example") == 1);
  CHECK(decides(set, "bobsmith@xn--mnchen-3ya.example") == 0);
  CHECK(decides(set, "bob.smith+x@xn--mnchen-3ya.example") == 0);
  CHECK(set.rule(0).entry.text == "Bob.Smith@xn--mnchen-3ya.example");
}

TEST_CASE("a large set in which every address has an odd key is fetched from like any other") {
  EntrySet set;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    set.add(entry("b.ob" + std::to_string(i) + "@gmail.com"), {0, 1});
  }
  const std::vector<Mailbox> asked{*entry("bob7@gmail.com").mailbox,
                                   *entry("eve@navy.mil").mailbox};
  set.fetch(std::vector<const Mailbox*>{asked.data(), asked.data() + 1});
  CHECK(set.covers(asked.front()));
  CHECK_FALSE(set.covers(asked.back()));
}

TEST_CASE("at gmail.com dots mean nothing, on either side") {
  EntrySet set;
  set.add(entry("b.ob.smith@gmail.com"), {0, 1});
  set.add(entry("eve@googlemail.com"), {0, 2});
  CHECK(decides(set, "bobsmith@gmail.com") == 1);
  CHECK(decides(set, "BOB.SMITH@gmail.com") == 1);
  CHECK(decides(set, "e.v.e@googlemail.com") == 2);
  CHECK(set.rule(0).entry.mailbox->text() == "b.ob.smith@gmail.com");
}

TEST_CASE("an address that cannot be read is covered by itself alone") {
  EntrySet set;
  set.add(entry("\"Bob Smith\"@navy.mil"), {0, 1});
  set.add(entry("mil"), {0, 2});
  REQUIRE(set.covering_verbatim("\"bob smith\"@navy.mil").has_value());
  CHECK(set.covering_verbatim("\"bob smith\"@navy.mil")->source.line == 1);
  CHECK(set.covering_verbatim("\"bob smith\"@navy.mil")->form == EntryForm::verbatim);
  CHECK_FALSE(set.covering_verbatim("\"bob  smith\"@navy.mil"));
  CHECK_FALSE(set.covering_verbatim("\"bob smith\"@army.mil"));
}

TEST_CASE("an empty set covers nobody") {
  const EntrySet set;
  CHECK(set.empty());
  CHECK_FALSE(set.covering(mailbox("bob@navy.mil")));
  CHECK_FALSE(set.covering_verbatim("\"bob\"@navy.mil"));
}

TEST_CASE("entries are told as they were listed, in their order") {
  EntrySet set;
  const std::vector<std::string> texts = {"mil", "=a.mil", "*.b.mil", "Bob@c.mil", "\"x y\"@d.mil"};
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    set.add(entry(texts[i]), {i, i + 10}, i % 2 == 0 ? RuleKind::block : RuleKind::own);
  }
  const auto rules = set.rules();
  REQUIRE(rules.size() == texts.size());
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    CHECK(rules[i].entry.text == texts[i]);
    CHECK(rules[i].source == SourcePlace{i, i + 10});
    CHECK(rules[i].kind == (i % 2 == 0 ? RuleKind::block : RuleKind::own));
  }
}

TEST_CASE("a hundred thousand entries are all found, with nothing beside them") {
  EntrySet set;
  const auto name = [](int i) { return "d" + std::to_string(i * 7919 % 1'000'003) + ".example"; };
  for (int i = 0; i < 100'000; ++i) {
    set.add(entry(i % 2 == 0 ? name(i) : "u" + std::to_string(i) + "@" + name(i)),
            {0, static_cast<std::uint32_t>(i + 1)});
  }
  int wrong = 0;
  for (int i = 0; i < 100'000; ++i) {
    const auto number = static_cast<std::uint32_t>(i + 1);
    wrong += decides(set, "u" + std::to_string(i) + "@" + name(i)) == number ? 0 : 1;
    const auto other = set.covering(mailbox("v@" + name(i)));
    wrong += other.has_value() == (i % 2 == 0) ? 0 : 1;
  }
  CHECK(wrong == 0);
}
