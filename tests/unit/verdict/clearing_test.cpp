// SPDX-License-Identifier: MPL-2.0
// The table of what clears what, every cell: the codes that have a check by really judging.
#include <map>

#include "desk.hpp"
#include "verdict/learn.hpp"

using namespace recipient_guard;

namespace {

/// Copied by hand from docs/PROTOCOL; `N` is no clearing at all.
struct Row {
  std::string code;
  std::string cleared_by;
};
const std::vector<Row> contract = {{"unreadable-address", "A"},
                                   {"blocked-by-organisation", ""},
                                   {"asked-by-organisation", ""},
                                   {"not-on-allowlist", "ADTK"},
                                   {"confusable-suffix", "ADTKS"},
                                   {"homoglyph-domain", "ATKS"},
                                   {"lookalike-domain", "ADTKS"},
                                   {"lookalike-address", "ATKS"},
                                   {"known-elsewhere", "ATKS"},
                                   {"misleading-name", "ATKS"},
                                   {"unusual-address", "ATKS"},
                                   {"no-such-suffix", "ADTKS"},
                                   {"unknown-members", "S"},
                                   {"odd-one-out", "S"},
                                   {"new-in-reply", "ADT"},
                                   {"reply-diverted", "ATKS"},
                                   {"posting", "AS"},
                                   {"marking", ""},
                                   {"visible-crowd", ""}};

/// A desk at which `text` gets the finding, and nothing else speaks for it.
struct Scene {
  Reason reason;
  std::string text;     ///< the recipient; empty: a list named Staff
  std::string address;  ///< the entry that names it
  std::string domain;   ///< the entry that names its domain
  void (*prepare)(Desk&);
};

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all = {
      {Reason::unreadable_address, "\"bob smith\"@lantern-example.net",
       "\"bob smith\"@lantern-example.net", "lantern-example.net", [](Desk&) {}},
      {Reason::blocked_by_organisation, "bob@lantern-example.net", "bob@lantern-example.net",
       "lantern-example.net",
       [](Desk& desk) { desk.block("bob@lantern-example.net").block("lantern-example.net"); }},
      {Reason::asked_by_organisation, "bob@lantern-example.net", "bob@lantern-example.net",
       "lantern-example.net", [](Desk& desk) { desk.ask("lantern-example.net"); }},
      {Reason::not_on_allowlist, "bob@lantern-example.net", "bob@lantern-example.net",
       "lantern-example.net",
       [](Desk& desk) {
         desk.policy.strangers = PolicyVerdict::warn;
         desk.policy.known = KnownContacts::allow;
       }},
      {Reason::confusable_suffix, "bob@berth.ml", "bob@berth.ml", "berth.ml",
       [](Desk& desk) { desk.allow("mil"); }},
      {Reason::homoglyph_domain, "bob@" + with_cyrillic_a("harbour-example.com"),
       "bob@" + with_cyrillic_a("harbour-example.com"), with_cyrillic_a("harbour-example.com"),
       [](Desk& desk) { desk.allow("*.harbour-example.com"); }},
      {Reason::lookalike_domain, "bob@harbor-example.com", "bob@harbor-example.com",
       "harbor-example.com", [](Desk& desk) { desk.allow("=harbour-example.com"); }},
      {Reason::unusual_address, "jos\xc3\xa9@lantern-example.net",
       "jos\xc3\xa9@lantern-example.net", "lantern-example.net", [](Desk&) {}},
      {Reason::unusual_address, "bob..sample@lantern-example.net",
       "bob..sample@lantern-example.net", "lantern-example.net", [](Desk&) {}},
      {Reason::no_such_suffix, "bob@lantern.corp-net", "bob@lantern.corp-net", "lantern.corp-net",
       [](Desk&) {}},
      {Reason::unknown_members, "", "staff@lantern-example.net", "lantern-example.net",
       [](Desk&) {}},
  };
  return all;
}

RecipientJudgement judged(Desk& desk, const Scene& scene) {
  const Recipient list{Field::to, {}, {}, "Staff"};
  return desk.judge({scene.text.empty() ? list : recipient(Field::to, scene.text)})
      .recipients.front();
}

bool has(const RecipientJudgement& recipient, Reason reason) {
  for (const Finding& finding : recipient.findings) {
    if (finding.reason == reason) {
      return true;
    }
    for (const Reason merged : finding.merged) {
      if (merged == reason) {
        return true;
      }
    }
  }
  return false;
}

