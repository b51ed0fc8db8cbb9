// SPDX-License-Identifier: MPL-2.0
// lookalike-address: people one slip away at the same domain, and who is nobody's slip.
#include "desk.hpp"

using namespace recipient_guard;

TEST_CASE("a slip of somebody known, trusted or listed by address is questioned") {
  const Addresses wanted = {"jeffrey.park@harbour-example.com"};
  const std::string typed = "jeffery.park@harbour-example.com";
  Desk known;
  CHECK(meant(known.wrote_to(wanted[0], 3), typed) == wanted);
  Desk trusted;
  CHECK(meant(trusted.trust(wanted[0]), typed) == wanted);
  Desk listed;
  CHECK(meant(listed.allow(wanted[0]), typed) == wanted);
  Desk of_us;
  CHECK(meant(of_us.own(wanted[0]), typed) == wanted);
  Desk protect;
  CHECK(meant(protect.protect(wanted[0]), typed) == wanted);
  Desk nobody;
  CHECK(meant(nobody.wrote_to("eve@harbour-example.com"), typed).empty());
  Desk elsewhere;
  CHECK(meant(elsewhere.wrote_to("jeffrey.park@quarry-example.net", 3), typed).empty());
  Desk blocked;
  blocked.block(wanted[0]).wrote_to(wanted[0], 3);
  CHECK(meant(blocked, typed).empty());
}

TEST_CASE("the finding names the slip and the address it comes near") {
  Desk desk;
  desk.wrote_to("jeffrey.park@harbour-example.com", 3);
  const auto finding =
      finding_of(desk.to("jeffery.park@harbour-example.com"), Reason::lookalike_address);
  CHECK(finding.slip == SlipKind::transposition);
  CHECK(finding.near == "jeffrey.park@harbour-example.com");
}

TEST_CASE("an allowed domain is no proof that the person is right") {
  Desk desk;
  desk.allow("navy.mil").wrote_to("bob@navy.mil", 5);
  CHECK(meant(desk, "bpb@navy.mil") == Addresses{"bob@navy.mil"});
  CHECK(desk.to("kim@navy.mil").findings.empty());
}

TEST_CASE("differing numbers, initials, tags, short and shared names are left in peace") {
  Desk desk;
  for (const char* known : {"room1", "j.smith", "jsmith", "eve+news", "al", "order"}) {
    desk.wrote_to(std::string(known) + "@harbour-example.com", 3);
  }
  for (const char* typed :
       {"room2", "room12", "k.smith", "ksmith", "eve+mews", "sl", "orders", "jm.smith"}) {
    INFO(typed);
    CHECK(desk.to(std::string(typed) + "@harbour-example.com").findings.empty());
  }
}

TEST_CASE("a digit put in where there is no number is a slip, another number is none") {
  Desk desk;
  desk.wrote_to("kimberley.rowe@harbour-example.com", 3).wrote_to("desk17@harbour-example.com", 3);
  CHECK(meant(desk, "kimberley.r0we@harbour-example.com") ==
        Addresses{"kimberley.rowe@harbour-example.com"});
  CHECK(meant(desk, "kimberley9.rowe@harbour-example.com") ==
        Addresses{"kimberley.rowe@harbour-example.com"});
  CHECK(meant(desk, "desk18@harbour-example.com").empty());
  CHECK(meant(desk, "desk177@harbour-example.com").empty());
}

TEST_CASE("at one's own house another separator is mostly the same mailbox, elsewhere a slip") {
  Desk desk;
  for (const char* domain : {"@orchard-example.com", "@harbour-example.com"}) {
    desk.wrote_to("kim.rowe" + std::string(domain), 2);
  }
  for (const char* typed : {"kim_rowe", "kimrowe"}) {
    INFO(typed);
    CHECK(meant(desk, std::string(typed) + "@orchard-example.com").empty());
    CHECK(meant(desk, std::string(typed) + "@harbour-example.com") ==
          Addresses{"kim.rowe@harbour-example.com"});
  }
  CHECK(meant(desk, "kmi.rowe@orchard-example.com") == Addresses{"kim.rowe@orchard-example.com"});
  CHECK(meant(desk, "kim..rowe@orchard-example.com") == Addresses{"kim.rowe@orchard-example.com"});
}

