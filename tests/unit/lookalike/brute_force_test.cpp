// SPDX-License-Identifier: MPL-2.0
// The index of names, beside looking at every name.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "lookalike/near_names.hpp"
#include "lookalike/skeleton.hpp"

using namespace recipient_guard;

namespace {

constexpr std::size_t listed = 100'000;

std::uint64_t spread(std::uint64_t number) {
  number = (number + 1) * 0x9e3779b97f4a7c15ULL;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  return number ^ (number >> 27U);
}

/// A name of five to ten letters out of twelve: near enough to one another that there are finds.
std::string name_of(std::uint64_t number) {
  constexpr std::string_view letters = "aeilnorstdmc";
  constexpr std::array<std::string_view, 4> ends = {".com", ".org", ".de", ".co.uk"};
  std::uint64_t dice = spread(number);
  std::string name;
  for (std::size_t left = 5 + dice % 6; left > 0; --left) {
    dice = spread(dice);
    name += letters[dice % letters.size()];
  }
  return name.append(ends[spread(dice) % ends.size()]);
}

std::string with_slip(std::string name, std::uint64_t dice) {
  const std::size_t at = 1 + (dice >> 8U) % (name.find('.') - 2);
  const char letter = static_cast<char>('a' + (dice >> 32U) % 26);
  switch (dice % 4) {
    case 0:
      return name.erase(at, 1);
    case 1:
      return name.insert(at, 1, letter);
    case 2:
      name[at] = letter;
      return name;
    default:
      std::swap(name[at - 1], name[at]);
      return name;
  }
}

struct World {
  PublicSuffixes suffixes;
  NearNames index;
  std::vector<std::u32string> names;

  World() {
    index.reserve(listed);
    for (std::uint32_t i = 0; i < listed; ++i) {
      const DomainName name = *DomainName::from_ascii(name_of(i));
      index.add(name, i, suffixes);
      names.push_back(characters_of(name));
    }
  }
};

const World& world() {
  static const World one;
  return one;
}

bool has(const std::vector<NearName>& found, const std::u32string& name) {
  return std::any_of(found.begin(), found.end(),
                     [&](const NearName& near) { return characters_of(near.near) == name; });
}

/// Names one edit away that the index does not tell.
std::size_t missed(const std::string& typed) {
  const DomainName name = *DomainName::from_ascii(typed);
  const std::u32string characters = characters_of(name);
  const auto found = world().index.near(name, world().suffixes);
  return static_cast<std::size_t>(std::count_if(
      world().names.begin(), world().names.end(), [&](const std::u32string& listed_name) {
        return one_edit(characters, listed_name) && !has(found, listed_name);
      }));
}

}  // namespace

TEST_CASE("of 100,000 slips of 100,000 names each finds the name it was made of") {
  std::size_t lost = 0;
  std::size_t compared = 0;
  for (std::uint32_t i = 0; i < listed; ++i) {
    const std::string meant = name_of(i);
    const DomainName typed = *DomainName::from_ascii(with_slip(meant, spread(i + listed)));
    if (typed.text() == meant) {
      continue;
    }
    const NearQuery query(typed, world().suffixes);
    compared += world().index.compared(query);
    const auto found = world().index.near(query);
    lost += has(found, world().names[i]) ? 0U : 1U;
  }
  CHECK(lost == 0);
  CHECK(compared < 40 * listed);
  std::printf("names compared for a typed one, of %zu listed: %.2f\n", listed,
              static_cast<double>(compared) / static_cast<double>(listed));
}

TEST_CASE("slips and strangers have the answers that looking at every name gives") {
  std::size_t lost = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    lost += missed(with_slip(name_of(i * 997), spread(i)));
    lost += missed(name_of(listed * 3 + i));
  }
  CHECK(lost == 0);
}

TEST_CASE("a list made so that all its names answer alike makes no search slow") {
  const PublicSuffixes suffixes;
  NearNames names;
  // All ways to write one name with hyphens or without: without them they are one.
  const std::string letters = "abcdefghijklmno";
  constexpr std::uint32_t ways = 1U << 14U;
  for (std::uint32_t way = 0; way < ways; ++way) {
    std::string name(1, letters[0]);
    for (std::size_t i = 1; i < letters.size(); ++i) {
      name += (way >> (i - 1) & 1U) != 0 ? "-" : "";
      name += letters[i];
    }
    names.add(*DomainName::from_ascii(name + ".com"), way, suffixes);
  }
  CHECK(names.size() == ways);
  const DomainName typed = *DomainName::from_ascii("abcdefghijklmn-p.com");
  const NearQuery query(typed, suffixes);
  CHECK(names.compared(query) <= most_names_a_key * (query.parents().front().keys.size()));
  CHECK(names.near(query).size() <= most_near_names);
  CHECK(names.contains(*DomainName::from_ascii("a-b-c-d-e-f-g-h-i-j-k-l-m-n-o.com")));
}
