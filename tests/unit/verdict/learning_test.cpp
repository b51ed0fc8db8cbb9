// SPDX-License-Identifier: MPL-2.0
// What a message that left teaches.
#include "desk.hpp"

using namespace recipient_guard;

namespace {

void send(Desk& desk, std::vector<Recipient> recipients, bool right = false) {
  const Judgement judged = desk.judge(std::move(recipients));
  apply(learned_from(desk.message, judged, right ? all_answered(judged) : judged), desk.people,
        all_suffixes());
}

bool knows(const Desk& desk, const std::string& address, std::int64_t now = today) {
  return desk.people.is_known(mailbox_of(address), now);
}

}  // namespace

TEST_CASE("who was not questioned is known at once, in To, Cc and Bcc, counted once a message") {
  Desk desk;
  send(desk, {recipient(Field::to, "bob@quarry-example.net"),
              recipient(Field::cc, "Bob <BOB@quarry-example.net>"),
              recipient(Field::bcc, "eve@quarry-example.net")});
  CHECK(knows(desk, "bob@quarry-example.net"));
  CHECK(knows(desk, "eve@quarry-example.net"));
  CHECK(desk.people.contact(mailbox_of("bob@quarry-example.net"))->messages == 1);
}

TEST_CASE("Reply-To, groups, lists and what cannot be read teach nothing") {
  Desk desk;
  send(desk, {recipient(Field::reply_to, "bob@quarry-example.net"),
              recipient(Field::newsgroup, "comp.lang.c++"),
              {Field::to, {}, {}, "Staff"},
              recipient(Field::to, "not an address")});
  CHECK_FALSE(knows(desk, "bob@quarry-example.net", today + 9 * one_day));
}

TEST_CASE("who left questioned is known from the next day, who was confirmed at once") {
  Desk overridden;
  send(overridden, {recipient(Field::to, "bob@hotmial.com")});
  CHECK_FALSE(knows(overridden, "bob@hotmial.com"));
  CHECK(knows(overridden, "bob@hotmial.com", today + one_day));
  Desk right;
  send(right, {recipient(Field::to, "bob@hotmial.com")}, true);
  CHECK(knows(right, "bob@hotmial.com"));
}

TEST_CASE("a block that was overridden counts as overridden even when called right") {
  Desk desk;
  desk.block("quarry-example.net");
  send(desk, {recipient(Field::to, "bob@quarry-example.net")}, true);
  CHECK_FALSE(knows(desk, "bob@quarry-example.net"));
  CHECK(knows(desk, "bob@quarry-example.net", today + one_day));
}

TEST_CASE("in watch mode what would have been questioned counts as overridden") {
  Desk desk;
  desk.policy.mode = PolicyMode::watch;
  send(desk, {recipient(Field::to, "bob@hotmial.com")});
  CHECK_FALSE(knows(desk, "bob@hotmial.com"));
}

TEST_CASE("a reply teaches that its author was answered, one put by as a draft too") {
  const MessageKind kind = GENERATE(MessageKind::reply, MessageKind::draft);
  Desk desk;
  desk.message.answered = Answered{"Zoe <zoe@lantern-example.net>", {}};
  send(desk, {recipient(Field::to, "zoe@lantern-example.net")});
  CHECK_FALSE(desk.people.contact(mailbox_of("zoe@lantern-example.net"))->answered);
  desk.message.kind = kind;
  send(desk, {recipient(Field::to, "zoe@lantern-example.net")});
  CHECK(desk.people.contact(mailbox_of("zoe@lantern-example.net"))->answered);
}

TEST_CASE(
    "a slip sent once and its twin written to for weeks: asked again, until it is called right") {
  Desk desk;
  desk.allow("mil");
  desk.message.time = today - 21 * one_day;
  send(desk, {recipient(Field::to, "bob.sample@berth.ml")});
  for (int day = 20; day > 0; --day) {
    desk.message.time = today - day * one_day;
    send(desk, {recipient(Field::to, "bob.sample@berth.mil")});
  }
  desk.message.time = today;
  const auto judged = desk.to("bob.sample@berth.ml");
  CHECK(codes_of(judged) == Codes{"confusable-suffix"});
  CHECK(judged.findings.front().meant == Addresses{"bob.sample@berth.mil"});
  settle(desk.people, judged);
  CHECK(desk.to("bob.sample@berth.ml").findings.empty());
}

namespace {

Facts from_past(Desk& desk, std::vector<Recipient> recipients) {
  const Judgement judged = desk.judge(std::move(recipients));
  return learned_from_past(desk.message, judged);
}

}  // namespace

TEST_CASE("a name shown is learned with the address, but none that holds an address") {
  Desk desk;
  const Facts facts =
      from_past(desk, {recipient(Field::to, "\"Smith, Bob\" <bob@quarry-example.net>"),
                       recipient(Field::cc, "\"eve@navy.mil\" <eve@quarry-example.net>"),
                       recipient(Field::bcc, "zoe@quarry-example.net")});
  REQUIRE(facts.written_to.size() == 3);
  CHECK(facts.written_to[0].name == "Smith, Bob");
  CHECK(facts.written_to[1].name.empty());
  CHECK(facts.written_to[2].name.empty());
}

TEST_CASE("of old mail only what looks like somebody else's slip counts as overridden") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::warn;
  const Facts facts = from_past(desk, {recipient(Field::to, "bob@hotmial.com"),
                                       recipient(Field::to, "eve@quarry-example.net")});
  REQUIRE(facts.written_to.size() == 2);
  CHECK(facts.written_to[0].sending == Sending::overridden);
  CHECK(facts.written_to[1].sending == Sending::right);
}

TEST_CASE("of old mail a reply to one alone is an answer to it, a reply to several is none") {
  Desk desk;
  desk.message.kind = MessageKind::reply;
  CHECK(from_past(desk, {recipient(Field::to, "bob@quarry-example.net")}).answered.size() == 1);
  CHECK(from_past(desk, {recipient(Field::to, "bob@quarry-example.net"),
                         recipient(Field::cc, "eve@quarry-example.net")})
            .answered.empty());
  desk.message.kind = MessageKind::new_message;
  CHECK(from_past(desk, {recipient(Field::to, "bob@quarry-example.net")}).answered.empty());
}
