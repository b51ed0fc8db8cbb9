// SPDX-License-Identifier: MPL-2.0
// confusable-suffix and no-such-suffix: pairs, slips of a listed ending, endings glued on.
#include "desk.hpp"
#include "lookalike/confusable_suffixes.hpp"

using namespace recipient_guard;

TEST_CASE("with mil alone allowed every slip of its ending is stopped and the right name offered") {
  Desk desk;
  desk.allow("mil");
  for (const std::string typed :
       {"navy.ml", "navy.mi", "navy.mill", "navymil", "navy.mil.ml", "berth.ml", "berth.mli",
        "berth.nil", "berthmil", "berth.mil.ml", "fleet.berth.mi"}) {
    INFO(typed);
    const auto judged = desk.to("bob@" + typed);
    CHECK(judged.verdict == Verdict::warn);
    CHECK(judged.findings.size() == 1);
    const std::string name = typed.find("navy") != std::string::npos    ? "navy.mil"
                             : typed.find("fleet") != std::string::npos ? "fleet.berth.mil"
                                                                        : "berth.mil";
    REQUIRE(judged.findings.size() == 1);
    CHECK(judged.findings.front().meant == Addresses{"bob@" + name});
  }
  const auto hidden = desk.to("bob@" + with_cyrillic_a("navy.mil"));
  REQUIRE(codes_of(hidden) == Codes{"homoglyph-domain"});
  CHECK(hidden.findings.front().meant == Addresses{"bob@navy.mil"});
}

TEST_CASE("with mil alone allowed other countries' names are left in peace") {
  Desk desk;
  desk.allow("mil");
  for (const char* const typed : {"tau.ac.il", "firm.co.il", "gov.il", "harbour-example.com",
                                  "firm.fr", "army.mil.br", "navy.mil.pl", "bakery.co.uk"}) {
    INFO(typed);
    CHECK(desk.to(std::string("bob@") + typed).findings.empty());
  }
}

TEST_CASE("a pair of the table holds only where the name put right means something to somebody") {
  Desk nobody;
  CHECK(nobody.to("bob@berth.ml").findings.empty());
  Desk own;
  CHECK(codes_of(own.own("berth.mil").to("bob@berth.ml")) == Codes{"confusable-suffix"});
  Desk protect;
  CHECK(codes_of(protect.protect("berth.mil").to("bob@berth.ml")) == Codes{"confusable-suffix"});
  Desk known;
  CHECK(codes_of(known.wrote_to("eve@berth.mil").to("bob@berth.ml")) == Codes{"confusable-suffix"});
  Desk trusted;
  CHECK(codes_of(trusted.trust("eve@berth.mil").to("bob@berth.ml")) == Codes{"confusable-suffix"});
  Desk built_in;
  CHECK(codes_of(built_in.to("bob@army.ml")) == Codes{"confusable-suffix"});
  built_in.policy.builtin_protect = false;
  CHECK(built_in.to("bob@army.ml").findings.empty());
}

TEST_CASE("every pair of the table stops, where the name put right is listed") {
  for (const ConfusableSuffix& row : confusable_suffixes()) {
    Desk desk;
    desk.allow("=lantern-example." + std::string(row.meant));
    const auto judged = desk.to("bob@lantern-example." + std::string(row.typed));
    INFO(row.meant << " typed as " << row.typed);
    REQUIRE(codes_of(judged) == Codes{"confusable-suffix"});
    CHECK(judged.findings.front().meant ==
          Addresses{"bob@lantern-example." + std::string(row.meant)});
  }
}

TEST_CASE("a bare com.au allowed does not question all of .com, a listed name does") {
  Desk desk;
  desk.allow("com.au");
  CHECK(desk.to("bob@lantern-example.com").findings.empty());
  Desk bank;
  bank.own("lantern-example.com.au");
  bank.message.from = "me@lantern-example.com.au";
  const auto judged = bank.to("teller@lantern-example.com");
  CHECK(finding_of(judged, Reason::confusable_suffix).meant ==
        Addresses{"teller@lantern-example.com.au"});
}

TEST_CASE("a pair of the policy holds always, and its verdict outranks the check's") {
  Desk desk;
  desk.pair("int", "example", PolicyVerdict::block).check("confusable-suffix", PolicyVerdict::warn);
  const auto judged = desk.to("bob@lantern.example");
  const Finding finding = finding_of(judged, Reason::confusable_suffix);
  CHECK(finding.verdict == Verdict::block);
  CHECK(finding.meant == Addresses{"bob@lantern.int"});
  CHECK(finding.rule == "policy.json:1");
  CHECK(finding.slip == SlipKind::suffix);
  CHECK(judged.override == Override::none);
  desk.check("confusable-suffix", PolicyVerdict::off);
  CHECK(finding_of(desk.to("bob@lantern.example"), Reason::confusable_suffix).verdict ==
        Verdict::block);
}

TEST_CASE("a pair of whole domains holds for the domain itself and for all below it") {
  Desk desk;
  desk.own("berth.mil").pair("berth.mil", "lantern.com", PolicyVerdict::block);
  CHECK(meant(desk, "bob@lantern.com") == Addresses{"bob@berth.mil"});
  CHECK(meant(desk, "bob@fleet.lantern.com") == Addresses{"bob@fleet.berth.mil"});
  for (const char* const typed : {"bob@lantern.com", "bob@fleet.lantern.com"}) {
    const Finding finding = finding_of(desk.to(typed), Reason::confusable_suffix);
    CHECK(finding.verdict == Verdict::block);
    CHECK(finding.rule == "policy.json:3");
  }
  CHECK(desk.to("bob@mylantern.com").findings.empty());
}

