// SPDX-License-Identifier: MPL-2.0
// What the judge does with recipients, lists, policies and findings.
#include "desk.hpp"
#include "verdict/learn.hpp"

using namespace recipient_guard;

namespace {

Desk defence() {
  Desk desk;
  desk.allow("mil").allow("liaison@gov.ml").block("ml").pair("mil", "ml", PolicyVerdict::block);
  return desk;
}

}  // namespace

TEST_CASE("the defence policy blocks navy.ml, helps with navy.mil, and knows its one exception") {
  Desk desk = defence();
  const auto judged = desk.to("bob@navy.ml");
  CHECK(judged.verdict == Verdict::block);
  REQUIRE(codes_of(judged) == Codes{"blocked-by-organisation", "confusable-suffix"});
  CHECK(judged.findings[0].rule == "policy.json:3");
  CHECK(judged.findings[0].meant.empty());
  CHECK(judged.findings[1].verdict == Verdict::block);
  CHECK(judged.findings[1].meant == Addresses{"bob@navy.mil"});
  CHECK(judged.findings[1].near == "navy.mil");
  CHECK(judged.findings[1].slip == SlipKind::deletion);
  CHECK(judged.findings[1].rule == "policy.json:4");
  CHECK(judged.override == Override::none);
  CHECK(judged.trust == TrustOffer::none);
  CHECK(desk.to("bob@navy.mil").verdict == Verdict::allow);
  CHECK(desk.to("Liaison@gov.ml").verdict == Verdict::allow);
  CHECK(desk.to("deputy@gov.ml").verdict == Verdict::block);
}

TEST_CASE("with mil alone allowed navy.ml warns and may be sent by a click") {
  Desk desk;
  desk.allow("mil");
  const auto judged = desk.to("Bob Sample <bob@navy.ml>");
  CHECK(judged.verdict == Verdict::warn);
  CHECK(codes_of(judged) == Codes{"confusable-suffix"});
  CHECK(judged.findings.front().rule == "policy.json:1");
  CHECK(judged.override == Override::click);
  CHECK(judged.trust == TrustOffer::address);
}

TEST_CASE("a message without questioned recipients is allowed, with an entry for each in order") {
  Desk desk;
  const auto judged = desk.judge({recipient(Field::to, "bob@quarry-example.net"),
                                  recipient(Field::cc, "eve@lantern-example.net"),
                                  recipient(Field::bcc, "zoe@bakery-example.org")});
  CHECK(judged.verdict == Verdict::allow);
  REQUIRE(judged.recipients.size() == 3);
  CHECK(judged.recipients[1].index == 1);
  CHECK(judged.recipients[1].field == Field::cc);
  CHECK(judged.recipients[2].address == "zoe@bakery-example.org");
  CHECK(desk.judge({}).verdict == Verdict::allow);
}

TEST_CASE("the message's verdict is the strictest of its recipients") {
  Desk desk = defence();
  CHECK(desk.judge({recipient(Field::to, "bob@navy.mil"), recipient(Field::to, "a@hotmial.com")})
            .verdict == Verdict::warn);
  CHECK(desk.judge({recipient(Field::to, "a@hotmial.com"), recipient(Field::cc, "x@navy.ml")})
            .verdict == Verdict::block);
}

TEST_CASE("an address is told with its local part as typed and its domain in lower case") {
  Desk desk;
  const auto judged = desk.to("Bob <Bob.Sample@QUARRY-Example.NET>");
  CHECK(judged.address == "Bob.Sample@quarry-example.net");
  CHECK(judged.shown() == "Bob.Sample@quarry-example.net");
  const auto international = desk.to("bob@m\xc3\xbcller-example.de");
  CHECK(international.address == "bob@xn--mller-example-wob.de");
  CHECK(international.shown() == "bob@m\xc3\xbcller-example.de");
}

