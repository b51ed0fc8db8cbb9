// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <string>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "support.hpp"
#include "system/digest.hpp"

using namespace recipient_guard;

namespace {

std::shared_ptr<const Policy> merged(const TemporaryFolder& folder) {
  const PolicySource source(options_for({folder.path()}));
  INFO(fault_of(source, folder.path()));
  REQUIRE(source.policy() != nullptr);
  return source.policy();
}

std::string member(const std::string& text) {
  return "{\"format\":1,\n" + text + "}";
}

}  // namespace

TEST_CASE("lists of a folder's documents add up, each entry with its document and line") {
  const TemporaryFolder folder;
  folder.write("10-a.json", member("\"own\":[\"a.mil\"],\"allow\":[\"b.mil\"],\"block\":[\"ml\"],"
                                   "\"ask\":[\"c.mil\"],\"protect\":[\"d.mil\"],"
                                   "\"senders\":[\"e.mil\"],\"audit\":{\"always\":[\"f.mil\"]}"));
  folder.write("20-b.json", member("\n\"own\":[\"a.int\"],\"allow\":[\"b.int\"],\"block\":[\"cm\"],"
                                   "\"ask\":[\"c.int\"],\"protect\":[\"d.int\"],"
                                   "\"senders\":[\"e.int\"],\"audit\":{\"always\":[\"f.int\"]}"));
  const auto policy = merged(folder);
  CHECK(policy->rules.size() == 6);
  CHECK(policy->own.size() == 2);
  CHECK(policy->ask.size() == 2);
  CHECK(policy->protect.size() == 2);
  CHECK(policy->senders.size() == 2);
  CHECK(policy->audit.always.size() == 2);
  const std::string name = folder.path().filename().string();
  CHECK(policy->documents == std::vector<std::string>{name + "/10-a.json", name + "/20-b.json"});
  CHECK(policy->shown(policy->rules.covering(*read_address("x@b.mil"))->source) ==
        name + "/10-a.json:2");
  CHECK(policy->shown(policy->rules.covering(*read_address("x@b.int"))->source) ==
        name + "/20-b.json:3");
}

TEST_CASE("a block of a later document beats an equal allow of an earlier one, and the other way") {
  for (const bool block_first : {true, false}) {
    const TemporaryFolder folder;
    folder.write("1.json", member(block_first ? "\"block\":[\"x.mil\"]" : "\"allow\":[\"x.mil\"]"));
    folder.write("2.json", member(block_first ? "\"allow\":[\"x.mil\"]" : "\"block\":[\"x.mil\"]"));
    CHECK(merged(folder)->rules.covering(*read_address("a@x.mil"))->kind == RuleKind::block);
  }
}

TEST_CASE("a later scalar replaces, and what a later document leaves out stays") {
  const TemporaryFolder folder;
  folder.write("10.json", member("\"mode\":\"watch\",\"strangers\":\"warn\",\"known\":\"allow\","
                                 "\"builtin_protect\":false,\"personal_trust\":\"none\""));
  folder.write("20.json", member("\"mode\":\"enforce\",\"strangers\":\"block\""));
  const auto policy = merged(folder);
  CHECK(policy->mode == PolicyMode::enforce);
  CHECK(policy->strangers == PolicyVerdict::block);
  CHECK(policy->shown("strangers").ends_with("/20.json:2"));
  CHECK(policy->known == KnownContacts::allow);
  CHECK(policy->shown("known").ends_with("/10.json:2"));
  CHECK_FALSE(policy->builtin_protect);
  CHECK(policy->personal_trust == PersonalTrust::none);
}

TEST_CASE("objects are merged key by key") {
  const TemporaryFolder folder;
  folder.write("10.json",
               member("\"help\":{\"en\":\"A\",\"de\":\"B\"},\"override\":{\"warn\":\"reason\"},"
                      "\"history\":{\"learn\":false,\"keep_days\":10},"
                      "\"audit\":{\"record\":\"all\",\"keep_days\":5},"
                      "\"checks\":{\"lookalike-domain\":\"block\","
                      "\"visible-crowd\":{\"verdict\":\"warn\",\"limit\":30},"
                      "\"posting\":{\"lists\":[\"a@l.mil\"]}}"));
  folder.write("20.json", member("\"help\":{\"de\":\"C\"},\"override\":{\"block\":\"none\"},"
                                 "\"history\":{\"keep_days\":20},\"audit\":{\"record\":\"none\"},"
                                 "\"checks\":{\"visible-crowd\":\"block\","
                                 "\"posting\":{\"lists\":[\"b@l.mil\"]}}"));
  const auto policy = merged(folder);
  CHECK(policy->help.at("en") == "A");
  CHECK(policy->help.at("de") == "C");
  CHECK(policy->override_warn == Override::reason);
  CHECK_FALSE(policy->history_learn);
  CHECK(policy->history_keep_days == 20);
  CHECK(policy->audit.record == AuditSettings::Record::none);
  CHECK(policy->audit.keep_days == 5);
  CHECK(policy->checks.at("lookalike-domain").verdict == PolicyVerdict::block);
  CHECK(policy->checks.at("visible-crowd").verdict == PolicyVerdict::block);
  CHECK(policy->checks.at("visible-crowd").numbers.at("limit").value == 30);
  const CheckSetting& crowd = policy->checks.at("visible-crowd");
  CHECK(policy->shown(crowd.source).ends_with("/20.json:2"));
  CHECK(policy->shown(crowd.numbers.at("limit").source).ends_with("/10.json:2"));
  CHECK(policy->checks.at("posting").entries.at("lists").size() == 2);
}

