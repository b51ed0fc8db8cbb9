// SPDX-License-Identifier: MPL-2.0
#include "commands/wording.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace recipient_guard;

TEST_CASE("every reason has a sentence of its own, which begins like one and has no end yet") {
  std::set<std::string> sentences;
  for (const auto& traits : reason_table()) {
    Finding finding;
    finding.reason = traits.reason;
    finding.near = "navy.mil";
    const std::string sentence = sentence_on(finding);
    CHECK(sentence.size() > 15);
    CHECK(sentence.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 0);
    CHECK(sentence.back() != '.');
    CHECK(sentences.insert(sentence).second);
  }
}

TEST_CASE("each address that was meant is offered once") {
  Judgement judgement;
  RecipientJudgement one;
  one.address = "bob@navy.ml";
  one.verdict = Verdict::warn;
  Finding finding;
  finding.reason = Reason::confusable_suffix;
  finding.meant = {"bob@navy.mil", "bob@navy.com"};
  one.findings = {finding, finding};
  one.findings[1].reason = Reason::lookalike_domain;
  one.findings[1].meant = {"bob@navy.com", "bob@gravy.mil"};
  judgement.recipients = {one};
  CHECK(in_words(judgement, Colour::off)
            .find("Did you mean bob@navy.mil, bob@navy.com or bob@gravy.mil?\n") !=
        std::string::npos);
}

TEST_CASE("where the eye could be deceived the form on the wire stands beside what is shown") {
  Judgement judgement;
  RecipientJudgement one;
  one.shown_otherwise = "bob@n\xd0\xb0vy.mil";
  one.address = "bob@xn--nvy-5cd.mil";
  judgement.recipients = {one};
  CHECK(in_words(judgement, Colour::off) == "allow  bob@n\xd0\xb0vy.mil (bob@xn--nvy-5cd.mil)\n");
}

TEST_CASE("nothing that came from outside can steer a terminal") {
  Judgement judgement;
  RecipientJudgement one;
  one.shown_otherwise = "a\x1b[31m\xe2\x80\xae@navy.mil";
  one.verdict = Verdict::block;
  Finding finding;
  finding.reason = Reason::marking;
  finding.marking = "\x1b]0;x\x07";
  finding.rule = "a\nb:1";
  finding.meant = {"x\r@y"};
  one.findings = {finding};
  judgement.recipients = {one};
  const std::string text = in_words(judgement, Colour::off);
  CHECK(text.find_first_of("\x1b\x07\r") == std::string::npos);
  CHECK(text.find("a\nb") == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
}

TEST_CASE("in watch mode it says what would have been") {
  Judgement judgement;
  judgement.watch = true;
  RecipientJudgement one;
  one.address = "bob@navy.ml";
  one.verdict = Verdict::warn;
  judgement.recipients = {one};
  CHECK(in_words(judgement, Colour::off) == "would warn   bob@navy.ml\n");
}

TEST_CASE("colour is around the verdict alone") {
  Judgement judgement;
  RecipientJudgement one;
  one.address = "bob@navy.mil";
  judgement.recipients = {one};
  CHECK(in_words(judgement, Colour::on) == "\x1b[32mallow\x1b[0m  bob@navy.mil\n");
}

TEST_CASE(
    "the organisation's help is told in the person's language, else in English, else in any") {
  Judgement judgement;
  CHECK(help_in_words(judgement, "de_AT.UTF-8").empty());
  judgement.help = {{"de", "Ruf an."}, {"fr", ""}, {"pt-BR", "Ligue."}};
  CHECK(help_in_words(judgement, "de_AT.UTF-8") == "Help:  Ruf an.\n");
  CHECK(help_in_words(judgement, "pt_BR.UTF-8@x") == "Help:  Ligue.\n");
  CHECK(help_in_words(judgement, "fr_FR.UTF-8") == "Help:  Ruf an.\n");
  judgement.help["en"] = "Call.\nOr walk.\x1b[31m";
  for (const char* const locale : {"C", "", "fr_FR.UTF-8", "en_GB.UTF-8"}) {
    const std::string text = help_in_words(judgement, locale);
    CHECK(text.starts_with("Help:  Call.\n       Or walk."));
    CHECK(text.find('\x1b') == std::string::npos);
  }
}
