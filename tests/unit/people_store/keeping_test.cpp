// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace store_tests;

TEST_CASE("what is learned lasts, and is there for the next host") {
  const TemporaryFolder folder;
  {
    PeopleStore store(options_for(folder / "people"));
    REQUIRE_FALSE(store.error());
    REQUIRE(add(store, sent({"Bob@navy.mil", "eve@navy.mil"})));
    REQUIRE(add(store, sent({"bob@NAVY.mil"}, monday + day)));
    REQUIRE(add(store, trusting("navy.uk")));
    REQUIRE(add(store, trusting("carol@navy.mil")));
    REQUIRE(add(store, settling("lookalike-domain", "nayv.mil")));
    Facts reply;
    reply.time = monday;
    reply.answered.push_back(mailbox("dave@army.mil"));
    REQUIRE(add(store, reply));
    CHECK(messages_to(store, "bob@navy.mil") == 2);
  }
  const PeopleStore store(options_for(folder / "people"));
  REQUIRE_FALSE(store.error());
  const auto reading = store.read();
  const People& people = reading.people();
  const Contact* const bob = people.contact(mailbox("bob@navy.mil"));
  REQUIRE(bob != nullptr);
  CHECK(bob->messages == 2);
  CHECK(bob->mailbox.text() == "Bob@navy.mil");
  CHECK(people.is_known(mailbox("eve@navy.mil"), monday));
  CHECK(people.trusts(mailbox("carol@navy.mil")));
  CHECK(people.trusts_domain_of(*DomainName::from_ascii("fleet.navy.uk")));
  CHECK(people.is_settled("lookalike-domain", "nayv.mil"));
  REQUIRE(people.contact(mailbox("dave@army.mil")) != nullptr);
  CHECK(people.contact(mailbox("dave@army.mil"))->answered);
  CHECK_FALSE(people.is_known(mailbox("dave@army.mil"), monday));
  CHECK(people.domain(*DomainName::from_ascii("navy.mil"))->messages == 3);
}

TEST_CASE("what was written here and what was read from the disk is the same") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  std::vector<Facts> all;
  for (int i = 0; i < 300; ++i) {
    const auto name = [&](int n) {
      return "p" + std::to_string(n % 37) + "@d" + std::to_string(n % 5) + ".navy.mil";
    };
    all.push_back(sent({name(i), name(i * 7 + 1)}, monday + (i * 7919 % 400) * day,
                       i % 5 == 0 ? Sending::overridden : Sending::right));
  }
  People by_facts;
  for (const Facts& facts : all) {
    REQUIRE(add(store, facts));
    apply(facts, by_facts, *suffixes());
  }
  const PeopleStore other(options_for(folder / "people"));
  for (int i = 0; i < 37 * 5; ++i) {
    const auto address =
        mailbox("p" + std::to_string(i % 37) + "@d" + std::to_string(i / 37) + ".navy.mil");
    const Contact* const expected = by_facts.contact(address);
    for (const PeopleStore* const one : {const_cast<const PeopleStore*>(&store), &other}) {
      const auto reading = one->read();
      const Contact* const found = reading.people().contact(address);
      REQUIRE((found == nullptr) == (expected == nullptr));
      if (found == nullptr) {
        continue;
      }
      CHECK(found->messages == expected->messages);
      CHECK(found->known_from == expected->known_from);
      const auto* const sum = reading.people().domain(address.domain);
      const auto* const expected_sum = by_facts.domain(address.domain);
      CHECK(sum->messages == expected_sum->messages);
      CHECK(sum->contacts == expected_sum->contacts);
      CHECK(sum->known_from == expected_sum->known_from);
    }
  }
}

TEST_CASE("folder and file are for the user alone, whatever the umask and whatever stood there") {
  const TemporaryFolder folder;
  const auto rights = [](const std::filesystem::path& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions());
  };
  for (const unsigned mask : {0U, 0177U}) {
    const auto place = folder / ("people" + std::to_string(mask));
    const auto before = ::umask(mask);
    {
      PeopleStore store(options_for(place));
      CHECK(add(store, sent({"bob@navy.mil"})));
      CHECK(rights(place) == 0700);
      CHECK(rights(store.file()) == 0600);
    }
    ::umask(before);
    std::filesystem::permissions(place, std::filesystem::perms(0755));
    std::filesystem::permissions(place / "people.sqlite", std::filesystem::perms(0644));
    const PeopleStore again(options_for(place));
    CHECK(rights(place) == 0700);
    CHECK(rights(again.file()) == 0600);
    CHECK(knows(again, "bob@navy.mil"));
  }
}

TEST_CASE("nothing is made before something is to be kept") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  CHECK_FALSE(store.error());
  CHECK(add(store, Facts()));
  CHECK(store.replace_book("a/b", {}));
  CHECK(store.remove_trust(*TrustEntry::read("navy.mil", *suffixes())));
  CHECK(*store.forget(mailbox("bob@navy.mil")) == false);
  CHECK(store.forget_everything());
  CHECK(store.keep_days(365, monday));
  CHECK(store.show(mailbox("bob@navy.mil"))->empty());
  CHECK(store.trusted()->empty());
  store.refresh();
  CHECK_FALSE(std::filesystem::exists(folder / "people"));
}

