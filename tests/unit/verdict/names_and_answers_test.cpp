// SPDX-License-Identifier: MPL-2.0
// misleading-name, unusual-address, new-in-reply, reply-diverted and posting.
#include "desk.hpp"

using namespace recipient_guard;

namespace {

/// Carol's message asks for answers at `reply_to`; it is answered there.
Judgement answer(Desk& desk, const std::string& from, const std::string& reply_to) {
  desk.message.kind = MessageKind::reply;
  desk.message.thread = {from};
  desk.message.answered = Answered{from, {reply_to}};
  return desk.judge({recipient(Field::to, reply_to)});
}
Codes answer_codes(const std::string& from, const std::string& reply_to) {
  Desk desk;
  return codes_of(answer(desk, from, reply_to).recipients.front());
}

}  // namespace

TEST_CASE("a name that shows another address is questioned, and that address offered") {
  const char* const names[] = {
      "\"orders@harbour-example.com\"",
      "\"'orders@harbour-example.com'\"",
      "\"Orders (orders@harbour-example.com)\"",
      "\"orders\xef\xbc\xa0harbour-example.com\"",
      "\"mailto:orders@harbour-example.com\"",
      "\"\xe2\x80\x9corders@harbour-example.com\xe2\x80\x9d\"",
      "\"mary@lantern-example.net, orders@harbour-example.com.\"",
  };
  for (const char* name : names) {
    INFO(name);
    Desk desk;
    const auto judged = desk.to(std::string(name) + " <mary@lantern-example.net>");
    CHECK(codes_of(judged) == Codes{"misleading-name"});
    CHECK(finding_of(judged, Reason::misleading_name).meant ==
          Addresses{"orders@harbour-example.com"});
  }
}

TEST_CASE("an address in a name ends as some domain does, or means something to somebody") {
  Desk desk;
  const auto codes = [&](const std::string& name) {
    return codes_of(desk.to("\"" + name + "\" <mary@lantern-example.net>"));
  };
  for (const char* name : {"Price 5@3.50", "Price 5@3.50$", "mary@home.lan", "or%ders@home.lan"}) {
    INFO(name);
    CHECK(codes(name).empty());
  }
  for (const char* name : {"or%ders@harbour.com", "orders@harbour.com's desk"}) {
    INFO(name);
    CHECK(codes(name) == Codes{"misleading-name"});
  }
  desk.own("home.lan");
  CHECK(codes("mary@home.lan") == Codes{"misleading-name"});
}

TEST_CASE("a name without another address, or without a dot in its domain, is fine") {
  const char* const texts[] = {
      "\"Bugzilla@Mozilla\" <bugzilla-daemon@mozilla.org>",
      "\"mary@lantern-example.net\" <mary@lantern-example.net>",
      "\"'Mary@LANTERN-example.net'\" <mary@lantern-example.net>",
      "\"Mary @ work.\" <mary@lantern-example.net>",
      "\"@mary.tweets\" <mary@lantern-example.net>",
      "\"Mary\" <mary@lantern-example.net>",
      "mary@lantern-example.net",
  };
  for (const char* text : texts) {
    INFO(text);
    CHECK(Desk().to(text).findings.empty());
  }
}

TEST_CASE("where the name holds an address only being right clears it") {
  const std::string text = "\"orders@harbour-example.com\" <mary@lantern-example.net>";
  Desk desk;
  desk.allow("mary@lantern-example.net").trust("mary@lantern-example.net");
  desk.wrote_to("mary@lantern-example.net", 3);
  CHECK(codes_of(desk.to(text)) == Codes{"misleading-name"});
  desk.people.settle("misleading-name", "mary@lantern-example.net");
  CHECK(desk.to(text).findings.empty());
}

TEST_CASE("a blocked address in a name is not offered") {
  Desk desk;
  desk.block("orders@harbour-example.com");
  const auto judged = desk.to("\"orders@harbour-example.com\" <mary@lantern-example.net>");
  CHECK(finding_of(judged, Reason::misleading_name).meant.empty());
}

TEST_CASE("a known name on an address that does not fit it is questioned, the known one offered") {
  Desk desk;
  desk.wrote_to("bob.smith@navy.mil", 3).wrote_to("r.lund@army.mil", 3);
  desk.people.named(mailbox_of("r.lund@army.mil"), "Lund, Rosa");
  const auto offered = [&](const std::string& text) {
    const auto judged = desk.to(text);
    return judged.findings.empty() ? Addresses{"none"}
                                   : finding_of(judged, Reason::misleading_name).meant;
  };
  CHECK(offered("Bob Smith <surfer77@quarry-example.net>") == Addresses{"bob.smith@navy.mil"});
  CHECK(offered("\"SMITH, Bob\" <surfer77@quarry-example.net>") == Addresses{"bob.smith@navy.mil"});
  CHECK(offered("Rosa Lund <kim.rowe@quarry-example.net>") == Addresses{"r.lund@army.mil"});
  for (const char* fine :
       {"Bob Smith <bsmith@quarry-example.net>", "Bob Smith <bobby77@quarry-example.net>",
        "Bob Smith <bs@quarry-example.net>", "Bob Smith <sbx@smith-example.net>",
        "Bob Smith <office@quarry-example.net>", "Bob Smith <x4711@quarry-example.net>",
        "Bob <surfer77@quarry-example.net>", "Bob Smithers <surfer77@quarry-example.net>",
        "Bob Adam Smith <surfer77@quarry-example.net>", "surfer77@quarry-example.net",
        "Rosa L\xc3\xbcnd <kim.rowe@quarry-example.net>"}) {
    INFO(fine);
    CHECK(desk.to(fine).findings.empty());
  }
}

