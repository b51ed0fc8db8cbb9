// SPDX-License-Identifier: MPL-2.0
#include "verdict/describe.hpp"

#include <set>

#include "desk.hpp"

using namespace recipient_guard;

namespace {

std::string first_sentence(Desk& desk, const std::string& typed) {
  const auto judged = desk.to(typed);
  REQUIRE_FALSE(judged.findings.empty());
  return describe(judged.findings.front(), judged);
}

}  // namespace

TEST_CASE("a finding is said in plain words, with what was meant and where the mail would go") {
  Desk desk;
  desk.allow("mil").allow("=harbour-example.com").block("bakery-example.org");
  CHECK(first_sentence(desk, "bob@navy.ml") ==
        "navy.ml ends in .ml (Mali); bob@navy.mil was probably meant");
  CHECK(first_sentence(desk, "bob@bakery-example.org") ==
        "Mail to bakery-example.org is blocked by your organisation");
  CHECK(first_sentence(desk, "bob@harbuor-example.com") ==
        "harbuor-example.com has two letters swapped, compared with harbour-example.com; "
        "bob@harbour-example.com was probably meant");
  CHECK(first_sentence(desk, "bob") ==
        "This cannot be read as one plain address: it has no at sign");
  CHECK(first_sentence(desk, "bob@lantern.corp-net") ==
        "The ending of lantern.corp-net does not exist");
}

TEST_CASE("a tie names its choices") {
  Desk desk;
  desk.allow("=lanternaexample.net").allow("=lanternbexample.net");
  CHECK(first_sentence(desk, "bob@lanternexample.net")
            .find("one of these may have been meant: bob@lantern") != std::string::npos);
}

TEST_CASE("every reason has a sentence of its own, without a full stop or a line end") {
  RecipientJudgement recipient;
  recipient.address = recipient.shown = "bob@lantern-example.net";
  std::set<std::string> sentences;
  for (const ReasonTraits& row : reason_table()) {
    Finding finding;
    finding.reason = row.reason;
    finding.marking = "SECRET";
    finding.near = "lantern-example.com";
    finding.slip =
        row.reason == Reason::homoglyph_domain ? SlipKind::homoglyph : SlipKind::substitution;
    const std::string sentence = describe(finding, recipient);
    INFO(row.name << ": " << sentence);
    CHECK(sentence.size() > 20);
    CHECK(sentence.back() != '.');
    CHECK(sentence.find('\n') == std::string::npos);
    CHECK(sentences.insert(sentence).second);
  }
}