/// Lets `how` (A, D, T, K or S) speak for the recipient of the scene.
void let_speak(Desk& desk, const Scene& scene, char how) {
  const auto mailbox = read_address(scene.address);
  switch (how) {
    case 'A':
      desk.allow(scene.address);
      break;
    case 'D':
      desk.allow(scene.domain);
      break;
    case 'T':
      if (mailbox) {
        desk.people.trust(*mailbox, all_suffixes());
      }
      break;
    case 'K':
      if (mailbox) {
        desk.people.wrote_to(*mailbox, today - one_day, Sending::right, all_suffixes());
      }
      break;
    default:
      settle(desk.people, judged(desk, scene));
  }
}

constexpr const char* all_ways = "ADTKS";

}  // namespace

TEST_CASE("the table of reasons says of each of the nineteen codes what the contract says") {
  const std::map<char, std::uint8_t> bits = {{'A', by_address_entry},
                                             {'D', by_domain_entry},
                                             {'T', by_trust},
                                             {'K', by_known},
                                             {'S', by_settled}};
  REQUIRE(reason_table().size() == contract.size());
  for (std::size_t i = 0; i < contract.size(); ++i) {
    INFO(contract[i].code);
    CHECK(reason_table()[i].name == contract[i].code);
    for (const auto& [way, bit] : bits) {
      INFO(way);
      CHECK(((reason_table()[i].clears & bit) != 0) ==
            (contract[i].cleared_by.find(way) != std::string::npos));
    }
  }
}

TEST_CASE("every cell of the table holds where it is judged") {
  for (const Scene& scene : scenes()) {
    const std::string& clears = contract[static_cast<std::size_t>(scene.reason)].cleared_by;
    Desk bare;
    scene.prepare(bare);
    INFO(name_of(scene.reason));
    REQUIRE(has(judged(bare, scene), scene.reason));
    for (const char* way = all_ways; *way != '\0'; ++way) {
      Desk desk;
      scene.prepare(desk);
      let_speak(desk, scene, *way);
      INFO("cleared by " << *way);
      CHECK(has(judged(desk, scene), scene.reason) == (clears.find(*way) == std::string::npos));
    }
  }
}

TEST_CASE("trust, knowing and settling clear no block: that falls only to an entry") {
  for (const Scene& scene : scenes()) {
    const std::string& clears = contract[static_cast<std::size_t>(scene.reason)].cleared_by;
    for (const char* way = all_ways; *way != '\0'; ++way) {
      Desk desk;
      scene.prepare(desk);
      if (!traits_of(scene.reason).fixed) {
        desk.check(std::string(name_of(scene.reason)), PolicyVerdict::block);
      }
      let_speak(desk, scene, *way);
      INFO(name_of(scene.reason) << " as a block, cleared by " << *way);
      const bool falls = (*way == 'A' || *way == 'D') && clears.find(*way) != std::string::npos;
      CHECK(has(judged(desk, scene), scene.reason) == !falls);
    }
  }
}

TEST_CASE("a domain's question that is settled is settled for everybody there") {
  Desk desk;
  desk.allow("=harbour-example.com");
  settle(desk.people, desk.to("bob@harbor-example.com"));
  CHECK(desk.to("eve@harbor-example.com").findings.empty());
  CHECK(codes_of(desk.to("eve@harbour-exampel.com")) == Codes{"lookalike-domain"});
}

TEST_CASE("an address's question that is settled is settled for that address alone") {
  Desk desk;
  settle(desk.people, desk.to("jos\xc3\xa9@lantern-example.net"));
  CHECK(desk.to("jos\xc3\xa9@lantern-example.net").findings.empty());
  CHECK(codes_of(desk.to("ren\xc3\xa9@lantern-example.net")) == Codes{"unusual-address"});
}

TEST_CASE("settling one card settles those merged behind it, and no other question") {
  Desk desk;
  desk.allow("=harbour.mil");
  const auto first = desk.to("bob@harbour.ml");
  REQUIRE(codes_of(first) == Codes{"confusable-suffix"});
  REQUIRE(first.findings.front().merged == std::vector<Reason>{Reason::lookalike_domain});
  settle(desk.people, first);
  CHECK(desk.to("bob@harbour.ml").findings.empty());
  CHECK(desk.people.is_settled("lookalike-domain", "harbour.ml"));
  CHECK_FALSE(desk.people.is_settled("no-such-suffix", "harbour.ml"));
}

