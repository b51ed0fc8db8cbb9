// SPDX-License-Identifier: MPL-2.0
// What a message that left teaches.
#include "desk.hpp"
#include "verdict/learn.hpp"

using namespace recipient_guard;

namespace {

void send(Desk& desk, std::vector<Recipient> recipients, bool right = false) {
  const Judgement judged = desk.judge(std::move(recipients));
  learn(desk.people, desk.message, judged, right, all_suffixes());
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

TEST_CASE("a reply teaches that its author was answered, no other kind does") {
  Desk desk;
  desk.message.answered = Answered{"Zoe <zoe@lantern-example.net>", {}};
  send(desk, {recipient(Field::to, "zoe@lantern-example.net")});
  CHECK_FALSE(desk.people.contact(mailbox_of("zoe@lantern-example.net"))->answered);
  desk.message.kind = MessageKind::reply;
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