TEST_CASE("markings are replaced by name, confusable pairs by pair") {
  const TemporaryFolder folder;
  folder.write("10.json",
               member("\"markings\":[{\"name\":\"S\",\"words\":[\"S\"],\"only\":[\"a.mil\"]},"
                      "{\"name\":\"T\",\"words\":[\"T\"],\"only\":[]}],"
                      "\"confusable\":[{\"meant\":\"mil\",\"typed\":\"ml\",\"verdict\":\"block\"},"
                      "{\"meant\":\"com\",\"typed\":\"cm\"}]"));
  folder.write("20.json",
               member("\"markings\":[{\"name\":\"S\",\"words\":[\"X\"],\"only\":[],"
                      "\"otherwise\":\"block\"}],"
                      "\"confusable\":[{\"meant\":\"mil\",\"typed\":\"ml\",\"verdict\":\"off\"},"
                      "{\"meant\":\"ml\",\"typed\":\"mil\"}]"));
  const auto policy = merged(folder);
  REQUIRE(policy->markings.size() == 2);
  CHECK(policy->markings[0].words == std::vector<std::string>{"X"});
  CHECK(policy->markings[0].only.empty());
  CHECK(policy->markings[0].otherwise == PolicyVerdict::block);
  CHECK(policy->markings[1].name == "T");
  REQUIRE(policy->confusable.size() == 3);
  CHECK(policy->confusable[0].verdict == PolicyVerdict::off);
  CHECK(policy->shown(*policy->confusable[0].source).ends_with("/20.json:2"));
}

TEST_CASE("the highest revision counts, whichever document has it") {
  const TemporaryFolder folder;
  folder.write("10.json", member("\"revision\":9"));
  folder.write("20.json", member("\"revision\":3"));
  const auto policy = merged(folder);
  CHECK(policy->revision == 9);
  CHECK(policy->shown("revision").ends_with("/10.json:2"));
}

TEST_CASE("two organisations in one folder are a fault that names both documents") {
  const TemporaryFolder folder;
  folder.write("10.json", member("\"organisation\":\"A\""));
  folder.write("15.json", member("\"allow\":[\"mil\"]"));
  folder.write("20.json", member("\"organisation\":\"A\""));
  CHECK(merged(folder)->organisation == "A");
  folder.write("20.json", member("\"organisation\":\"B\""));
  const PolicySource source(options_for({folder.path()}));
  CHECK(source.policy() == nullptr);
  CHECK(fault_of(source, folder.path()) ==
        "20.json:2:16: \"organisation\" is \"B\" here, but \"A\" at " + folder.path().string() +
            "/10.json:2:16");
}

TEST_CASE("every document needs its format") {
  const TemporaryFolder folder;
  folder.write("10.json", member("\"allow\":[]"));
  folder.write("20.json", "{\"allow\":[]}");
  const PolicySource source(options_for({folder.path()}));
  CHECK(fault_of(source, folder.path()) ==
        "20.json:1:1: \"format\" is missing; write \"format\": 1");
}

TEST_CASE(
    "documents are merged in the order of their names' octets, hidden and other files aside") {
  const TemporaryFolder folder;
  folder.write("Z.json", member("\"mode\":\"enforce\""));
  folder.write("a.json", member("\"mode\":\"watch\""));
  folder.write(".b.json", "no policy");
  folder.write("c.json~", "no policy");
  folder.write("d.txt", "no policy");
  folder.write("e.JSON", "no policy");
  const auto policy = merged(folder);
  CHECK(policy->mode == PolicyMode::watch);
  CHECK(policy->documents.size() == 2);
}

TEST_CASE("several places are merged in the order in which they are named") {
  const TemporaryFolder a;
  const TemporaryFolder b;
  a.write("1.json", member("\"mode\":\"watch\",\"allow\":[\"a.mil\"]"));
  b.write("1.json", member("\"mode\":\"enforce\",\"allow\":[\"b.mil\"]"));
  const PolicySource source(options_for({a.path(), b / "1.json"}));
  REQUIRE(source.policy() != nullptr);
  CHECK(source.policy()->mode == PolicyMode::enforce);
  CHECK(source.policy()->rules.size() == 2);
  CHECK(source.policy()->documents ==
        std::vector<std::string>{a.path().filename().string() + "/1.json", "1.json"});
}

TEST_CASE("the digest tells every change of a document, a list file, their order and names") {
  const TemporaryFolder folder;
  folder.write("1.json", member("\"allow_files\":[\"p.txt\"]"));
  folder.write("p.txt", "a.mil\n");
  const std::string first = merged(folder)->digest;
  CHECK(first == sha256_of(sha256_of(member("\"allow_files\":[\"p.txt\"]")) + "  1.json\n" +
                           sha256_of("a.mil\n") + "  p.txt\n"));
  CHECK(merged(folder)->digest == first);
  folder.write("p.txt", "b.mil\n");
  const std::string second = merged(folder)->digest;
  CHECK(second != first);
  std::filesystem::rename(folder / "1.json", folder / "2.json");
  CHECK(merged(folder)->digest != second);
  const TemporaryFolder other;
  other.write("2.json", member("\"allow_files\":[\"p.txt\"]"));
  other.write("p.txt", "b.mil\n");
  CHECK(merged(other)->digest == merged(folder)->digest);
}
