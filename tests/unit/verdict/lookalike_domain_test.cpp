// SPDX-License-Identifier: MPL-2.0
// lookalike-domain and homoglyph-domain: which names are near, which are not, what was meant.
#include "desk.hpp"

using namespace recipient_guard;

TEST_CASE("a slip of an own, allowed, protected, trusted, known or built-in name is questioned") {
  const Addresses wanted = {"bob@harbour-example.com"};
  Desk own;
  CHECK(meant(own.own("harbour-example.com"), "bob@harbuor-example.com") == wanted);
  Desk allow;
  CHECK(meant(allow.allow("harbour-example.com"), "bob@harbuor-example.com") == wanted);
  Desk protect;
  CHECK(meant(protect.protect("harbour-example.com"), "bob@harbuor-example.com") == wanted);
  Desk trust;
  CHECK(meant(trust.trust("eve@harbour-example.com"), "bob@harbuor-example.com") == wanted);
  Desk known;
  CHECK(meant(known.wrote_to("eve@harbour-example.com"), "bob@harbuor-example.com") == wanted);
  Desk built_in;
  CHECK(meant(built_in, "bob@gmial.com") == Addresses{"bob@gmail.com"});
}

TEST_CASE("what was overridden today was never meant, tomorrow it may be") {
  Desk desk;
  desk.people.wrote_to(mailbox_of("eve@harbour-example.com"), today, Sending::overridden,
                       all_suffixes());
  CHECK(meant(desk, "bob@harbuor-example.com").empty());
  desk.message.time = today + one_day;
  CHECK(meant(desk, "bob@harbuor-example.com") == Addresses{"bob@harbour-example.com"});
}

TEST_CASE("the domain of From is a name to look near where own is empty, unless a provider's") {
  Desk desk;
  CHECK(meant(desk, "bob@orchrad-example.com") == Addresses{"bob@orchard-example.com"});
  CHECK(desk.to("bob@orchard-example.com").findings.empty());
  desk.own("harbour-example.com");
  CHECK(meant(desk, "bob@orchrad-example.com").empty());
  Desk provider;
  provider.message.from = "me@lantern-example.net";
  CHECK(meant(provider, "bob@lantren-example.net") == Addresses{"bob@lantern-example.net"});
  provider.message.from = "me@me.com";
  provider.policy.builtin_protect = false;
  CHECK(meant(provider, "bob@em.com").empty());
}

TEST_CASE("with the built-in list switched off its names are not near") {
  Desk desk;
  desk.policy.builtin_protect = false;
  CHECK(desk.to("bob@gmial.com").findings.empty());
}

TEST_CASE("a well-known name, typed, is a slip only where the person is known at the other name") {
  Desk desk;
  CHECK(desk.to("sample.person@mac.com").findings.empty());
  CHECK(desk.to("sample.person@gmx.de").findings.empty());
  CHECK(desk.to("sample.person@ymail.com").findings.empty());
  desk.wrote_to("sample.person@gmail.com", 3);
  CHECK(meant(desk, "sample.person@ymail.com") == Addresses{"sample.person@gmail.com"});
  CHECK(desk.to("other.person@ymail.com").findings.empty());
}

TEST_CASE("another whole ending is a slip only where the same person is known at the other name") {
  Desk desk;
  CHECK(desk.to("sample.person@yahoo.fr").findings.empty());
  CHECK(desk.to("sample.person@lantern-example.fr").findings.empty());
  desk.wrote_to("sample.person@lantern-example.net").wrote_to("info@lantern-example.net");
  const Finding finding =
      finding_of(desk.to("sample.person@lantern-example.fr"), Reason::lookalike_domain);
  CHECK(finding.meant == Addresses{"sample.person@lantern-example.net"});
  CHECK(finding.slip == SlipKind::suffix);
  // Invoices go to such a name.
  CHECK(meant(desk, "info@lantern-example.fr") == Addresses{"info@lantern-example.net"});
  CHECK(desk.to("other.person@lantern-example.fr").findings.empty());
}

