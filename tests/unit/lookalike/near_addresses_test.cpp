// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_addresses.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "address/reader.hpp"

using namespace recipient_guard;

namespace {

Mailbox mailbox(const std::string& text) {
  const auto read = read_address(text);
  REQUIRE(read);
  return *read;
}

std::vector<std::string> near(const NearAddresses& index, const std::string& typed) {
  std::vector<std::string> found;
  for (const NearLocalPart& near : index.near(mailbox(typed))) {
    found.push_back(near.local.text());
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("every one-character slip of an address is found, and at its domain alone") {
  NearAddresses index;
  index.add(mailbox("Jeffrey.Park@harbour-example.com"));
  index.add(mailbox("eve@lantern-example.net"));
  const std::string meant = "jeffrey.park";
  for (std::size_t at = 0; at <= meant.size(); ++at) {
    std::string longer = meant;
    CHECK(near(index, longer.insert(at, 1, 'q') + "@harbour-example.com") == Found{meant});
    if (at < meant.size()) {
      std::string shorter = meant;
      CHECK(near(index, shorter.erase(at, 1) + "@harbour-example.com") == Found{meant});
      std::string other = meant;
      other[at] = 'q';
      CHECK(near(index, other + "@harbour-example.com") == Found{meant});
    }
    if (at + 1 < meant.size() && meant[at] != meant[at + 1]) {
      std::string swapped = meant;
      std::swap(swapped[at], swapped[at + 1]);
      CHECK(near(index, swapped + "@harbour-example.com") == Found{meant});
    }
  }
  CHECK(near(index, "jeffrey.park@harbour-example.com").empty());
  CHECK(near(index, "JEFFREY.PARK@harbour-example.com").empty());
  CHECK(near(index, "jefrey.park@lantern-example.net").empty());
  CHECK(near(index, "jefrey.park@quarry-example.net").empty());
}

TEST_CASE("many addresses are all found again") {
  NearAddresses index;
  for (int i = 0; i < 3000; ++i) {
    std::string name = "person";
    for (int rest = i + 1; rest > 0; rest /= 26) {
      name += static_cast<char>('a' + rest % 26);
    }
    index.add(mailbox(name + ".harbour@quarry-example.net"));
    const Found found = near(index, name + "harbour@quarry-example.net");
    REQUIRE(std::find(found.begin(), found.end(), name + ".harbour") != found.end());
  }
}

TEST_CASE("look-alikes in a local part are one slip, of any length") {
  const auto kind = [](const std::string& typed, const std::string& meant) {
    const auto slip = local_part_slip(typed, meant);
    REQUIRE(slip);
    return slip->kind;
  };
  CHECK(kind("tom.mi1ls", "tom.mills") == SlipKind::homoglyph);
  CHECK(kind("b0b.sample", "bob.sample") == SlipKind::homoglyph);
  CHECK(kind("amold", "arnold") == SlipKind::homoglyph);
  CHECK(kind("b\xd0\xbe"
             "b.sample",
             "bob.sample") == SlipKind::homoglyph);
  NearAddresses index;
  index.add(mailbox("arnold@harbour-example.com"));
  CHECK(near(index, "amold@harbour-example.com") == Found{"arnold"});
  CHECK(near(index, "\xd0\xb0rnold@harbour-example.com") == Found{"arnold"});
}

TEST_CASE("numbers, initials and tags say nothing, and are no finds") {
  const auto says_nothing = [](const std::string& typed, const std::string& meant) {
    const auto slip = local_part_slip(typed, meant);
    return slip && slip->says_nothing();
  };
  CHECK(says_nothing("room1", "room2"));
  CHECK(says_nothing("support+id10412", "support+id10413"));
  CHECK(says_nothing("eve+a", "eve+b"));
  CHECK(says_nothing("smith12", "smith21"));
  CHECK(says_nothing("j.smith", "k.smith"));
  CHECK(says_nothing("jp.smith", "j.smith"));
  CHECK(says_nothing("smith_j", "smith_k"));
  CHECK_FALSE(says_nothing("bpb", "bob"));
  CHECK_FALSE(says_nothing("j.smth", "j.smith"));
  CHECK_FALSE(local_part_slip("jeff.park", "jeffrey.park"));
  CHECK_FALSE(local_part_slip("eve", "eve"));
}

TEST_CASE("the longest local part, and one outside ASCII, are searched without harm") {
  NearAddresses index;
  const std::string longest(64, 'w');
  index.add(mailbox(longest + "@harbour-example.com"));
  CHECK(near(index, std::string(63, 'w') + "@harbour-example.com") == Found{longest});
  CHECK(near(index, "jos\xc3\xa9@harbour-example.com").empty());
}
