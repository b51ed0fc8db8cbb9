// SPDX-License-Identifier: MPL-2.0
#include "messaging/message_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "document/json.hpp"

using namespace recipient_guard;

namespace {

Message read(std::string_view text, Complaints& complaints) {
  auto json = read_json(text);
  REQUIRE(std::holds_alternative<JsonValue>(json));
  return read_message(std::get<JsonValue>(std::move(json)), {.name = "message"}, complaints);
}

std::string complaint_about(std::string_view text) {
  Complaints complaints;
  read(text, complaints);
  return complaints.first() ? complaints.first()->text : "";
}

std::string fingerprint_of(std::string_view text) {
  Complaints complaints;
  return fingerprint(read(text, complaints));
}

}  // namespace

TEST_CASE("a message is read with all its parts") {
  Complaints complaints;
  const Message message = read(
      R"({"from":"a@b.mil","kind":"reply","purpose":"writing","recipients":[
          {"field":"cc","text":"x@y.mil","parsed":"x@y.mil","list":"L"},{"list":"Staff"}],
          "thread":["t@y.mil"],"answered":{"from":"f@y.mil","reply_to":["r@y.mil"]},
          "subject":"s","attachments":["one","two"],"time":1690329600})",
      complaints);
  REQUIRE_FALSE(complaints.first());
  CHECK(message.from == "a@b.mil");
  CHECK(message.kind == MessageKind::reply);
  CHECK(message.purpose == Purpose::writing);
  REQUIRE(message.recipients.size() == 2);
  CHECK(message.recipients[0].field == Field::cc);
  CHECK(message.recipients[0].text == "x@y.mil");
  CHECK(message.recipients[0].parsed == "x@y.mil");
  CHECK(message.recipients[0].list == "L");
  CHECK(message.recipients[1].field == Field::to);
  CHECK_FALSE(message.recipients[1].text);
  CHECK(message.thread == std::vector<std::string>{"t@y.mil"});
  REQUIRE(message.answered);
  CHECK(message.answered->from == "f@y.mil");
  CHECK(message.answered->reply_to == std::vector<std::string>{"r@y.mil"});
  CHECK(message.subject == "s");
  CHECK(message.attachments == std::vector<std::string>{"one", "two"});
  CHECK(message.time == 1690329600);
}

TEST_CASE("only recipients are needed") {
  Complaints complaints;
  const Message message = read(R"({"recipients":[]})", complaints);
  CHECK_FALSE(complaints.first());
  CHECK(message.kind == MessageKind::new_message);
  CHECK(message.purpose == Purpose::send);
  CHECK(message.time == 0);
}

TEST_CASE("a complaint names the way to what is wrong") {
  CHECK(complaint_about(R"({"recipients":[{"text":"a"},{"text":7}]})") ==
        "message.recipients[1].text: a text is needed here, not a whole number");
  CHECK(complaint_about(R"({"recipients":[{"field":"too","text":"a"}]})")
            .find("message.recipients[0].field: \"too\" is none of to, cc") == 0);
  CHECK(complaint_about(R"({"recipients":[],"answered":{"reply_to":[1]}})")
            .find("message.answered.reply_to[0]: a text is needed here") == 0);
  CHECK(complaint_about(R"({})") == "message.recipients: is missing; a list is needed here");
}

TEST_CASE("the first complaint is the one that is told") {
  CHECK(complaint_about(R"({"kind":"x","recipients":7,"subject":[]})").find("message.kind") == 0);
}

TEST_CASE("no two different messages have the same fingerprint") {
  const std::vector<std::string_view> different{
      R"({"recipients":[]})",
      R"({"recipients":[{"text":""}]})",
      R"({"recipients":[{"list":""}]})",
      R"({"recipients":[{"text":"","list":""}]})",
      R"({"recipients":[{"text":"","parsed":""}]})",
      R"({"recipients":[{"text":"ab"},{"text":"c"}]})",
      R"({"recipients":[{"text":"a"},{"text":"bc"}]})",
      R"({"recipients":[{"text":"abc"}]})",
      R"({"recipients":[{"field":"cc","text":"abc"}]})",
      R"({"recipients":[],"thread":[""]})",
      R"({"recipients":[],"thread":["",""]})",
      R"({"recipients":[],"attachments":[""]})",
      R"({"recipients":[],"answered":{}})",
      R"({"recipients":[],"answered":{"reply_to":["a"]}})",
      R"({"recipients":[],"answered":{"from":"a"}})",
      R"({"recipients":[],"from":"a"})",
      R"({"recipients":[],"subject":"a"})",
      R"({"recipients":[],"time":1})",
      R"({"recipients":[],"kind":"draft"})",
      R"({"recipients":[],"purpose":"writing"})",
  };
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(fingerprint_of(different[i]) != fingerprint_of(different[j]));
    }
  }
}

TEST_CASE("how a message is written down does not change its fingerprint") {
  CHECK(fingerprint_of(R"({"recipients":[{"text":"a","field":"to"}],"kind":"new"})") ==
        fingerprint_of(R"({ "kind" : "new", "recipients":[{"field":"to","text":"\u0061"}]})"));
}
