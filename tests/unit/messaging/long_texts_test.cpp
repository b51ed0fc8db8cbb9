// SPDX-License-Identifier: MPL-2.0
// Texts from outside that are longer than what they are written into.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "messaging/audit_writer.hpp"
#include "messaging/protocol.hpp"

using namespace recipient_guard;
using nlohmann::json;

namespace {

/// 4,001 octets: no even bound lies between two characters.
std::string odd_text() {
  std::string text = "a";
  while (text.size() < 4000) {
    text += "\xc3\xa9";
  }
  return text;
}

}  // namespace

TEST_CASE("an error that quotes a long text ends with a whole character") {
  const Error error{ErrorCode::bad_request, odd_text()};
  const json answer = json::parse(error_answer(7, error));
  const std::string text = answer["error"]["text"];
  CHECK(text == odd_text().substr(0, 1999));
  CHECK(json::parse(error_object(error))["text"] == text);
}

TEST_CASE("a reason too long for the record is kept as far as it goes, in whole characters") {
  const Policy policy;
  Action action;
  action.name = "bob@navy.ml";
  action.typed_reason = odd_text();
  const std::string members = AuditWriter(policy, "").decided("key", "", true, {action}, {});
  const json line = json::parse("{" + members + "}");
  const std::string reason = line["recipient_guard"]["actions"][0]["reason"];
  CHECK(reason == odd_text().substr(0, 2047) + "..");
}