TEST_CASE(
    "what cannot be read has no address, is shown escaped and is never overridden or trusted") {
  Desk desk;
  desk.policy.override_block = Override::click;
  const auto judged = desk.to("bob@na\xe2\x80\x8bvy.mil");
  CHECK(judged.address.empty());
  CHECK(judged.shown().find("\\u{200b}") != std::string::npos);
  CHECK(codes_of(judged) == Codes{"unreadable-address"});
  CHECK(judged.findings.front().detail == "invisible-character");
  CHECK(judged.findings.front().meant == Addresses{"bob@navy.mil"});
  CHECK(judged.verdict == Verdict::block);
  CHECK(judged.override == Override::none);
  CHECK(judged.trust == TrustOffer::none);
}

TEST_CASE("what was meant by an unreadable address is told where it can be one, and is no guess") {
  Desk desk;
  desk.own("quarry.lan");
  const std::vector<std::pair<std::string, Addresses>> rows = {
      {"bob@harbour.o rg", {"bob@harbour.org"}},
      {"bob@harbour.org x", {}},
      {"Bob <bob@gmail.com eve>", {}},
      {"bob@gmail.com. eve", {}},
      {"bob@gmail.com\xc2\xa0"
       "eve",
       {}},
      {"bo b@lantern.lan", {"bob@lantern.lan"}},
      {"bob@ lantern.lan ", {"bob@lantern.lan"}},
      {"bob@lantern .lan", {}},
      {"bob@quarry .lan", {"bob@quarry.lan"}},
      {"\"bob \"@harbour.org", {"bob@harbour.org"}},
      {"\"bob smith\"@harbour.org", {}},
      {"\"bob smith \"@harbour.org", {}},
  };
  for (const auto& [text, meant] : rows) {
    INFO(text);
    const auto judged = desk.to(text);
    CHECK(codes_of(judged) == Codes{"unreadable-address"});
    CHECK(judged.findings.front().meant == meant);
  }
}

TEST_CASE("where Thunderbird reads another address the recipient is unreadable") {
  Desk desk;
  Recipient odd = recipient(Field::to, "Casey <casey@navy.mil>");
  odd.parsed = "casey@navy.mil.lantern-example.net";
  CHECK(codes_of(desk.judge({odd}).recipients.front()) == Codes{"unreadable-address"});
  odd.parsed = "casey@navy.mil";
  CHECK(desk.judge({odd}).verdict == Verdict::allow);
}

TEST_CASE(
    "a list whose members cannot be seen is questioned by its name, an empty group is nobody") {
  Desk desk;
  const auto list = desk.judge({{Field::to, {}, {}, "Staff"}}).recipients.front();
  CHECK(codes_of(list) == Codes{"unknown-members"});
  CHECK(list.address.empty());
  CHECK(list.shown() == "Staff");
  CHECK(list.trust == TrustOffer::none);
  CHECK(list.override == Override::click);
  CHECK(desk.to("undisclosed-recipients:;").findings.empty());
  const Recipient member{Field::to, "eve@quarry-example.net", {}, "Staff"};
  CHECK(desk.judge({member}).verdict == Verdict::allow);
}

TEST_CASE("settling one list settles no other") {
  Desk desk;
  settle(desk.people, desk.judge({{Field::to, {}, {}, "Staff"}}).recipients.front());
  CHECK(desk.judge({{Field::cc, {}, {}, "Staff"}}).verdict == Verdict::allow);
  CHECK(desk.judge({{Field::to, {}, {}, "Friends"}}).verdict == Verdict::warn);
}