TEST_CASE(
    "what is short, or differs in a number at its end or a country's code, is left in peace") {
  Desk desk;
  desk.allow("=db.com").allow("=list1.lantern-example.net").allow("=lantern-example.co.uk");
  desk.allow("=claycountytn.gov").allow("=nclanterns.gov");
  for (const char* const typed : {"dc.com", "bd.com", "list2.lantern-example.net",
                                  "lantern-example.co.uz", "claycountytx.gov", "nylanterns.gov"}) {
    INFO(typed);
    CHECK(desk.to(std::string("bob@") + typed).findings.empty());
  }
}

TEST_CASE("the lost dot of a listed office is found, and a dot moved too") {
  Desk desk;
  desk.allow("=se.lantern.com").allow("=lantern-example.net");
  CHECK(meant(desk, "lars@selantern.com") == Addresses{"lars@se.lantern.com"});
  CHECK(meant(desk, "lars@lantern-example.net.") == Addresses{});
  CHECK(meant(desk, "lars@lantern-examplen.et") == Addresses{"lars@lantern-example.net"});
  CHECK(meant(desk, "lars@lan.tern-example.net") == Addresses{"lars@lantern-example.net"});
  CHECK(meant(desk, "lars@lanternexample.net") == Addresses{"lars@lantern-example.net"});
}

TEST_CASE("two digits that change places are a slip, another number is not") {
  Desk desk;
  desk.allow("8760.com").allow("route66.org");
  CHECK(meant(desk, "lars@8706.com") == Addresses{"lars@8760.com"});
  CHECK(meant(desk, "lars@8761.com").empty());
  CHECK(meant(desk, "lars@route67.org").empty());
}

TEST_CASE("a digit hit together with its neighbour makes no number of a name that has none") {
  Desk desk;
  desk.allow("lantern-disco.org").allow("quarry.org").allow("disco66.org");
  CHECK(meant(desk, "lars@lantern-disco0.org") == Addresses{"lars@lantern-disco.org"});
  CHECK(meant(desk, "lars@quarry7.org") == Addresses{"lars@quarry.org"});
  CHECK(meant(desk, "lars@quarry2.org").empty());
  CHECK(meant(desk, "lars@disco665.org").empty());
  CHECK(meant(desk, "lars@7ldisco.quarry.org").empty());
}

TEST_CASE("a common sub-domain that sticks to a listed name is found, another word is not") {
  Desk desk;
  desk.allow("=lantern.com").allow("=quarry.co.uk");
  CHECK(meant(desk, "lars@uslantern.com") == Addresses{"lars@us.lantern.com"});
  CHECK(meant(desk, "lars@east.smtplantern.com") == Addresses{"lars@east.smtp.lantern.com"});
  CHECK(meant(desk, "lars@mailquarry.co.uk") == Addresses{"lars@mail.quarry.co.uk"});
  CHECK(meant(desk, "lars@oldlantern.com").empty());
  CHECK(meant(desk, "lars@uslantern.net").empty());
}

TEST_CASE("what lies below a built-in name is weighed, the name itself stands") {
  Desk desk;
  desk.allow("=lanternfleet.navy.mil");
  CHECK(meant(desk, "bob@lanternflet.navy.mil") == Addresses{"bob@lanternfleet.navy.mil"});
  CHECK(desk.to("bob@lantern.navy.mil").findings.empty());
  CHECK(desk.to("bob@navy.mil").findings.empty());
}

TEST_CASE("two names as near as each other are a tie, four are a guess, one written to decides") {
  Desk desk;
  desk.allow("=lanternaexample.net").allow("=lanternbexample.net");
  auto judged = desk.to("bob@lanternexample.net");
  CHECK(judged.findings.front().meant.size() == 2);
  desk.wrote_to("bob@lanternbexample.net");
  judged = desk.to("bob@lanternexample.net");
  CHECK(judged.findings.front().meant == Addresses{"bob@lanternbexample.net"});
  Desk many;
  many.allow("=lanternaexample.net").allow("=lanternbexample.net");
  many.allow("=lanterncexample.net").allow("=lanterngexample.net");
  CHECK(many.to("bob@lanternexample.net").verdict == Verdict::warn);
  CHECK(many.to("bob@lanternexample.net").findings.front().meant.empty());
}