TEST_CASE("of several people who may be meant the one written to most is told first") {
  Desk desk;
  desk.check("lookalike-domain", PolicyVerdict::off)
      .wrote_to("bob.smith@harboury.example", 1)
      .wrote_to("bob.smith@harbourx.example", 20);
  const Addresses both{"bob.smith@harbourx.example", "bob.smith@harboury.example"};
  CHECK(meant(desk, "Bob Smith <surfer77@quarry-example.net>") == both);
  CHECK(meant(desk, "bob.smith@harbour.example") == both);
}

TEST_CASE("a known name elsewhere: who stands there too, or is known there, is meant") {
  const std::string text = "Bob Smith <surfer77@quarry-example.net>";
  Desk both;
  both.wrote_to("bob.smith@navy.mil", 3);
  const auto judged = both.judge(
      {recipient(Field::to, text), recipient(Field::cc, "Bob Smith <bob.smith@navy.mil>")});
  CHECK(judged.recipients.front().findings.empty());
  Desk known;
  CHECK(known.wrote_to("bob.smith@navy.mil", 3)
            .wrote_to("surfer77@quarry-example.net")
            .to(text)
            .findings.empty());
  Desk trusted;
  CHECK(trusted.wrote_to("bob.smith@navy.mil", 3)
            .trust("surfer77@quarry-example.net")
            .to(text)
            .findings.empty());
  Desk blocked;
  blocked.block("navy.mil").wrote_to("bob.smith@navy.mil", 3);
  CHECK(blocked.to(text).findings.empty());
}

TEST_CASE("letters outside ASCII and misplaced dots before the at sign are unusual") {
  CHECK(codes_of(Desk().to("jos\xc3\xa9@quarry-example.net")) == Codes{"unusual-address"});
  for (const char* text :
       {"a..b@quarry-example.net", ".ab@quarry-example.net", "ab.@quarry-example.net"}) {
    CHECK(codes_of(Desk().to(text)) == Codes{"unusual-address"});
  }
  Desk desk;
  desk.allow("quarry-example.net");
  CHECK(codes_of(desk.to("a..b@quarry-example.net")) == Codes{"unusual-address"});
  desk.wrote_to("a..b@quarry-example.net");
  CHECK(desk.to("a..b@quarry-example.net").findings.empty());
}

TEST_CASE("a provider that is known to give out misplaced dots is not questioned for them again") {
  Desk desk;
  desk.wrote_to("a..b@quarry-example.net");
  CHECK(desk.to("c..d@quarry-example.net").findings.empty());
  CHECK(codes_of(desk.to("c..d@lantern-example.net")) == Codes{"unusual-address"});
  CHECK(codes_of(desk.to("jos\xc3\xa9@quarry-example.net")) == Codes{"unusual-address"});
  Desk overridden;
  overridden.people.wrote_to(mailbox_of("a..b@quarry-example.net"), today, Sending::overridden,
                             all_suffixes());
  CHECK(codes_of(overridden.to("c..d@quarry-example.net")) == Codes{"unusual-address"});
}

TEST_CASE("an initial and two dots at one's own house is how its directory leaves a name empty") {
  Desk desk;
  CHECK(desk.to("j..smith@orchard-example.com").findings.empty());
  for (const char* text : {"j..smith@harbour-example.com", "jo..smith@orchard-example.com",
                           ".smith@orchard-example.com", "j..smith.@orchard-example.com",
                           "j...smith@orchard-example.com", "j..s..mith@orchard-example.com"}) {
    INFO(text);
    CHECK(codes_of(desk.to(text)) == Codes{"unusual-address"});
  }
  Desk by_list;
  by_list.own("harbour-example.com");
  CHECK(by_list.to("j..smith@harbour-example.com").findings.empty());
  CHECK(codes_of(by_list.to("j..smith@orchard-example.com")) == Codes{"unusual-address"});
}