TEST_CASE("what checks say of strangers holds, whatever strangers says") {
  using V = PolicyVerdict;
  struct Row {
    V strangers;
    V check;
    Verdict verdict;
  };
  for (const Row& row : {Row{V::allow, V::block, Verdict::block},
                         {V::allow, V::warn, Verdict::warn},
                         {V::warn, V::block, Verdict::block},
                         {V::block, V::warn, Verdict::warn},
                         {V::block, V::off, Verdict::allow},
                         {V::allow, V::off, Verdict::allow}}) {
    Desk desk;
    desk.policy.strangers = row.strangers;
    desk.allow("=harbour-example.com").check("not-on-allowlist", row.check);
    const auto judged = desk.to("bob@quarry-example.net");
    CHECK(judged.verdict == row.verdict);
    if (row.verdict != Verdict::allow) {
      CHECK(finding_of(judged, Reason::not_on_allowlist).rule == "policy.json:2");
    }
    CHECK(desk.to("bob@harbour-example.com").verdict == Verdict::allow);
  }
  Desk desk;
  desk.policy.known = KnownContacts::allow;
  desk.wrote_to("bob@quarry-example.net").check("not-on-allowlist", V::warn);
  CHECK(desk.to("bob@quarry-example.net").verdict == Verdict::allow);
  CHECK(desk.to("eve@quarry-example.net").verdict == Verdict::warn);
}

TEST_CASE("a visible crowd names the document that sets its limit") {
  Desk desk;
  const auto rule = [&] {
    const auto judged = desk.judge({recipient(Field::to, "bob@quarry-example.net"),
                                    recipient(Field::to, "eve@bakery-example.org")});
    REQUIRE(codes_of(judged.findings) == Codes{"visible-crowd"});
    return judged.findings.front().rule;
  };
  desk.policy.checks["visible-crowd"].numbers["limit"] = {2, {0, 9}};
  CHECK(rule() == "policy.json:9");
  desk.policy.checks["visible-crowd"].verdict = PolicyVerdict::block;
  desk.policy.checks["visible-crowd"].source = {0, 12};
  CHECK(rule() == "policy.json:9");
}

TEST_CASE("newsgroups and follow-ups are no addresses") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::block;
  const auto judged = desk.judge(
      {recipient(Field::newsgroup, "comp.lang.c++"), recipient(Field::followup_to, "poster")});
  CHECK(codes_of(judged.recipients.front()) == Codes{"posting"});
  CHECK(judged.recipients.front().shown() == "comp.lang.c++");
  CHECK(judged.recipients.back().verdict == Verdict::allow);
}

TEST_CASE(
    "a Reply-To hears what is said of the address itself and block entries, never of strangers") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::block;
  desk.ask("lantern-example.net").block("quarry-example.net").allow("=harbour-example.com");
  const auto reply_to = [&](const std::string& text) {
    return codes_of(desk.judge({recipient(Field::reply_to, text)}).recipients.front());
  };
  CHECK(reply_to("zoe@bakery-example.org").empty());
  CHECK(reply_to("zoe@lantern-example.net").empty());
  CHECK(reply_to("zoe@quarry-example.net") == Codes{"blocked-by-organisation"});
  CHECK(reply_to("zoe") == Codes{"unreadable-address"});
  CHECK(reply_to("zoe@harbor-example.com") == Codes{"lookalike-domain"});
  CHECK(reply_to("zoe@lantern.corp-net") == Codes{"no-such-suffix"});
}

TEST_CASE("findings come strictest first, then in the order of the table") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::warn;
  desk.ask("harbor-example.com").allow("=harbour-example.com");
  desk.check("lookalike-domain", PolicyVerdict::block);
  CHECK(codes_of(desk.to("bob@harbor-example.com")) ==
        Codes{"lookalike-domain", "asked-by-organisation", "not-on-allowlist"});
}

TEST_CASE(
    "of findings that propose the same address the first stands, with the strictest verdict") {
  Desk desk;
  desk.allow("=harbour.mil").check("lookalike-domain", PolicyVerdict::block);
  const auto judged = desk.to("bob@harbour.mi");
  REQUIRE(judged.findings.size() == 1);
  const Finding& finding = judged.findings.front();
  CHECK(finding.reason == Reason::lookalike_domain);
  CHECK(finding.verdict == Verdict::block);
  CHECK(finding.merged == std::vector<Reason>{Reason::no_such_suffix});
  const auto pair = desk.to("bob@harbour.ml");
  REQUIRE(codes_of(pair) == Codes{"confusable-suffix"});
  CHECK(pair.verdict == Verdict::block);
}

