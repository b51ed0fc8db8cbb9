// SPDX-License-Identifier: MPL-2.0
// Slips made by a generator, found by the index, compared with the slow reference.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "lookalike/near_names.hpp"
#include "slow_reference.hpp"

using namespace recipient_guard;

namespace {

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

DomainName name(const std::string& text) {
  const auto domain = DomainName::from_ascii(text);
  REQUIRE(domain);
  return *domain;
}

const std::set<std::string> endings = {"com",    "net", "mil", "uk", "co.uk",
                                       "gov.uk", "co",  "cm",  "om", "ml"};

/// Names that are made up, of all lengths, with digits, hyphens and one to four labels.
std::vector<std::string> made_up_names(std::size_t count, std::mt19937& random) {
  const std::string letters = "abcdeilmnorstvw01-";
  const std::vector<std::string> ends = {"com", "net", "mil", "co.uk", "gov.uk"};
  std::set<std::string> names;
  while (names.size() < count) {
    std::string text;
    const std::size_t labels = 1 + random() % 3;
    for (std::size_t label = 0; label < labels; ++label) {
      const std::size_t length = 2 + random() % 9;
      for (std::size_t i = 0; i < length; ++i) {
        const bool edge = i == 0 || i + 1 == length;
        text += letters[random() % (letters.size() - (edge ? 1 : 0))];
      }
      text += '.';
    }
    names.insert(text + ends[random() % ends.size()]);
  }
  return {names.begin(), names.end()};
}

struct Index {
  std::vector<std::string> listed;
  NearNames names;

  explicit Index(std::vector<std::string> texts) : listed(std::move(texts)) {
    std::uint32_t id = 0;
    for (const std::string& text : listed) {
      names.add(name(text), id++, suffixes());
    }
  }

  std::set<slow_reference::Find> near(const std::string& typed) const {
    std::set<slow_reference::Find> finds;
    for (const NearName& found : names.near(name(typed), suffixes())) {
      CHECK(listed.at(found.id) == found.near.text());
      finds.insert({found.near.text(), found.meant.text(), std::string(name_of(found.slip))});
    }
    return finds;
  }
};

std::string pick(const std::set<std::string>& texts, std::mt19937& random) {
  auto at = texts.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(random() % texts.size()));
  return *at;
}

/// One look-alike exchanged somewhere in `meant`; empty where nothing can be.
std::string look_alike_of(const std::string& meant, std::mt19937& random) {
  const std::vector<std::pair<std::string, std::string>> exchanges = {
      {"o", "0"},  {"0", "o"},  {"l", "1"},  {"1", "l"},  {"i", "l"},  {"l", "i"}, {"i", "1"},
      {"m", "rn"}, {"rn", "m"}, {"w", "vv"}, {"vv", "w"}, {"d", "cl"}, {"cl", "d"}};
  std::set<std::string> texts;
  for (const auto& [from, to] : exchanges) {
    for (std::size_t at = meant.find(from); at != std::string::npos;
         at = meant.find(from, at + 1)) {
      texts.insert(std::string(meant).replace(at, from.size(), to));
    }
  }
  texts.erase(meant);
  return texts.empty() ? std::string() : pick(texts, random);
}

/// A dot lost, gained or put elsewhere; several dots at once, too.
std::string dots_changed(const std::string& meant, std::mt19937& random) {
  std::string text = random() % 3 == 0 ? meant : slow_reference::undotted(meant);
  const std::size_t dots = random() % 3;
  for (std::size_t i = 0; i < dots; ++i) {
    text.insert(1 + random() % (text.size() - 1), ".");
  }
  return text;
}

}  // namespace

TEST_CASE("every generated slip of every kind is found, as the slow reference finds it") {
  std::mt19937 random(20230717);
  const Index index(made_up_names(250, random));
  std::map<std::string, int> counted;
  std::size_t compared = 0;
  const std::vector<std::string> kinds = {"homoglyph",     "digits",      "doubled", "undoubled",
                                          "transposition", "dot",         "hyphen",  "deletion",
                                          "insertion",     "substitution"};
  for (const std::string& kind : kinds) {
    for (std::size_t round = 0; round < 150; ++round) {
      const std::string& meant = index.listed[random() % index.listed.size()];
      std::string typed;
      if (kind == "homoglyph") {
        typed = look_alike_of(meant, random);
      } else if (kind == "dot") {
        typed = dots_changed(meant, random);
      } else {
        const auto texts = slow_reference::texts_of_kind(kind, meant);
        typed = texts.empty() ? std::string() : pick(texts, random);
      }
      if (!DomainName::from_ascii(typed) || typed == meant || endings.contains(typed)) {
        continue;
      }
      INFO(kind << ": " << typed << " for " << meant);
      const auto found = index.near(typed);
      CHECK(found == slow_reference::near(typed, index.listed, endings));
      const std::string first_kind = slow_reference::kind_of(typed, meant);
      CHECK(found.contains({meant, meant, first_kind}));
      ++counted[first_kind];
      ++compared;
    }
  }
  CHECK(compared > 1000);
  for (const std::string& kind : kinds) {
    INFO(kind);
    CHECK(counted[kind] > 40);
  }
}

TEST_CASE("a slip in a listed name is found below it too, and its sub-domains travel along") {
  std::mt19937 random(7);
  const Index index(made_up_names(200, random));
  std::size_t compared = 0;
  for (std::size_t round = 0; round < 200; ++round) {
    const std::string& meant = index.listed[random() % index.listed.size()];
    const auto texts = slow_reference::texts_of_kind("transposition", meant);
    if (texts.empty()) {
      continue;
    }
    const std::string typed = "fleet.west." + pick(texts, random);
    if (!DomainName::from_ascii(typed)) {
      continue;
    }
    INFO(typed << " for " << meant);
    CHECK(index.near(typed) == slow_reference::near(typed, index.listed, endings));
    ++compared;
  }
  CHECK(compared > 100);
}

TEST_CASE("of names drawn at random the index finds just what the slow reference finds") {
  std::mt19937 random(11);
  // Short names over few letters, so that many are near each other by chance.
  std::set<std::string> drawn;
  while (drawn.size() < 300) {
    std::string text;
    for (std::size_t i = 0; i < 2 + random() % 3; ++i) {
      text += "abo0l"[random() % 5];
    }
    drawn.insert(text + (random() % 2 == 0 ? ".com" : ".net"));
  }
  const std::vector<std::string> all(drawn.begin(), drawn.end());
  const Index index({all.begin(), all.begin() + 150});
  std::size_t found = 0;
  for (const std::string& typed : all) {
    INFO(typed);
    const auto finds = index.near(typed);
    CHECK(finds == slow_reference::near(typed, index.listed, endings));
    found += finds.size();
  }
  CHECK(found > 500);
}

TEST_CASE("names more than one slip apart are not near") {
  const Index index({"navy.mil", "example.com", "se.ibm.com"});
  for (const char* const typed :
       {"nvay.ml", "exmplee.com", "yahoo.com", "army.mil", "ibm.com", "navy.com", "seibn.com"}) {
    INFO(typed);
    CHECK(index.near(typed).empty());
  }
}