TEST_CASE(
    "an answer that goes to the author's local part or name at another domain is questioned") {
  CHECK(answer_codes("carol@harbour-example.com", "carol@quarry-example.net") ==
        Codes{"reply-diverted"});
  CHECK(answer_codes("Carol Mann <carol@harbour-example.com>",
                     "CAROL MANN <cm77@quarry-example.net>") == Codes{"reply-diverted"});
  CHECK(answer_codes("carol.mann@harbour-example.com", "carol.mamn@harbour-example.com") ==
        Codes{"reply-diverted"});
  Desk desk;
  const auto judged = answer(desk, "carol@harbour-example.com", "carol@quarry-example.net");
  CHECK(finding_of(judged.recipients.front(), Reason::reply_diverted).meant ==
        Addresses{"carol@harbour-example.com"});
}

TEST_CASE("who is new in a reply is questioned, in one put by as a draft too") {
  Desk desk;
  desk.check("new-in-reply", PolicyVerdict::block);
  const auto codes = [&](MessageKind kind) {
    desk.message.kind = kind;
    return codes_of(desk.to("zoe@lantern-example.net"));
  };
  CHECK(codes(MessageKind::draft).empty());
  CHECK(codes(MessageKind::reply).empty());
  SECTION("of which it is told who took part") {
    desk.message.thread = {"carol@harbour-example.com"};
  }
  SECTION("of which it is told whom it answers") {
    desk.message.answered = Answered{"carol@harbour-example.com", {}};
  }
  CHECK(codes(MessageKind::reply) == Codes{"new-in-reply"});
  CHECK(codes(MessageKind::draft) == Codes{"new-in-reply"});
  CHECK(codes(MessageKind::forward).empty());
}

TEST_CASE("an answer to the author, a sibling domain or a contact form's user is fine") {
  CHECK(answer_codes("carol@harbour-example.com", "Carol@harbour-example.com").empty());
  CHECK(answer_codes("carol@mail.harbour-example.com", "carol@harbour-example.com").empty());
  CHECK(answer_codes("webform@orchard-example.com", "zoe.fox@lantern-example.net").empty());
  CHECK(answer_codes("List <carol@harbour-example.com>", "Desk <desk@quarry-example.net>").empty());
  Desk by_hand;
  by_hand.message.kind = MessageKind::reply;
  by_hand.message.answered = Answered{"carol@harbour-example.com", {}};
  CHECK(by_hand.to("carol@quarry-example.net").findings.empty());
}

TEST_CASE("a diverted answer is cleared by an entry, trust, being known or being right") {
  const std::string from = "carol@harbour-example.com";
  const std::string elsewhere = "carol@quarry-example.net";
  Desk listed;
  listed.allow(elsewhere);
  CHECK(answer(listed, from, elsewhere).verdict == Verdict::allow);
  Desk by_domain;
  by_domain.allow("quarry-example.net");
  CHECK(answer(by_domain, from, elsewhere).verdict == Verdict::warn);
  Desk trusted;
  trusted.trust(elsewhere);
  CHECK(answer(trusted, from, elsewhere).verdict == Verdict::allow);
  Desk known;
  known.wrote_to(elsewhere);
  CHECK(answer(known, from, elsewhere).verdict == Verdict::allow);
  Desk settled;
  settled.people.settle("reply-diverted", elsewhere);
  CHECK(answer(settled, from, elsewhere).verdict == Verdict::allow);
}

TEST_CASE(
    "a newsgroup, or a list that the policy names, is a posting until it was said to be right") {
  Desk desk;
  const auto group = desk.judge({recipient(Field::newsgroup, "comp.lang.c++")});
  CHECK(codes_of(group.recipients.front()) == Codes{"posting"});
  CHECK(group.recipients.front().override == Override::click);
  CHECK(group.recipients.front().trust == TrustOffer::none);
  CHECK(codes_of(desk.judge({recipient(Field::followup_to, "comp.misc")}).recipients.front()) ==
        Codes{"posting"});
  desk.people.settle("posting", settled_subject(Reason::posting, group.recipients.front()));
  CHECK(desk.judge({recipient(Field::newsgroup, "comp.lang.c++")}).verdict == Verdict::allow);
  CHECK(desk.judge({recipient(Field::newsgroup, "comp.misc")}).verdict == Verdict::warn);
}

TEST_CASE("an address named as a posting list is questioned although it is known") {
  Desk desk;
  const auto entry = read_entry("projects@lists.bakery-example.org");
  CheckSetting setting;
  setting.entries["lists"].add(std::get<Entry>(entry), {0, 7});
  desk.policy.checks["posting"] = setting;
  desk.wrote_to("projects@lists.bakery-example.org", 5).trust("projects@lists.bakery-example.org");
  const auto judged = desk.to("projects@lists.bakery-example.org");
  CHECK(codes_of(judged) == Codes{"posting"});
  CHECK(judged.findings.front().rule == "policy.json:7");
  CHECK(desk.to("others@lists.bakery-example.org").findings.empty());
  desk.allow("projects@lists.bakery-example.org");
  CHECK(desk.to("projects@lists.bakery-example.org").findings.empty());
  desk.check("posting", PolicyVerdict::off);
  CHECK(desk.judge({recipient(Field::newsgroup, "comp.misc")}).verdict == Verdict::allow);
}