TEST_CASE("a tie proposes the same in either order") {
  Desk desk;
  desk.wrote_to("a.bee@kestrol.org", 3).wrote_to("a.bee@kestrel.org", 3);
  const auto judged = desk.to("a.bee@kestrul.org");
  REQUIRE(codes_of(judged) == Codes{"lookalike-domain"});
  CHECK(judged.findings.front().meant.size() == 2);
  CHECK(judged.findings.front().merged == std::vector<Reason>{Reason::known_elsewhere});
}

TEST_CASE("of two explanations of a domain only the far likelier one stands") {
  Desk desk;
  desk.allow("mil");
  // mail.com is a provider that everybody knows.
  const auto glued = desk.to("bob@navy.mil.com");
  REQUIRE(codes_of(glued) == Codes{"confusable-suffix"});
  CHECK(glued.findings.front().meant == std::vector<std::string>{"bob@navy.mil"});
  CHECK(glued.findings.front().merged == std::vector<Reason>{Reason::lookalike_domain});
  settle(desk.people, glued);
  CHECK(desk.to("eve@navy.mil.com").findings.empty());

  desk.check("lookalike-domain", PolicyVerdict::block);
  CHECK(desk.to("bob@army.mil.com").verdict == Verdict::block);
  desk.check("confusable-suffix", PolicyVerdict::off);
  CHECK(codes_of(desk.to("bob@army.mil.com")) == Codes{"lookalike-domain"});
}

TEST_CASE("a check that the policy sets off says nothing, one set to block blocks, by that line") {
  Desk desk;
  desk.check("lookalike-domain", PolicyVerdict::off);
  CHECK(desk.to("bob@hotmial.com").findings.empty());
  desk.check("lookalike-domain", PolicyVerdict::block);
  const auto judged = desk.to("bob@hotmial.com");
  CHECK(judged.verdict == Verdict::block);
  CHECK(judged.findings.front().rule == "policy.json:2");
}

TEST_CASE("in watch mode everything is judged as it would have been") {
  Desk desk = defence();
  desk.policy.mode = PolicyMode::watch;
  const auto judged = desk.judge({recipient(Field::to, "bob@navy.ml")});
  CHECK(judged.watch);
  CHECK(judged.verdict == Verdict::block);
  CHECK(judged.recipients.front().verdict == Verdict::block);
}

TEST_CASE("mail from somebody the senders do not name is judged by the defaults") {
  Desk desk = defence();
  desk.senders("unit.example.mil");
  desk.message.from = "alice@unit.example.mil";
  CHECK(desk.to("x@berth.ml").verdict == Verdict::block);
  desk.message.from = "alice@private-example.org";
  CHECK(desk.to("x@berth.ml").verdict == Verdict::allow);
  CHECK(desk.to("x@army.ml").verdict == Verdict::warn);
  desk.message.from = "";
  CHECK(desk.to("x@berth.ml").verdict == Verdict::block);
}

TEST_CASE("strangers are questioned by the policy's word, by its line") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::block;
  desk.policy.set_at["strangers"] = {0, 12};
  desk.allow("quarry-example.net").own("orchard-example.com").protect("lantern-example.net");
  CHECK(desk.to("bob@quarry-example.net").verdict == Verdict::allow);
  CHECK(desk.to("bob@orchard-example.com").verdict == Verdict::allow);
  const auto stranger = desk.to("bob@lantern-example.net");
  CHECK(codes_of(stranger) == Codes{"not-on-allowlist"});
  CHECK(stranger.verdict == Verdict::block);
  CHECK(stranger.findings.front().rule == "policy.json:12");
  CHECK(desk.to("bob@notquarry-example.net").verdict == Verdict::block);
  CHECK(desk.to("bob@mail.quarry-example.net").verdict == Verdict::allow);
}

