// SPDX-License-Identifier: MPL-2.0
#include "lookalike/two_edits.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "lookalike/near_names.hpp"

using namespace recipient_guard;

namespace {

/// The whole table, no bound: what the fast way has to equal.
std::size_t slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        rows[i][j] = i + j;
        continue;
      }
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                             rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.size()][b.size()];
}

std::string random_name(std::mt19937& random) {
  std::string name(5 + random() % 5, 'a');
  for (char& c : name) {
    c = "abcde1-"[random() % 7];
  }
  return name;
}

std::string edited(std::string name, std::mt19937& random) {
  const std::size_t at = random() % name.size();
  switch (random() % 4) {
    case 0:
      name.erase(at, 1);
      break;
    case 1:
      name.insert(at, 1, 'x');
      break;
    case 2:
      name[at] = 'y';
      break;
    default:
      std::swap(name[at], name[(at + 1) % name.size()]);
  }
  return name;
}

DomainName domain(const std::string& text) {
  const auto name = DomainName::from_ascii(text);
  REQUIRE(name);
  return *name;
}

}  // namespace

TEST_CASE("two edits are told as the whole table of distances tells them") {
  std::mt19937 random(7);
  std::size_t two = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string meant = random_name(random);
    std::string typed = meant;
    for (std::uint32_t n = random() % 4; n > 0; --n) {
      typed = edited(typed, random);
    }
    CAPTURE(typed, meant);
    const std::size_t distance = slow_distance(typed, meant);
    const bool expected = distance == 2;
    REQUIRE(is_two_edits(typed, meant) == expected);
    REQUIRE(is_within_two_edits(typed, meant) == (distance <= 2));
    two += expected ? 1 : 0;
  }
  CHECK(two > 4000);
}

TEST_CASE("names of great length are two edits apart without harm") {
  const std::string longest(253, 'a');
  CHECK(is_two_edits("x" + longest.substr(2) + "y", longest));
  CHECK_FALSE(is_two_edits("x" + longest.substr(3) + "yz", longest));
  CHECK_FALSE(is_two_edits("x" + longest + "y", longest + longest));
  CHECK_FALSE(is_two_edits("", longest));
}

TEST_CASE("the letters' signature passes over no name that is two edits away") {
  std::mt19937 random(11);
  TwoEditNames names;
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < 500; ++i) {
    all.push_back(random_name(random));
    names.add(all.back(), all.back().size(), i);
  }
  std::size_t found = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string typed = edited(edited(all[random() % all.size()], random), random);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t n = 0; n < all.size(); ++n) {
      if (slow_distance(typed, all[n]) == 2) {
        expected.push_back(n);
      }
    }
    CAPTURE(typed);
    REQUIRE(names.near(typed) == expected);
    found += expected.size();
  }
  CHECK(found > 300);
}

TEST_CASE("one name too many, and nothing is two edits away any more") {
  TwoEditNames names;
  names.add("orchards", 8, 0);
  for (std::uint32_t i = 1; i < TwoEditNames::most_names; ++i) {
    names.add("name" + std::to_string(i), 8, i);
  }
  CHECK(names.near("orhcrads") == std::vector<std::uint32_t>{0});
  names.add("onemore", 7, TwoEditNames::most_names);
  CHECK(names.near("orhcrads").empty());
}

TEST_CASE("two edits in the registered name are found, of sub-domains or of an ending alone not") {
  const PublicSuffixes suffixes;
  NearNames names;
  names.add(domain("mail.orchard-example.com"), 1, suffixes);
  names.add(domain("lantern-example.net"), 2, suffixes);
  const auto found = names.two_edits_away(domain("office.lnatern-exmaple.net"), suffixes);
  REQUIRE(found.size() == 1);
  CHECK(found[0].near == domain("lantern-example.net"));
  CHECK(found[0].meant == domain("office.lantern-example.net"));
  CHECK(found[0].slip == SlipKind::several);
  CHECK(found[0].id == 2);
  CHECK(found[0].shape.same_letters);
  CHECK_FALSE(found[0].shape.both_replaced);
  const auto in_both = names.two_edits_away(domain("lantern-exmple.nwt"), suffixes);
  REQUIRE(in_both.size() == 1);
  CHECK(in_both[0].shape.place == SlipPlace::suffix);
  CHECK(names.two_edits_away(domain("mxyl.orchard-example.com"), suffixes).empty());
  CHECK(names.two_edits_away(domain("lantern-example.org"), suffixes).empty());
  CHECK(names.two_edits_away(domain("lantern-example.net"), suffixes).empty());
}