TEST_CASE("a command that only looks makes nothing and writes nothing") {
  const TemporaryFolder folder;
  {
    PeopleStore nothing(options_for(folder / "people", Database::Access::read_only));
    CHECK_FALSE(nothing.error());
    CHECK_FALSE(add(nothing, sent({"bob@navy.mil"})));
    CHECK_FALSE(std::filesystem::exists(folder / "people"));
  }
  {
    PeopleStore store(options_for(folder / "people"));
    REQUIRE(add(store, sent({"bob@navy.mil"})));
  }
  const auto written = std::filesystem::last_write_time(folder / "people/people.sqlite");
  PeopleStore looking(options_for(folder / "people", Database::Access::read_only));
  CHECK(knows(looking, "bob@navy.mil"));
  const auto refused = add(looking, sent({"eve@navy.mil"}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::store_unavailable);
  CHECK(std::filesystem::last_write_time(folder / "people/people.sqlite") == written);
}

TEST_CASE("an override makes known from the next day on") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@nayv.mil"}, monday, Sending::overridden)));
  const PeopleStore other(options_for(folder / "people"));
  for (const PeopleStore* const one : {const_cast<const PeopleStore*>(&store), &other}) {
    CHECK_FALSE(knows(*one, "bob@nayv.mil", monday));
    CHECK(knows(*one, "bob@nayv.mil", monday + day));
  }
}

TEST_CASE("trust is listed with when and from where, and removing it can be undone") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, trusting("bob@navy.mil", monday)));
  REQUIRE(add(store, trusting("navy.uk", monday + 1)));
  REQUIRE(add(store, trusting("bob@navy.mil", monday + 5)));
  auto entries = store.trusted();
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].entry.text() == "bob@navy.mil");
  CHECK((*entries)[0].time == monday);
  CHECK((*entries)[0].source == "settings");
  CHECK((*entries)[1].entry.text() == "navy.uk");
  for (const Trusted& entry : *entries) {
    const auto removed = store.remove_trust(entry.entry);
    REQUIRE(removed);
    REQUIRE(*removed);
    const bool gone = entry.entry.text() == "bob@navy.mil";
    CHECK(store.read().people().trusts(mailbox("bob@navy.mil")) == !gone);
    Facts undo;
    undo.trusted.push_back(**removed);
    REQUIRE(add(store, undo));
  }
  CHECK(store.trusted()->size() == 2);
  CHECK((*store.trusted())[0].time == monday);
  CHECK(store.read().people().trusts(mailbox("bob@navy.mil")));
  CHECK(*store.remove_trust(*TrustEntry::read("nobody@navy.mil", *suffixes())) == std::nullopt);
}

TEST_CASE("removing trust leaves what was written there, and removes one who was only trusted") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"})));
  REQUIRE(add(store, trusting("bob@navy.mil")));
  REQUIRE(add(store, trusting("eve@navy.mil")));
  REQUIRE(store.remove_trust(*TrustEntry::read("bob@navy.mil", *suffixes())));
  REQUIRE(store.remove_trust(*TrustEntry::read("eve@navy.mil", *suffixes())));
  CHECK(knows(store, "bob@navy.mil"));
  CHECK_FALSE(store.read().people().trusts(mailbox("bob@navy.mil")));
  CHECK(store.read().people().contact(mailbox("eve@navy.mil")) == nullptr);
  CHECK(store.read().people().domain(*DomainName::from_ascii("navy.mil"))->trusted == 0);
}

TEST_CASE("an address book makes known until the card goes") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"}, monday + 300 * day)));
  const std::vector<Mailbox> cards{mailbox("bob@navy.mil"), mailbox("carol@navy.mil")};
  REQUIRE(store.replace_book("profile/personal", cards));
  const PeopleStore other(options_for(folder / "people"));
  for (const PeopleStore* const one : {const_cast<const PeopleStore*>(&store), &other}) {
    CHECK(knows(*one, "carol@navy.mil", monday));
    CHECK(knows(*one, "bob@navy.mil", monday));
    CHECK(messages_to(*one, "bob@navy.mil") == 1);
    CHECK(messages_to(*one, "carol@navy.mil") == 0);
  }
  REQUIRE(store.replace_book("other/personal", std::span(cards).subspan(1)));
  REQUIRE(store.replace_book("profile/personal", {}));
  CHECK(knows(store, "carol@navy.mil", monday));  // a card in the other book
  CHECK_FALSE(knows(store, "bob@navy.mil", monday));
  CHECK(knows(store, "bob@navy.mil", monday + 301 * day));
  REQUIRE(store.replace_book("other/personal", {}));
  CHECK_FALSE(knows(store, "carol@navy.mil", monday + 999 * day));
}

TEST_CASE("a book that is the same again costs no write") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  const std::vector<Mailbox> cards{mailbox("bob@navy.mil"), mailbox("carol@navy.mil")};
  REQUIRE(store.replace_book("profile/personal", cards));
  const auto written = std::filesystem::last_write_time(store.file());
  REQUIRE(store.replace_book("profile/personal", cards));
  CHECK(std::filesystem::last_write_time(store.file()) == written);
}