TEST_CASE("whom a block entry names is blocked and no stranger besides") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::warn;
  desk.block("quarry-example.net");
  CHECK(codes_of(desk.to("bob@quarry-example.net")) == Codes{"blocked-by-organisation"});
}

TEST_CASE("an ask entry questions each time, whatever else allows the address") {
  Desk desk;
  desk.allow("bob@quarry-example.net").ask("bob@quarry-example.net");
  desk.trust("bob@quarry-example.net").wrote_to("bob@quarry-example.net", 50);
  settle(desk.people, desk.to("bob@quarry-example.net"));
  const auto judged = desk.to("bob@quarry-example.net");
  CHECK(codes_of(judged) == Codes{"asked-by-organisation"});
  CHECK(judged.findings.front().rule == "policy.json:2");
}

TEST_CASE("trust is offered as far as the policy goes, and never twice") {
  Desk desk;
  CHECK(desk.to("bob@quarry-example.net").trust == TrustOffer::address);
  desk.policy.personal_trust = PersonalTrust::domains;
  CHECK(desk.to("bob@quarry-example.net").trust == TrustOffer::domain);
  CHECK(desk.to("bob@gov.uk").trust == TrustOffer::address);
  desk.policy.personal_trust = PersonalTrust::none;
  CHECK(desk.to("bob@quarry-example.net").trust == TrustOffer::none);
  desk.policy.personal_trust = PersonalTrust::addresses;
  desk.trust("bob@quarry-example.net").allow("lantern-example.net").block("bakery-example.org");
  CHECK(desk.to("bob@quarry-example.net").trust == TrustOffer::none);
  CHECK(desk.to("bob@lantern-example.net").trust == TrustOffer::none);
  CHECK(desk.to("bob@bakery-example.org").trust == TrustOffer::none);
}

TEST_CASE("what lets the person send follows the policy's override") {
  Desk desk;
  desk.policy.override_warn = Override::reason;
  desk.policy.override_block = Override::click;
  desk.block("bakery-example.org");
  CHECK(desk.to("bob@hotmial.com").override == Override::reason);
  CHECK(desk.to("bob@bakery-example.org").override == Override::click);
  CHECK(desk.to("bob@quarry-example.net").override == Override::none);
}

TEST_CASE("a trace tells each piece of evidence with its weights, also what stayed below") {
  Desk desk;
  desk.allow("=harbour-example.com").allow("=list1.example.com").wrote_to("zoe@harbor-example.com");
  const auto judged = desk.judge({recipient(Field::to, "zoe@harbor-example.com"),
                                  recipient(Field::to, "zoe@list2.example.com")},
                                 Trace::on);
  bool below = false;
  for (const Evidence& evidence : judged.evidence) {
    double sum = 0;
    for (const Weight& weight : evidence.weights) {
      CHECK_FALSE(weight.name.empty());
      sum += weight.value;
    }
    CHECK(sum == Approx(evidence.score));
    below = below || (evidence.recipient == 1 && evidence.score < evidence.threshold &&
                      evidence.near == "list1.example.com");
  }
  CHECK(below);
  CHECK(judged.verdict == Verdict::allow);
  CHECK(desk.judge({recipient(Field::to, "zoe@hotmial.com")}).evidence.empty());
  const auto cleared = desk.judge({recipient(Field::to, "jos\xc3\xa9@lantern.example")}, Trace::on);
  CHECK(cleared.evidence.size() == 2);
}

TEST_CASE("the trace says what cleared a finding") {
  Desk desk;
  desk.allow("=harbour-example.com").allow("bob@harbor-example.com");
  const auto judged = desk.judge(
      {recipient(Field::to, "bob@harbor-example.com"), recipient(Field::to, "bob@hotmial.com")},
      Trace::on);
  for (const Evidence& evidence : judged.evidence) {
    CHECK(evidence.cleared_by == (evidence.recipient == 0 ? "A" : ""));
  }
}
