// SPDX-License-Identifier: MPL-2.0
// The handlers without pipes; tests/protocol tries the same through the built host.
#include "messaging/guard.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "../temporary_folder.hpp"
#include "verdict/reason.hpp"

using namespace recipient_guard;
using nlohmann::json;

namespace {

constexpr std::int64_t noon = 1'690'286'400;  // of 25 July 2023, UTC

struct Desk {
  TemporaryFolder folder;
  std::shared_ptr<const PublicSuffixes> suffixes = std::make_shared<PublicSuffixes>();
  WellKnownNames well_known{*suffixes};
  std::unique_ptr<PolicySource> policy;
  std::int64_t now = noon;
  bool replaced = false;
  std::unique_ptr<Guard> guard;

  explicit Desk(const std::string& document) {
    PolicySource::Options options;
    options.places = {folder.write("policy.json", document)};
    options.lax_rights = LaxRights::remark;
    options.vocabulary = check_vocabulary();
    options.suffixes = suffixes;
    policy = std::make_unique<PolicySource>(options);
    guard = std::make_unique<Guard>(Guard::Surroundings{
        *policy, well_known, *suffixes, [this] { return now; }, [this] { return replaced; }});
  }

  json ask(const json& request) { return json::parse(guard->answer(request.dump())); }
  json check(const std::string& key, const std::string& address) {
    return ask({{"v", 1},
                {"id", 1},
                {"op", "check"},
                {"key", key},
                {"message", {{"recipients", {{{"text", address}}}}}}});
  }
};

/// An answer to `key`, and the message as it stands now.
json decision(const std::string& key, json message, json actions) {
  return {{"v", 1},
          {"id", 2},
          {"op", "decision"},
          {"key", key},
          {"message", message},
          {"actions", std::move(actions)},
          {"outcome", "send"}};
}

json message_to(const std::vector<std::string>& addresses, const std::string& from = "") {
  json message = {{"recipients", json::array()}};
  for (const auto& address : addresses) {
    message["recipients"].push_back({{"text", address}});
  }
  if (!from.empty()) {
    message["from"] = from;
  }
  return message;
}

json check_of(const std::string& key, json message, const std::string& renews = "") {
  json request = {
      {"v", 1}, {"id", 1}, {"op", "check"}, {"key", key}, {"message", std::move(message)}};
  if (!renews.empty()) {
    request["renews"] = renews;
  }
  return request;
}

const std::string allow_mil = R"({"format":1,"organisation":"Navy","revision":3,"allow":["mil"]})";

}  // namespace

TEST_CASE("an answer carries version and id of its request") {
  Desk desk(allow_mil);
  const json hello = desk.ask({{"v", 1}, {"id", 77}, {"op", "hello"}});
  CHECK(hello["v"] == 1);
  CHECK(hello["id"] == 77);
  CHECK(hello["ok"]["policy"]["organisation"] == "Navy");
  CHECK(hello["ok"]["policy"]["revision"] == 3);
  CHECK(hello["ok"]["policy"]["mode"] == "enforce");
  CHECK(hello["ok"]["policy"]["error"].is_null());
}

TEST_CASE("hello tells of a program that was replaced") {
  Desk desk(allow_mil);
  CHECK(desk.ask({{"v", 1}, {"id", 1}, {"op", "hello"}})["ok"]["replaced"] == false);
  desk.replaced = true;
  CHECK(desk.ask({{"v", 1}, {"id", 1}, {"op", "hello"}})["ok"]["replaced"] == true);
}

TEST_CASE("the id of a request with a doubled key is told where it stands once") {
  Desk desk(allow_mil);
  CHECK(json::parse(desk.guard->answer(R"({"v":1,"id":4,"op":"a","op":"b"})"))["id"] == 4);
  CHECK(json::parse(desk.guard->answer(R"({"v":1,"id":4,"id":5,"op":"b"})"))["id"].is_null());
}

TEST_CASE("status counts what was done") {
  Desk desk(allow_mil);
  desk.check("a", "bob@navy.ml");
  desk.check("b", "bob@navy.mil");
  desk.check("a", "bob@navy.mil");  // key-reused
  desk.now += 60;
  const json status = desk.ask({{"v", 1}, {"id", 1}, {"op", "status"}})["ok"];
  CHECK(status["uptime"] == 60);
  CHECK(status["remembered"] == 2);
  CHECK(status["counts"]["checks"] == 2);
  CHECK(status["counts"]["warned"] == 1);
  CHECK(status["counts"]["allowed"] == 1);
  CHECK(status["counts"]["refused"] == 1);
  CHECK(status["counts"]["requests"] == 4);
}