TEST_CASE("a known contact is no stranger only where the policy says so") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::warn;
  desk.wrote_to("zoe@lantern-example.net");
  CHECK(codes_of(desk.to("zoe@lantern-example.net")) == Codes{"not-on-allowlist"});
  desk.policy.known = KnownContacts::allow;
  CHECK(desk.to("zoe@lantern-example.net").findings.empty());
}

TEST_CASE(
    "trust in a domain counts only where the policy permits it, trust in an address less so") {
  Desk desk;
  desk.policy.strangers = PolicyVerdict::warn;
  desk.people.trust(*DomainName::from_ascii("lantern-example.net"), all_suffixes());
  desk.trust("zoe@quarry-example.net");
  CHECK_FALSE(desk.to("zoe@lantern-example.net").findings.empty());
  CHECK(desk.to("zoe@quarry-example.net").findings.empty());
  desk.policy.personal_trust = PersonalTrust::domains;
  CHECK(desk.to("zoe@lantern-example.net").findings.empty());
  desk.policy.personal_trust = PersonalTrust::none;
  CHECK_FALSE(desk.to("zoe@lantern-example.net").findings.empty());
  CHECK_FALSE(desk.to("zoe@quarry-example.net").findings.empty());
}

TEST_CASE("a known slip is asked about again while its twin is far better known") {
  Desk desk;
  desk.wrote_to("bob@harbour-example.com", 30).wrote_to("bob@harbor-example.com", 1);
  CHECK(codes_of(desk.to("bob@harbor-example.com")) == Codes{"lookalike-domain"});
  settle(desk.people, desk.to("bob@harbor-example.com"));
  CHECK(desk.to("bob@harbor-example.com").findings.empty());
}

TEST_CASE("two names written to about as often are never each other's slip") {
  Desk desk;
  desk.wrote_to("bob@harbour-example.com", 5).wrote_to("bob@harbor-example.com", 4);
  CHECK(desk.to("bob@harbor-example.com").findings.empty());
  CHECK(desk.to("bob@harbour-example.com").findings.empty());
  CHECK(desk.to("eve@harbor-example.com").findings.empty());
}

TEST_CASE("a stored slip of a built-in name is asked about though people at both names are known") {
  Desk desk;
  desk.allow("mil").wrote_to("ben@navy.mil").wrote_to("mel@navy.ml");
  CHECK(desk.to("mel@navy.ml").verdict == Verdict::warn);
  CHECK(desk.to("ben@navy.mil").verdict == Verdict::allow);
}

TEST_CASE("own, protected and built-in names count as far better known until mail was answered") {
  for (const char* const kind : {"own", "protect", "built in", "allow"}) {
    Desk desk;
    std::string typed = "bob@harbor-example.com";
    if (kind == std::string("own")) {
      desk.own("harbour-example.com");
    } else if (kind == std::string("protect")) {
      desk.protect("harbour-example.com");
    } else if (kind == std::string("allow")) {
      desk.allow("harbour-example.com");
    } else {
      typed = "bob@hotmial.com";
    }
    desk.wrote_to(typed, 40);
    INFO(kind);
    const bool asked = kind != std::string("allow");
    CHECK((codes_of(desk.to(typed)) == Codes{"lookalike-domain"}) == asked);
    desk.answered(typed);
    CHECK(desk.to(typed).findings.empty());
  }
}

TEST_CASE("who was merely written to does not excuse others there from a name that is far better") {
  for (const char* const kind : {"own", "protect", "built in"}) {
    Desk desk;
    // One substitution in a short name: the evidence hardly suffices.
    std::string typed = "navu.mil";
    if (kind == std::string("own")) {
      desk.own("navy.mil");
    } else if (kind == std::string("protect")) {
      desk.protect("navy.mil");
    } else {
      typed = "gmial.com";
    }
    desk.wrote_to("ann@" + typed, 1, Sending::overridden);
    INFO(kind);
    CHECK(codes_of(desk.to("bea@" + typed)) == Codes{"lookalike-domain"});
    desk.answered("ann@" + typed);
    CHECK(desk.to("bea@" + typed).findings.empty());
  }
}

TEST_CASE("of a name merely known another one known there is evidence enough") {
  Desk desk;
  desk.policy.builtin_protect = false;
  desk.wrote_to("eve@navy.mil", 3);
  CHECK(codes_of(desk.to("bea@navu.mil")) == Codes{"lookalike-domain"});
  desk.wrote_to("ann@navu.mil");
  CHECK(desk.to("bea@navu.mil").findings.empty());
}