TEST_CASE("a slip of a name that the organisation blocks is one, and the name is not offered") {
  Desk desk;
  desk.protect("harbour-example.com").block("harbour-example.com").block("gmail.com");
  const Finding finding = finding_of(desk.to("bob@harbuor-example.com"), Reason::lookalike_domain);
  CHECK(finding.near == "harbour-example.com");
  CHECK(finding.meant.empty());
  for (const char* const typed :
       {"bob.lee@gmai.com", "bob.lee@gmial.com", "bob.lee@gmail.co", "bob.lee@gmail.com.com"}) {
    INFO(typed);
    const auto judged = desk.to(typed);
    CHECK(judged.verdict == Verdict::warn);
    CHECK(judged.findings.front().meant.empty());
  }
  const auto forged = desk.to("bob.lee@" + with_cyrillic_a("gmail.com"));
  CHECK(codes_of(forged) == Codes{"homoglyph-domain"});
}

TEST_CASE("a pair of the policy holds towards a blocked name") {
  Desk desk;
  desk.allow("mil").block("recruit.mil").pair("mil", "ml", PolicyVerdict::block);
  const auto judged = desk.to("bob@hq.recruit.ml");
  CHECK(judged.verdict == Verdict::block);
  CHECK(judged.findings.front().meant.empty());
}

TEST_CASE("of two proposals that differ, a name of one's own is told beside the likelier one") {
  Desk desk;
  desk.allow("mil").allow("presidence.ml");
  const auto judged = desk.to("bob@presidense.ml");
  CHECK(codes_of(judged) == Codes{"confusable-suffix", "lookalike-domain"});
  CHECK(judged.findings[1].meant == Addresses{"bob@presidence.ml"});
}

TEST_CASE("the thread that is answered says nothing for a name in other characters") {
  Desk desk;
  desk.allow("harbour-example.com");
  const std::string forged = "bob@" + with_cyrillic_a("harbour-example.com");
  desk.message.thread = {forged};
  CHECK(codes_of(desk.to(forged)) == Codes{"homoglyph-domain"});
}

TEST_CASE("a name that took part in what is answered is seldom a slip") {
  Desk desk;
  desk.allow("=harbour-example.com");
  CHECK_FALSE(desk.to("bob@harbor-example.com").findings.empty());
  desk.message.thread = {"Eve <eve@harbor-example.com>"};
  CHECK(desk.to("bob@harbor-example.com").findings.empty());
}

TEST_CASE("a name in other characters is questioned even where its ending is allowed") {
  Desk desk;
  desk.allow("mil");
  const auto judged = desk.to("bob@" + with_cyrillic_a("lantern-base.mil"));
  CHECK(codes_of(judged) == Codes{"homoglyph-domain"});
  CHECK(judged.findings.front().meant == Addresses{"bob@lantern-base.mil"});
  CHECK(judged.findings.front().slip == SlipKind::homoglyph);
}

TEST_CASE("full-width letters and sharp s are told, with the other form where it means something") {
  Desk desk;
  const auto wide = desk.to("bob@\xef\xbd\x87\xef\xbd\x8d\xef\xbd\x81\xef\xbd\x89\xef\xbd\x8c.com");
  CHECK(wide.address == "bob@gmail.com");
  CHECK(finding_of(wide, Reason::homoglyph_domain).meant == Addresses{"bob@gmail.com"});
  desk.allow("=strasse-example.de");
  const auto sharp = desk.to(
      "bob@stra\xc3\x9f"
      "e-example.de");
  CHECK(finding_of(sharp, Reason::homoglyph_domain).meant == Addresses{"bob@strasse-example.de"});
}

