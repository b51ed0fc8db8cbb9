// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace store_tests;

namespace {

/// Enough to fill many pages, so that rows have been moved about.
void learn_many(PeopleStore& store, int count) {
  std::vector<Facts> facts;
  for (int i = 0; i < count; ++i) {
    Facts one = sent({"person" + std::to_string(i) + "@navy.mil",
                      "other" + std::to_string(i % 97) + "@army.mil"},
                     monday + i);
    one.written_to[0].name = "Person Number " + std::to_string(i);
    facts.push_back(std::move(one));
  }
  REQUIRE(store.add(facts));
}

}  // namespace

TEST_CASE("a forgotten address stands in no file of ours, its journal included") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  const std::string forgotten = "marker-word.zq@secret-place.mil";
  learn_many(store, 500);
  Facts facts = sent({forgotten, "person3@navy.mil", "person4@navy.mil"});
  facts.written_to[0].name = "Marker Name Zq";
  facts.answered.push_back(mailbox(forgotten));
  facts.settled.push_back({"lookalike-address", forgotten});
  facts.settled.push_back({"lookalike-domain", "secret-place.mil"});
  facts.trusted.push_back({*TrustEntry::read(forgotten, *suffixes()), monday, "review"});
  REQUIRE(add(store, facts));
  learn_many(store, 3000);
  const std::vector<Mailbox> cards{mailbox(forgotten)};
  REQUIRE(store.replace_book("profile/personal", cards));
  REQUIRE(octets_stand_in(folder.path(), "marker-word.zq"));

  CHECK(*store.forget(mailbox(forgotten)));

  for (const char* octets : {"marker-word.zq", "secret-place", "Marker Name Zq"}) {
    CAPTURE(octets);
    CHECK_FALSE(octets_stand_in(folder.path(), octets));
  }
  CHECK(store.show(mailbox(forgotten))->empty());
  CHECK(store.read().people().contact(mailbox(forgotten)) == nullptr);
  CHECK_FALSE(store.read().people().is_settled("lookalike-domain", "secret-place.mil"));
  // The others are still together.
  const auto kept = store.show(mailbox("person3@navy.mil"));
  CHECK(kept->messages == 3);
  REQUIRE(kept->groups.size() == 2);
  CHECK_FALSE(*store.forget(mailbox(forgotten)));
}

TEST_CASE("groups that become the same when one is forgotten are one") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"a@navy.mil", "b@navy.mil"})));
  REQUIRE(add(store, sent({"a@navy.mil", "b@navy.mil", "gone@navy.mil"}, monday + day)));
  REQUIRE(add(store, sent({"a@navy.mil", "gone@navy.mil"})));
  REQUIRE(*store.forget(mailbox("gone@navy.mil")));
  const auto kept = store.show(mailbox("a@navy.mil"));
  REQUIRE(kept->groups.size() == 1);
  CHECK(kept->groups[0].messages == 2);
  CHECK(kept->groups[0].last == monday + day);
}

TEST_CASE("a question about a domain stays while somebody else there is kept") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"a@nayv.mil", "b@nayv.mil"})));
  REQUIRE(add(store, settling("lookalike-domain", "nayv.mil")));
  REQUIRE(*store.forget(mailbox("a@nayv.mil")));
  CHECK(store.settled()->size() == 1);
  REQUIRE(*store.forget(mailbox("b@nayv.mil")));
  CHECK(store.settled()->empty());
}

TEST_CASE("forgetting everything leaves nothing of anybody") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  learn_many(store, 2000);
  REQUIRE(add(store, trusting("trusted-domain.mil")));
  REQUIRE(add(store, settling("unknown-members", "Friends of Mine")));
  REQUIRE(store.forget_everything());
  for (const char* octets : {"person", "Person Number", "navy.mil", "trusted-domain", "Friends"}) {
    CAPTURE(octets);
    CHECK_FALSE(octets_stand_in(folder.path(), octets));
  }
  CHECK(store.trusted()->empty());
  CHECK(store.settled()->empty());
  CHECK(store.read().people().contact(mailbox("person1@navy.mil")) == nullptr);
  REQUIRE(add(store, sent({"person1@navy.mil"})));
  CHECK(messages_to(store, "person1@navy.mil") == 1);
}

TEST_CASE("after the days that the policy says, what was not used is forgotten") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"old-one@navy.mil", "new-one@navy.mil"}, monday - 400 * day)));
  REQUIRE(add(store, sent({"new-one@navy.mil"}, monday)));
  REQUIRE(add(store, sent({"old-trusted@navy.mil"}, monday - 400 * day)));
  REQUIRE(add(store, trusting("old-trusted@navy.mil", monday - 400 * day)));
  REQUIRE(add(store, settling("lookalike-domain", "nayv.mil", monday - 400 * day)));
  REQUIRE(store.keep_days(365, monday));
  CHECK_FALSE(octets_stand_in(folder.path(), "old-one"));
  CHECK(messages_to(store, "new-one@navy.mil") == 2);
  CHECK(store.show(mailbox("new-one@navy.mil"))->groups.empty());
  CHECK(store.read().people().trusts(mailbox("old-trusted@navy.mil")));
  CHECK_FALSE(knows(store, "old-trusted@navy.mil", monday));
  CHECK(store.settled()->size() == 1);
  const auto written = std::filesystem::last_write_time(store.file());
  REQUIRE(store.keep_days(365, monday));
  CHECK(std::filesystem::last_write_time(store.file()) == written);
}