TEST_CASE("an address that left overridden is known from the next day on") {
  Desk desk(allow_mil);
  const json sent = desk.ask({{"v", 1},
                              {"id", 1},
                              {"op", "sent"},
                              {"key", "unknown"},
                              {"message", {{"recipients", {{{"text", "bob@stranger.mli"}}}}}}});
  CHECK(sent["ok"]["matched"].is_null());
  CHECK(desk.check("a", "bob@stranger.mli")["ok"]["verdict"] == "warn");
  desk.now += 86'400;
  CHECK(desk.check("b", "bob@stranger.mli")["ok"]["verdict"] == "allow");
}

TEST_CASE("without a policy there is no verdict, and the reason is told") {
  Desk desk("{");
  const json refused = desk.check("a", "bob@navy.mil");
  CHECK(refused["error"]["code"] == "policy-unavailable");
  CHECK(refused["error"]["text"].get<std::string>().find("policy.json:1:") != std::string::npos);
  const json hello = desk.ask({{"v", 1}, {"id", 1}, {"op", "hello"}})["ok"];
  CHECK(hello["health"]["state"] == "failed");
  CHECK(hello["policy"]["mode"].is_null());
}

TEST_CASE("a check without a policy is not remembered: with one its key gets a verdict") {
  Desk desk("{");
  desk.check("a", "bob@navy.mil");
  desk.folder.write("policy.json", allow_mil);
  desk.policy->refresh();
  CHECK(desk.check("a", "bob@navy.mil")["ok"]["verdict"] == "allow");
}

TEST_CASE("an answer to a warning opens no block that the message meets since") {
  // The policy is for mail from example.mil alone: another From, another verdict.
  const std::string mine = "clerk@example.mil";
  const auto policy = [](const std::string& more) {
    return R"({"format":1,"senders":["example.mil"],"own":["example.mil"],"allow":["mil"],)"
           R"("confusable":[{"meant":"mil","typed":"ml","verdict":"block"}])" +
           more + "}";
  };
  const json right = {{{"address", "bob@navy.ml"}, {"action", "right"}}};
  const json to_bob = message_to({"bob@navy.ml"}, mine);

  SECTION("that leaves no choice") {
    Desk desk(policy(""));
    REQUIRE(desk.ask(check_of("a", message_to({"bob@navy.ml"}, "me@home.org")))["ok"]["verdict"] ==
            "warn");
    const json open = desk.ask(decision("a", to_bob, right))["ok"];
    CHECK(open["verdict"] == "block");
    CHECK(open["recipients"][0]["override"] == "none");
    CHECK(desk.ask(check_of("b", to_bob, "a"))["ok"]["verdict"] == "block");
    CHECK(desk.ask(decision("b", to_bob, right))["error"]["code"] == "not-permitted");
  }
  SECTION("that wants a reason, until one is typed") {
    Desk desk(policy(R"(,"override":{"block":"reason"})"));
    desk.ask(check_of("a", message_to({"bob@navy.ml"}, "me@home.org")));
    CHECK(desk.ask(decision("a", to_bob, right))["ok"]["verdict"] == "block");
    json reasoned = right;
    reasoned[0]["reason"] = "\u00a0\u2003\u200b\u2060\ufeff";
    CHECK(desk.ask(decision("a", to_bob, reasoned))["error"]["code"] == "not-permitted");
  }
}

TEST_CASE("an answer to a message finding holds for the recipients it was about") {
  Desk desk(
      R"({"format":1,"own":["example.mil"],"checks":{"visible-crowd":{"verdict":"warn","limit":2}},)"
      R"("markings":[{"name":"OS","in":["subject"],"words":["OS"],"only":["mod.uk"],)"
      R"("otherwise":"warn"}]})");
  const auto marked = [](const std::vector<std::string>& addresses) {
    json message = message_to(addresses, "clerk@example.mil");
    message["subject"] = "OS: crew";
    return message;
  };
  const json marking = {{{"code", "marking"}, {"marking", "OS"}, {"action", "right"}}};
  REQUIRE(desk.ask(check_of("a", marked({"x@foo.com"})))["ok"]["verdict"] == "warn");

  const json more = desk.ask(decision("a", marked({"x@foo.com", "y@bar.org"}), marking))["ok"];
  CHECK(more["verdict"] == "warn");
  CHECK(desk.ask(check_of("b", marked({"y@bar.org"}), "a"))["ok"]["verdict"] == "warn");
  CHECK(desk.ask(check_of("c", marked({"x@foo.com"}), "b"))["ok"]["verdict"] == "allow");

  const json crowd = {{{"code", "visible-crowd"}, {"action", "right"}}};
  REQUIRE(desk.ask(check_of("d", message_to({"a@foo.com", "b@foo.com"})))["ok"]["verdict"] ==
          "warn");
  CHECK(desk.ask(decision("d", message_to({"a@foo.com", "b@foo.com", "c@foo.com"}),
                          crowd))["ok"]["verdict"] == "warn");
  CHECK(desk.ask(decision("d", message_to({"a@foo.com", "b@foo.com"}), crowd))["ok"]["verdict"] ==
        "allow");
}