TEST_CASE("an international name that is listed is allowed in either form") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::block;
  desk.allow("xn--mller-example-wob.de").allow("mueller-example.de");
  CHECK(desk.to("bob@m\xc3\xbcller-example.de").verdict == Verdict::allow);
}

TEST_CASE("two listed names are never each other's slip") {
  Desk desk;
  desk.allow("=harbour-example.com").allow("=harbor-example.com").protect("harbuor-example.com");
  CHECK(desk.to("bob@harbour-example.com").findings.empty());
  CHECK(desk.to("bob@harbor-example.com").findings.empty());
  CHECK(desk.to("bob@harbuor-example.com").findings.empty());
}

TEST_CASE("two slips in one long name are questioned, in a short one or at its beginning not") {
  Desk desk;
  desk.allow("lanternworks.com").allow("cmsenergy.com").allow("harbour.org").allow("stevenson.edu");
  CHECK(meant(desk, "lars@lanterwnorsk.com") == Addresses{"lars@lanternworks.com"});
  CHECK(meant(desk, "lars@lantenworrks.com") == Addresses{"lars@lanternworks.com"});
  CHECK(meant(desk, "lars@lantenworks.con") == Addresses{"lars@lanternworks.com"});
  CHECK(meant(desk, "lars@pgsenergy.com").empty());
  CHECK(meant(desk, "lars@stevens.edu").empty());
  CHECK(meant(desk, "lars@harbsuor.org").empty());
  CHECK(meant(desk, "lars@hrabuor.org") == Addresses{"lars@harbour.org"});
}

TEST_CASE("two edits are no explanation where one is") {
  Desk desk;
  desk.allow("lanternworks.com").allow("lanternworts.com");
  CHECK(meant(desk, "lars@lantenrworks.com") == Addresses{"lars@lanternworks.com"});
}

TEST_CASE("a wrong letter beside the right one counts on the person's keyboards only") {
  Desk desk;  // T and Z lie side by side on QWERTZ alone
  desk.allow("mazro.org");
  CHECK(meant(desk, "bob@matro.org") == Addresses{"bob@mazro.org"});
  desk.keyboards = KeyboardLayouts(KeyboardLayout::qwertz);
  CHECK(meant(desk, "bob@matro.org") == Addresses{"bob@mazro.org"});
  desk.keyboards = KeyboardLayouts(KeyboardLayout::qwerty);
  CHECK(meant(desk, "bob@matro.org").empty());
  desk.keyboards = KeyboardLayouts(KeyboardLayout::azerty);
  CHECK(meant(desk, "bob@matro.org").empty());
  CHECK(meant(desk, "bob@mazor.org") == Addresses{"bob@mazro.org"});
}

TEST_CASE("a slip in a sub-domain is asked about, unless the house has many such names") {
  Desk few;
  few.allow("mail.harbour-example.com").allow("ships.harbour-example.com");
  CHECK(meant(few, "bob@shisp.harbour-example.com") == Addresses{"bob@ships.harbour-example.com"});
  Desk many = few;
  for (int i = 0; i < 100; ++i) {
    many.allow("=unit-" + std::to_string(i) + ".harbour-example.com");
  }
  CHECK(meant(many, "bob@shipt.harbour-example.com").empty());
}

TEST_CASE("in a sub-domain a short label is asked about too, another number or code is not") {
  Desk desk;
  desk.allow("eog.harbour-example.com").allow("mail3.lantern-example.org").allow("se.quarry.org");
  CHECK(meant(desk, "bob@eig.harbour-example.com") == Addresses{"bob@eog.harbour-example.com"});
  CHECK(meant(desk, "bob@mailb.lantern-example.org").empty());
  CHECK(meant(desk, "bob@mail4.lantern-example.org").empty());
  CHECK(meant(desk, "bob@de.quarry.org").empty());
}
