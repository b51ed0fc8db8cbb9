// SPDX-License-Identifier: MPL-2.0
// What an administrator is given: the examples must load, and the schema must say what the reader
// does.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "document/json.hpp"
#include "support.hpp"
#include "system/files.hpp"

using namespace recipient_guard;

namespace {

const std::filesystem::path manifests =
    std::filesystem::path(RECIPIENT_GUARD_SOURCE) / "manifests/organisation-policy";

/// A checkout may be writable by the group; its rights are no matter here.
PolicySource::Options leniently(const std::filesystem::path& place) {
  auto options = options_for({place});
  options.lax_rights = LaxRights::remark;
  return options;
}

std::string rule_of(const Policy& policy, const std::string& address) {
  const auto rule = policy.rules.covering(*read_address(address));
  const char* const kinds[] = {"own ", "allow ", "block "};
  return rule ? kinds[static_cast<int>(rule->kind)] + policy.shown(rule->source) : "none";
}

std::string fault_in(const std::string& text) {
  const TemporaryFolder folder;
  const PolicySource source(options_for({folder.write("p.json", text)}));
  return source.error() ? source.error()->text : "";
}

JsonValue schema() {
  const auto text = read_whole(manifests / "policy.schema.json", 1U << 20U);
  REQUIRE(text);
  auto read = read_json(text->text);
  REQUIRE(std::holds_alternative<JsonValue>(read));
  return std::get<JsonValue>(std::move(read));
}

std::set<std::string> property_names(const JsonValue* object) {
  std::set<std::string> names;
  REQUIRE(object != nullptr);
  REQUIRE(object->find("properties") != nullptr);
  for (const JsonMember& member : *object->find("properties")->object()) {
    names.insert(member.key);
  }
  return names;
}

/// The keys that the reader names where it meets one it does not know.
std::set<std::string> keys_in_fault(const std::string& fault) {
  std::set<std::string> keys{"$schema", "$comment"};
  const auto known = fault.find("; known are ");
  REQUIRE(known != std::string::npos);
  std::size_t at = known;
  while ((at = fault.find('"', at)) != std::string::npos) {
    const auto end = fault.find('"', at + 1);
    keys.insert(fault.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return keys;
}

}  // namespace

TEST_CASE("the example defence allows mil, blocks ml, and knows its one exception") {
  const PolicySource source(leniently(manifests / "examples/defence.json"));
  INFO((source.error() ? source.error()->text : ""));
  const auto policy = source.policy();
  REQUIRE(policy != nullptr);
  CHECK(policy->organisation == "Example Defence Staff");
  CHECK(rule_of(*policy, "bob@navy.mil") == "allow defence.json:8");
  CHECK(rule_of(*policy, "bob@navy.ml") == "block defence.json:9");
  CHECK(rule_of(*policy, "liaison@gov.ml") == "allow defence.json:8");
  CHECK(rule_of(*policy, "other@gov.ml") == "block defence.json:9");
  CHECK(rule_of(*policy, "bob@example.mil") == "own defence.json:7");
  CHECK(rule_of(*policy, "bob@example.org") == "none");
  REQUIRE(policy->confusable.size() == 1);
  CHECK(policy->shown(*policy->confusable[0].source) == "defence.json:11");
  CHECK(policy->confusable[0].verdict == PolicyVerdict::block);
  CHECK_FALSE(policy->help.at("en").empty());
}

TEST_CASE("every example loads") {
  int examples = 0;
  for (const auto& file : std::filesystem::directory_iterator(manifests / "examples")) {
    if (file.path().extension() != ".json") {
      continue;
    }
    const PolicySource source(leniently(file.path()));
    INFO((source.error() ? source.error()->text : file.path().string()));
    CHECK(source.policy() != nullptr);
    ++examples;
  }
  CHECK(examples == 3);
  const PolicySource pilot(leniently(manifests / "examples/pilot.json"));
  CHECK(pilot.policy()->mode == PolicyMode::watch);
  const PolicySource listed(leniently(manifests / "examples/listed-only.json"));
  CHECK(rule_of(*listed.policy(), "a@b.school.example") == "allow partners.txt:2");
}

TEST_CASE("the schema knows the very keys that the reader knows") {
  const JsonValue root = schema();
  const JsonValue& properties = *root.find("properties");
  CHECK(property_names(&root) == keys_in_fault(fault_in("{\"format\":1,\"zzzzzzzzz\":0}")));
  for (const std::string key : {"history", "audit"}) {
    INFO(key);
    CHECK(property_names(properties.find(key)) ==
          keys_in_fault(fault_in("{\"format\":1,\"" + key + "\":{\"zzzzzzzzz\":0}}")));
  }
  CHECK(property_names(properties.find("override")) ==
        keys_in_fault(fault_in("{\"format\":1,\"override\":{\"zzzzzzzzz\":0}}")));
  for (const std::string key : {"confusable", "markings"}) {
    INFO(key);
    CHECK(property_names(properties.find(key)->find("items")) ==
          keys_in_fault(fault_in("{\"format\":1,\"" + key + "\":[{\"zzzzzzzzz\":0}]}")));
  }
}

TEST_CASE("every value that the schema offers is read, and no other") {
  const JsonValue root = schema();
  int values = 0;
  const auto try_values = [&](const JsonValue& property, const std::string& before,
                              const std::string& after) {
    const JsonValue* offered = property.find("enum");
    if (offered == nullptr || offered->array()->front().text() == nullptr) {
      return;
    }
    for (const JsonValue& value : *offered->array()) {
      INFO(before << *value.text());
      CHECK(fault_in(before + "\"" + *value.text() + "\"" + after).empty());
      ++values;
    }
    CHECK_FALSE(fault_in(before + "\"zzzzzzzzz\"" + after).empty());
  };
  for (const JsonMember& key : *root.find("properties")->object()) {
    const std::string before = "{\"format\":1,\"" + key.key + "\":";
    try_values(key.value, before, "}");
    const JsonValue* inner = key.value.find("properties");
    for (const JsonMember& member : inner != nullptr ? *inner->object() : JsonObject()) {
      try_values(member.value, before + "{\"" + member.key + "\":", "}}");
    }
  }
  CHECK(values == 2 + 3 + 2 + 3 + 3 + 3 + 3 + 2);
}

TEST_CASE("the default values of the schema are those of the reader") {
  const JsonValue root = schema();
  std::string document = "{\"format\":1";
  const JsonObject& properties = *root.find("properties")->object();
  for (const JsonMember& key : properties) {
    const JsonValue* value = key.value.find("default");
    if (value != nullptr && value->text() != nullptr) {
      document += ",\"" + key.key + "\":\"" + *value->text() + "\"";
    }
  }
  const TemporaryFolder folder;
  const PolicySource with(options_for({folder.write("with.json", document + "}")}));
  REQUIRE(with.policy() != nullptr);
  const Policy defaults;
  CHECK(with.policy()->set_at.size() == 4);
  CHECK(with.policy()->mode == defaults.mode);
  CHECK(with.policy()->strangers == defaults.strangers);
  CHECK(with.policy()->known == defaults.known);
  CHECK(with.policy()->personal_trust == defaults.personal_trust);
  const auto number = [&](const char* object, const char* key) {
    return *root.find("properties")
                ->find(object)
                ->find("properties")
                ->find(key)
                ->find("default")
                ->integer();
  };
  CHECK(number("history", "keep_days") == defaults.history_keep_days);
  CHECK(number("audit", "keep_days") == defaults.audit.keep_days);
}