TEST_CASE("a pair of the policy without a verdict takes that of the check") {
  Desk desk;
  desk.pair("int", "it").check("confusable-suffix", PolicyVerdict::block);
  CHECK(desk.to("bob@lantern.it").verdict == Verdict::block);
  desk.check("confusable-suffix", PolicyVerdict::off);
  CHECK(desk.to("bob@lantern.it").findings.empty());
}

TEST_CASE("a pair of the policy set to off takes the built-in one out") {
  Desk desk;
  desk.allow("mil").pair("mil", "ml", PolicyVerdict::off);
  CHECK(desk.to("bob@berth.ml").findings.empty());
  // The check off leaves the slip of a well-known name to lookalike-domain.
  CHECK(codes_of(desk.to("bob@navy.ml")) == Codes{"lookalike-domain"});
}

TEST_CASE("an ending glued on means the name before it, with a pair of the policy too") {
  Desk desk;
  desk.allow("berth.mil").pair("mil", "ml", PolicyVerdict::block);
  const auto judged = desk.to("bob@fleet.berth.mil.ml");
  const Finding finding = finding_of(judged, Reason::confusable_suffix);
  CHECK(finding.verdict == Verdict::block);
  CHECK(finding.meant == Addresses{"bob@fleet.berth.mil"});
  CHECK(finding.slip == SlipKind::suffix);
  Desk doubled;
  CHECK(doubled.to("bob@gmail.com.com").findings.front().meant == Addresses{"bob@gmail.com"});
}

TEST_CASE("an ending glued on may make a name below a public suffix, where the name is listed") {
  Desk desk;
  desk.allow("lantern-example.com").allow("com").allow("=berth.gov");
  CHECK(desk.to("bob@lantern-example.com.cn").findings.front().meant ==
        Addresses{"bob@lantern-example.com"});
  CHECK(desk.to("bob@berth.gov.uk").findings.front().meant == Addresses{"bob@berth.gov"});
  CHECK(desk.to("bob@fleet.lantern-example.com.com.br").findings.front().meant ==
        Addresses{"bob@fleet.lantern-example.com"});
  CHECK(desk.to("bob@quarry-example.com.cn").findings.empty());
}

TEST_CASE("what is registered below a foreign ending is no name where it is of the listed ending") {
  Desk desk;
  desk.allow("nhs.uk").allow("co.uk").allow("uk");
  CHECK(desk.to("bob@leeds.nhs.uk.com").findings.front().meant == Addresses{"bob@leeds.nhs.uk"});
  CHECK(desk.to("bob@lantern.co.uk.com").findings.front().meant == Addresses{"bob@lantern.co.uk"});
  CHECK(desk.to("bob@lantern.uk.com").findings.empty());
}

TEST_CASE("of a letter too many and a lost dot in the ending the letter is likelier") {
  Desk desk;
  desk.allow("mil");
  CHECK(desk.to("bob@berth.amil").findings.front().meant == Addresses{"bob@berth.mil"});
  CHECK(desk.to("bob@fleet.berthmil").findings.front().meant == Addresses{"bob@fleet.berth.mil"});
}

TEST_CASE("every pair of the table that needs no name stops where the whole ending is allowed") {
  for (const ConfusableSuffix& row : confusable_suffixes()) {
    Desk desk;
    desk.allow(std::string(row.meant));
    INFO(row.meant << " typed as " << row.typed);
    const auto judged = desk.to("bob@lantern-example." + std::string(row.typed));
    CHECK(judged.findings.empty() == row.needs_name);
  }
}

TEST_CASE("a domain of one label is read, and its ending does not exist") {
  Desk desk;
  const auto judged = desk.to("admin@mailserver1");
  CHECK(judged.address == "admin@mailserver1");
  CHECK(codes_of(judged) == Codes{"no-such-suffix"});
  CHECK(judged.findings.front().meant.empty());
}

TEST_CASE("a domain that is an ending alone is no domain to write to, unless an entry names it") {
  for (const char* const typed : {"bob@com", "bob@mil", "bob@uk", "bob@ck"}) {
    INFO(typed);
    const auto judged = Desk().to(typed);
    CHECK(codes_of(judged) == Codes{"no-such-suffix"});
    CHECK(judged.findings.front().meant.empty());
  }
  Desk desk;
  desk.allow("mil");
  CHECK(desk.to("bob@mil").findings.empty());
}

TEST_CASE("an ending that does not exist offers the near name, in one card") {
  Desk desk;
  const auto judged = desk.to("bob@hotmail.con");
  CHECK(judged.findings.size() == 1);
  CHECK(judged.findings.front().meant == Addresses{"bob@hotmail.com"});
}

TEST_CASE("endings that exist only with rules below them exist") {
  Desk desk;
  for (const char* const typed : {"lantern.co.za", "lantern.com.np", "lantern.co.ck"}) {
    INFO(typed);
    CHECK(desk.to(std::string("bob@") + typed).findings.empty());
  }
}

TEST_CASE("colleagues at one's own made-up ending are not questioned") {
  Desk desk;
  desk.message.from = "me@lantern.corp-net";
  CHECK(desk.to("bob@lantern.corp-net").findings.empty());
  CHECK_FALSE(desk.to("bob@quarry.corp-net").findings.empty());
}
