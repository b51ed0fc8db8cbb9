// SPDX-License-Identifier: MPL-2.0
// Which markings hold where several have words in one text, and with what verdict.
#include "desk.hpp"

using namespace recipient_guard;

namespace {

class MarkedDesk : public Desk {
 public:
  MarkedDesk& marking(const std::string& name, const std::string& word, const std::string& only,
                      PolicyVerdict otherwise) {
    Marking made;
    made.name = name;
    made.in_subject = true;
    made.words = {word};
    made.only.add(std::get<Entry>(read_entry(only)), {0, 1});
    made.otherwise = otherwise;
    policy.markings.push_back(made);
    return *this;
  }
  std::vector<std::string> found_in(const std::string& subject) {
    message.subject = subject;
    std::vector<std::string> names;
    for (const Finding& finding :
         judge({recipient(Field::to, "bob@harbour-example.org")}).findings) {
      names.push_back(finding.marking);
    }
    return names;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("markings of the same word all hold, each for its own recipients") {
  MarkedDesk desk;
  desk.marking("A", "SECRET", "mil", PolicyVerdict::warn)
      .marking("B", "Secret", "nsa.mil", PolicyVerdict::block);
  CHECK(desk.found_in("SECRET") == Names{"B", "A"});
  const auto judged = desk.judge({recipient(Field::to, "kim@navy.mil")});
  REQUIRE(judged.findings.size() == 1);
  CHECK(judged.findings.front().marking == "B");
  CHECK(judged.verdict == Verdict::block);
}

TEST_CASE("a word within a longer one is none, one that only overlaps it is") {
  MarkedDesk desk;
  desk.marking("SECRET", "SECRET", "mil", PolicyVerdict::warn)
      .marking("TOP SECRET", "TOP SECRET", "mil", PolicyVerdict::warn)
      .marking("SECRET NATO", "SECRET NATO", "mil", PolicyVerdict::warn);
  CHECK(desk.found_in("Top-Secret plan") == Names{"TOP SECRET"});
  CHECK(desk.found_in("Top-Secret plan, secret roster") == Names{"SECRET", "TOP SECRET"});
  CHECK(desk.found_in("TOP SECRET NATO") == Names{"TOP SECRET", "SECRET NATO"});
}

TEST_CASE("case is folded in full, as words are written in capitals") {
  MarkedDesk desk;
  desk.marking("A", "AUSSCHLIESSLICH", "mil", PolicyVerdict::warn)
      .marking("B", "Ma\u00dfe", "mil", PolicyVerdict::warn);
  CHECK(desk.found_in("ausschlie\u00dflich intern") == Names{"A"});
  CHECK(desk.found_in("MASSE") == Names{"B"});
  CHECK(desk.found_in("MA\u1e9eE, Ausschliesslich") == Names{"A", "B"});
}

TEST_CASE("what checks say of markings holds for all of them, whatever each says") {
  using V = PolicyVerdict;
  Desk desk;
  desk.policy.markings.push_back({"S", true, true, {"secret"}, {}, V::block, {0, 7}});
  desk.policy.markings.push_back({"T", true, true, {"restricted"}, {}, {}, {0, 8}});
  desk.message.subject = "Secret and restricted";
  const auto verdicts = [&] {
    std::string told;
    for (const Finding& finding : desk.judge({recipient(Field::to, "bob@navy.mil")}).findings) {
      told +=
          finding.marking + " " + std::string(name_of(finding.verdict)) + " " + finding.rule + ", ";
    }
    return told;
  };
  CHECK(verdicts() == "S block policy.json:7, T warn policy.json:8, ");
  desk.check("marking", V::block);
  CHECK(verdicts() == "S block policy.json:7, T block policy.json:8, ");
  desk.check("marking", V::warn);
  CHECK(verdicts() == "S warn policy.json:7, T warn policy.json:8, ");
  desk.check("marking", V::off);
  CHECK(verdicts().empty());
}