TEST_CASE("names seen with an address are kept, the latest ones, but none from an override") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  const auto named = [](std::string name, std::int64_t time, Sending sending) {
    Facts facts = sent({"bob@navy.mil"}, time, sending);
    facts.written_to[0].name = std::move(name);
    return facts;
  };
  REQUIRE(add(store, named("Eve", monday, Sending::overridden)));
  REQUIRE(add(store, named("bob@navy.mil", monday, Sending::right)));
  REQUIRE(add(store, named(std::string(300, 'x'), monday, Sending::right)));
  REQUIRE(add(store, named("\xFF\xFE", monday, Sending::right)));
  CHECK(store.show(mailbox("bob@navy.mil"))->names.empty());
  for (int i = 0; i < 20; ++i) {
    REQUIRE(add(store, named("Bob " + std::to_string(i), monday + i, Sending::right)));
  }
  REQUIRE(add(store, named("Bob 19", monday + 30, Sending::right)));
  const auto kept = store.show(mailbox("bob@navy.mil"));
  REQUIRE(kept);
  REQUIRE(kept->names.size() == 8);
  CHECK(kept->names[0].name == "Bob 19");
  CHECK(kept->names[0].messages == 2);
  CHECK(kept->names[7].name == "Bob 12");
}

TEST_CASE("who is written to together is a group; more than fifty, or overridden ones, are none") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil", "eve@navy.mil", "carol@navy.mil"})));
  REQUIRE(add(store, sent({"carol@navy.mil", "bob@navy.mil", "eve@navy.mil"}, monday + day)));
  Facts mixed = sent({"bob@navy.mil", "slip@nayv.mil"});
  mixed.written_to[1].sending = Sending::overridden;
  REQUIRE(add(store, mixed));
  std::vector<std::string> crowd{"bob@navy.mil"};
  for (int i = 0; i < 50; ++i) {
    crowd.push_back("crowd" + std::to_string(i) + "@navy.mil");
  }
  REQUIRE(add(store, sent(crowd)));
  const auto kept = store.show(mailbox("bob@navy.mil"));
  REQUIRE(kept);
  REQUIRE(kept->groups.size() == 1);
  CHECK(kept->groups[0].others == std::vector<std::string>{"carol@navy.mil", "eve@navy.mil"});
  CHECK(kept->groups[0].messages == 2);
  CHECK(kept->groups[0].last == monday + day);
  CHECK(store.show(mailbox("slip@nayv.mil"))->groups.empty());
  crowd.pop_back();
  REQUIRE(add(store, sent(crowd)));
  CHECK(store.show(mailbox("bob@navy.mil"))->groups.size() == 2);
}

TEST_CASE("show tells all that is kept on an address") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  Facts facts = sent({"Bob@navy.mil", "eve@navy.mil"});
  facts.written_to[0].name = "Bob Smith";
  facts.answered.push_back(mailbox("bob@navy.mil"));
  facts.settled.push_back({"lookalike-address", "bob@navy.mil"});
  facts.settled.push_back({"lookalike-domain", "navy.mil"});
  facts.settled.push_back({"lookalike-domain", "army.mil"});
  facts.trusted.push_back({*TrustEntry::read("bob@navy.mil", *suffixes()), monday, "review"});
  REQUIRE(add(store, facts));
  REQUIRE(add(store, sent({"bob@navy.mil"}, monday + day, Sending::overridden)));
  const std::vector<Mailbox> cards{mailbox("bob@navy.mil")};
  REQUIRE(store.replace_book("profile/personal", cards));
  const auto kept = store.show(mailbox("bob@navy.mil"));
  REQUIRE(kept);
  CHECK(kept->address == "Bob@navy.mil");
  CHECK(kept->messages == 2);
  CHECK(kept->overridden == 1);
  CHECK(kept->first == monday);
  CHECK(kept->last == monday + day);
  CHECK(kept->known_from == monday / day);
  CHECK(kept->answered == 1);
  CHECK(kept->answered_last == monday);
  REQUIRE(kept->trusted);
  CHECK(kept->trusted->source == "review");
  CHECK(kept->names.at(0).name == "Bob Smith");
  CHECK(kept->groups.at(0).others == std::vector<std::string>{"eve@navy.mil"});
  CHECK(kept->settled.size() == 2);
  CHECK(kept->books == std::vector<std::string>{"profile/personal"});
  CHECK(store.settled()->size() == 3);
}

TEST_CASE("a question that was settled is asked again once that is forgotten") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, settling("lookalike-domain", "nayv.mil")));
  CHECK(store.read().people().is_settled("lookalike-domain", "nayv.mil"));
  CHECK(*store.forget_settled({"lookalike-domain", "nayv.mil"}));
  CHECK_FALSE(*store.forget_settled({"lookalike-domain", "nayv.mil"}));
  CHECK_FALSE(store.read().people().is_settled("lookalike-domain", "nayv.mil"));
  CHECK(store.settled()->empty());
}
