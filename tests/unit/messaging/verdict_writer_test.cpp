// SPDX-License-Identifier: MPL-2.0
#include "messaging/verdict_writer.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "messaging/frames.hpp"

using namespace recipient_guard;
using nlohmann::json;

namespace {

RecipientJudgement questioned(std::size_t index) {
  RecipientJudgement one;
  one.index = index;
  one.address = "bob@navy.ml";
  one.verdict = Verdict::warn;
  Finding finding;
  finding.reason = Reason::confusable_suffix;
  finding.meant = {"bob@navy.mil"};
  finding.near = "navy.mil";
  finding.slip = SlipKind::deletion;
  finding.rule = "defence.json:11";
  one.findings = {finding};
  one.override = Override::click;
  one.trust = TrustOffer::address;
  return one;
}

RecipientJudgement fine(std::size_t index) {
  RecipientJudgement one;
  one.index = index;
  one.address = "a@navy.mil";
  return one;
}

Judgement judgement_of(std::vector<RecipientJudgement> recipients) {
  Judgement judgement;
  judgement.recipients = std::move(recipients);
  judgement.verdict = Verdict::warn;
  return judgement;
}

constexpr VerdictForm all{VerdictForm::Listing::all, false, std::nullopt};
constexpr VerdictForm native{VerdictForm::Listing::questioned, false, std::nullopt};

}  // namespace

TEST_CASE("a verdict is told in the words of the protocol") {
  CHECK(verdict_json(judgement_of({questioned(0)}), all) ==
        R"({"verdict":"warn","recipients":[{"index":0,"field":"to","address":"bob@navy.ml",)"
        R"("shown":"bob@navy.ml","verdict":"warn","findings":[{"code":"confusable-suffix",)"
        R"("verdict":"warn","meant":["bob@navy.mil"],"near":"navy.mil","slip":"deletion",)"
        R"("rule":"defence.json:11"}],"override":"click","trust":"address"}],"findings":[]})");
}

TEST_CASE("over native messages who is fine is left out, elsewhere nobody") {
  const Judgement judgement = judgement_of({fine(0), questioned(1), fine(2)});
  CHECK(json::parse(verdict_json(judgement, all))["recipients"].size() == 3);
  const json told = json::parse(verdict_json(judgement, native));
  REQUIRE(told["recipients"].size() == 1);
  CHECK(told["recipients"][0]["index"] == 1);
  CHECK_FALSE(told.contains("more"));
}

TEST_CASE("beyond a thousand questioned ones `more` counts the rest") {
  std::vector<RecipientJudgement> many;
  for (std::size_t i = 0; i < 1001; ++i) {
    many.push_back(questioned(i));
  }
  const json told = json::parse(verdict_json(judgement_of(many), native));
  CHECK(told["recipients"].size() == 1000);
  CHECK(told["more"] == 1);
}

TEST_CASE("a verdict fits a frame however long the texts are") {
  std::vector<RecipientJudgement> many;
  for (std::size_t i = 0; i < 1000; ++i) {
    many.push_back(questioned(i));
    many.back().address.clear();
    many.back().shown_otherwise = std::to_string(i) + std::string(100'000, '\x7f');
  }
  const std::string text = verdict_json(judgement_of(many), native);
  CHECK(text.size() < max_answer_octets - 1024);
  const json told = json::parse(text);
  CHECK(told["recipients"].size() + told["more"].get<std::size_t>() == 1000);
}

TEST_CASE("a long text is cut between characters, and answers name it by what is shown") {
  RecipientJudgement one = questioned(0);
  one.shown_otherwise = std::string(max_shown_octets - 1, 'a') + "\xe2\x82\xac";
  one.address.clear();
  CHECK(shown_in_verdict(one) == std::string(max_shown_octets - 1, 'a') + "..");
  CHECK(name_in_answers(one) == shown_in_verdict(one));
}

TEST_CASE("in watch mode every verdict is allow and would stands beside it") {
  Judgement judgement = judgement_of({questioned(0), fine(1)});
  judgement.watch = true;
  const json told = json::parse(verdict_json(judgement, all));
  CHECK(told["verdict"] == "allow");
  CHECK(told["would"] == "warn");
  CHECK(told["recipients"][0]["verdict"] == "allow");
  CHECK(told["recipients"][0]["would"] == "warn");
  CHECK(told["recipients"][0]["findings"][0]["verdict"] == "allow");
  CHECK(told["recipients"][0]["findings"][0]["would"] == "warn");
  CHECK(told["recipients"][1]["would"] == "allow");
}

TEST_CASE("a finding of the message names its recipients and its override") {
  Judgement judgement = judgement_of({});
  Finding finding;
  finding.reason = Reason::marking;
  finding.verdict = Verdict::block;
  finding.marking = "SECRET";
  finding.recipients = {3, 7};
  judgement.findings = {finding};
  judgement.findings[0].override = Override::reason;
  const json told = json::parse(verdict_json(judgement, native))["findings"][0];
  CHECK(told == json::parse(R"({"code":"marking","verdict":"block","marking":"SECRET",
                                "recipients":[3,7],"override":"reason"})"));
}

TEST_CASE("evidence stands with the recipient it is about") {
  Judgement judgement = judgement_of({fine(0), questioned(1)});
  Evidence piece;
  piece.recipient = 1;
  piece.reason = Reason::lookalike_domain;
  piece.score = 2.5;
  piece.threshold = 3;
  piece.near = "navy.mil";
  judgement.evidence = {piece};
  const json told =
      json::parse(verdict_json(judgement, {VerdictForm::Listing::all, true, std::nullopt}));
  CHECK(told["recipients"][0]["evidence"].empty());
  const json evidence = told["recipients"][1]["evidence"][0];
  CHECK(evidence["code"] == "lookalike-domain");
  CHECK(evidence["score"] == 2.5);
  CHECK(evidence["threshold"] == 3.0);
  CHECK(evidence["near"] == "navy.mil");
}

TEST_CASE("a decision says whether it stands in the record") {
  const json told =
      json::parse(verdict_json(judgement_of({}), {VerdictForm::Listing::questioned, false, false}));
  CHECK(told["recorded"] == false);
}