TEST_CASE("an answer to somebody at that very domain clears lookalike-domain for all of it") {
  Desk desk;
  desk.own("harbour-example.com").answered("eve@harbor-example.com");
  CHECK(desk.to("bob@harbor-example.com").findings.empty());
  CHECK_FALSE(desk.to("bob@mail.harbor-example.com").findings.empty());
}

TEST_CASE("a bare public suffix allows, but not a slip of a name that the user knows") {
  Desk desk;
  desk.allow("mil");
  CHECK(desk.to("bob@lantren.mil").findings.empty());
  desk.wrote_to("eve@lantern.mil", 3);
  CHECK(finding_of(desk.to("bob@lantren.mil"), Reason::lookalike_domain).meant ==
        Addresses{"bob@lantern.mil"});
  desk.allow("lantren.mil");
  CHECK(desk.to("bob@lantren.mil").findings.empty());
}

TEST_CASE("a public suffix as one's own makes its names ours, but no two of them right") {
  for (const char* const kind : {"own", "allow", "protect"}) {
    Desk desk;
    const std::string ending = "mil";
    kind == std::string("own")     ? desk.own(ending)
    : kind == std::string("allow") ? desk.allow(ending)
                                   : desk.protect(ending);
    INFO(kind);
    desk.wrote_to("eve@lantern.mil", 3);
    CHECK(meant(desk, "bob@lantren.mil") == Addresses{"bob@lantern.mil"});
    desk.wrote_to("ann@lantren.mil", 3);
    CHECK(desk.to("ann@lantren.mil").findings.empty());
    CHECK(desk.to("eve@lantern.mil").findings.empty());
    desk.wrote_to("eve@lantern.mil", 40);
    CHECK(meant(desk, "ann@lantren.mil") == Addresses{"ann@lantern.mil"});
  }
}

TEST_CASE("what is known of an address excuses no block of known-elsewhere") {
  for (const char way : {'T', 'K'}) {
    Desk desk;
    const std::string typed = "bob.sample@harbur-example.com";
    desk.check("known-elsewhere", PolicyVerdict::block)
        .check("lookalike-domain", PolicyVerdict::off)
        .wrote_to("bob.sample@harbour-example.com", 2);
    way == 'T' ? desk.trust(typed) : desk.wrote_to(typed, 2);
    INFO("cleared by " << way);
    CHECK(codes_of(desk.to(typed)) == Codes{"known-elsewhere"});
    desk.check("known-elsewhere", PolicyVerdict::warn);
    CHECK(desk.to(typed).findings.empty());
  }
}

TEST_CASE("a blocked name is no excuse, though the organisation's own stands above it") {
  for (const bool is_own : {true, false}) {
    Desk desk;
    is_own ? desk.own("harbour-example.com") : desk.protect("harbour-example.com");
    desk.block("staf.harbour-example.com").wrote_to("bob@staff.harbour-example.com", 3);
    const auto judged = desk.to("eve@staf.harbour-example.com");
    CHECK(codes_of(judged) == Codes{"blocked-by-organisation", "lookalike-domain"});
    CHECK(judged.findings.back().meant == Addresses{"eve@staff.harbour-example.com"});
  }
}

TEST_CASE("an entry that names what cannot be read, whole, asks about it as of any other") {
  Desk desk;
  desk.allow("\"bob smith\"@navy.mil").ask("\"Bob Smith\"@navy.mil");
  const auto judged = desk.to("\"bob smith\"@navy.mil");
  CHECK(codes_of(judged) == Codes{"asked-by-organisation"});
  CHECK(judged.override == Override::click);
}

TEST_CASE("the entry that excuses what cannot be read is that very text, whole") {
  Desk desk;
  desk.allow("root@[192.0.2.10]").allow("\"bob smith\"@navy.mil");
  CHECK(desk.to("root@[192.0.2.10]").verdict == Verdict::allow);
  CHECK(desk.to("\"bob smith\"@navy.mil").verdict == Verdict::allow);
  CHECK(desk.to("root@[192.0.2.11]").verdict == Verdict::block);
  CHECK(desk.to("\"eve smith\"@navy.mil").verdict == Verdict::block);
  CHECK(desk.to("\"bob smith\"@navy.ml").verdict == Verdict::block);
}