TEST_CASE("of two names written to once each either may be the slip, unless the keys tell") {
  Desk desk;
  desk.wrote_to("rosalind.fukaci@harbour-example.com").wrote_to("bob@navy.mil");
  CHECK(meant(desk, "rosalind.fukac@harbour-example.com").empty());
  CHECK(meant(desk, "bpb@navy.mil") == Addresses{"bob@navy.mil"});
  desk.answered("rosalind.fukaci@harbour-example.com");
  CHECK(meant(desk, "rosalind.fukac@harbour-example.com") ==
        Addresses{"rosalind.fukaci@harbour-example.com"});
}

TEST_CASE("two known people are never each other's slip, unless one is far better known") {
  Desk desk;
  desk.wrote_to("sara.mitchell@harbour-example.com", 3)
      .wrote_to("sarah.mitchell@harbour-example.com", 4);
  CHECK(desk.to("sara.mitchell@harbour-example.com").findings.empty());
  CHECK(desk.to("sarah.mitchell@harbour-example.com").findings.empty());
  Desk stored;
  stored.wrote_to("sara.mitchell@harbour-example.com")
      .wrote_to("sarah.mitchell@harbour-example.com", 30);
  CHECK(codes_of(stored.to("sara.mitchell@harbour-example.com")) == Codes{"lookalike-address"});
  stored.answered("sara.mitchell@harbour-example.com");
  CHECK(stored.to("sara.mitchell@harbour-example.com").findings.empty());
}

TEST_CASE("at a well-known provider too a known person is no slip of another") {
  Desk desk;
  desk.wrote_to("sara.mitchell@gmail.com", 2).wrote_to("sarah.mitchell@gmail.com", 2);
  CHECK(desk.to("sara.mitchell@gmail.com").findings.empty());
  CHECK(desk.to("saramitchell@gmail.com").findings.empty());
  CHECK(meant(desk, "sarah.mitchel@gmail.com") == Addresses{"sarah.mitchell@gmail.com"});
}

TEST_CASE("a name that fits the typed address speaks for it, one that fits the other against it") {
  Desk desk;
  desk.wrote_to("sarah.mitchell@harbour-example.com", 3);
  CHECK(desk.to("Sara Mitchell <sara.mitchell@harbour-example.com>").findings.empty());
  CHECK(codes_of(desk.to("Sarah Mitchell <sara.mitchell@harbour-example.com>")) ==
        Codes{"lookalike-address"});
}

TEST_CASE("who took part in what is answered is no slip") {
  Desk desk;
  desk.wrote_to("sarah.mitchell@harbour-example.com", 3);
  desk.message.thread = {"sara.mitchell@harbour-example.com"};
  CHECK(desk.to("sara.mitchell@harbour-example.com").findings.empty());
}

TEST_CASE(
    "what clears a look-alike address: its entry, trust, being right; not its domain's entry") {
  const std::string typed = "jeffery.park@harbour-example.com";
  Desk desk;
  desk.wrote_to("jeffrey.park@harbour-example.com", 3).allow("harbour-example.com");
  CHECK(codes_of(desk.to(typed)) == Codes{"lookalike-address"});
  Desk listed = desk;
  CHECK(listed.allow(typed).to(typed).findings.empty());
  Desk trusted = desk;
  CHECK(trusted.trust(typed).to(typed).findings.empty());
  Desk settled = desk;
  settled.people.settle("lookalike-address", typed);
  CHECK(settled.to(typed).findings.empty());
}

TEST_CASE("two people equally near are both offered") {
  Desk desk;
  desk.wrote_to("jan.berg@harbour-example.com", 3).wrote_to("jon.berg@harbour-example.com", 3);
  CHECK(meant(desk, "jxn.berg@harbour-example.com").size() == 2);
}

TEST_CASE("keys slip on the person's keyboards only: of somebody met once they are asked about") {
  Desk desk;
  desk.wrote_to("martin@harbour-example.com");
  desk.keyboards = KeyboardLayouts(KeyboardLayout::qwertz);
  CHECK(meant(desk, "marzin@harbour-example.com") == Addresses{"martin@harbour-example.com"});
  desk.keyboards = KeyboardLayouts(KeyboardLayout::qwerty);
  CHECK(meant(desk, "marzin@harbour-example.com").empty());
}
