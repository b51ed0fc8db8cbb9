// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <string>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "support.hpp"

using namespace recipient_guard;

namespace {

/// The first fault of a document, without the file's name; "" where it is good.
std::string fault_in(const std::string& text) {
  const TemporaryFolder folder;
  folder.write("p.json", text);
  const PolicySource source(options_for({folder / "p.json"}));
  const std::string fault = fault_of(source, folder.path());
  REQUIRE((fault.empty() || fault.starts_with("p.json:")));
  CHECK(fault.empty() == (source.policy() != nullptr));
  if (!fault.empty()) {
    CHECK(source.error()->code == ErrorCode::bad_policy);
  }
  return fault.empty() ? fault : fault.substr(7);
}

/// The policy of a document with these members beside format.
std::shared_ptr<const Policy> policy_of(const std::string& members) {
  const TemporaryFolder folder;
  folder.write("p.json", "{\"format\":1,\n" + members + "}");
  const PolicySource source(options_for({folder / "p.json"}));
  INFO(fault_of(source, folder.path()));
  REQUIRE(source.policy() != nullptr);
  return source.policy();
}

/// The fault of a document whose second line holds this member.
std::string fault_of_member(const std::string& member) {
  return fault_in("{\"format\":1,\n" + member + "}");
}

std::string decides(const Policy& policy, const std::string& address) {
  const auto rule = policy.rules.covering(*read_address(address));
  return rule ? policy.shown(rule->source) : "";
}

}  // namespace

TEST_CASE("an unknown key is told with its place and the key that was meant") {
  CHECK(fault_in("{\"format\":1,\n \"alow\":[\"mil\"]}") ==
        "2:2: unknown key \"alow\", did you mean \"allow\"?");
  CHECK(fault_of_member("\"whitelist\": []")
            .starts_with("2:1: unknown key \"whitelist\"; known are \"format\", \"organisation\""));
  CHECK(fault_of_member("\"override\":{\"wran\":\"none\"}") ==
        "2:13: unknown key \"wran\", did you mean \"warn\"?");
  CHECK(fault_of_member("\"audit\":{\"keepdays\":3}") ==
        "2:10: unknown key \"keepdays\", did you mean \"keep_days\"?");
  CHECK(fault_of_member("\"history\":{\"lern\":true}") ==
        "2:12: unknown key \"lern\", did you mean \"learn\"?");
  CHECK(fault_of_member("\"confusable\":[{\"ment\":\"mil\",\"typed\":\"ml\"}]") ==
        "2:16: unknown key \"ment\", did you mean \"meant\"?");
  CHECK(fault_of_member("\"markings\":[{\"nme\":\"S\"}]") ==
        "2:14: unknown key \"nme\", did you mean \"name\"?");
}

TEST_CASE("a doubled key is told with both places") {
  CHECK(fault_in("{\"format\":1,\n\"allow\":[],\n\"allow\":[]}") ==
        "3:1: key \"allow\" stands twice, first at line 2, column 1");
  CHECK(fault_of_member("\"audit\":{\"record\":\"all\",\"record\":\"all\"}") ==
        "2:25: key \"record\" stands twice, first at line 2, column 10");
}

TEST_CASE("a document must be an object of format 1") {
  CHECK(fault_in("{}") == "1:1: \"format\" is missing; write \"format\": 1");
  CHECK(fault_in("{\"format\":2}") == "1:11: this version reads \"format\": 1 alone");
  CHECK(fault_in("{\"format\":\"1\"}") == "1:11: this version reads \"format\": 1 alone");
  CHECK(fault_in("{\"format\":1.0}") == "1:11: this version reads \"format\": 1 alone");
  CHECK(fault_in("[1]") == "1:1: a policy document is an object, not a list");
  CHECK(fault_in("") == "1:1: the text is empty");
  CHECK(fault_in("{\"format\":1,}") == "1:13: a comma stands before '}'");
  CHECK(fault_in("{\"format\":1 // one\n}") ==
        "1:13: JSON has no comments; write it as text of a key \"$comment\"");
  CHECK(fault_in(std::string("\xFF\xFE{\0}\0", 6)) == "1:1: the text is UTF-16; save it as UTF-8");
  CHECK(fault_in("\xEF\xBB\xBF{\"format\":1,\r\n\"allow\":[]}\r\n").empty());
}

TEST_CASE("a value of the wrong type is told with what is wanted") {
  CHECK(fault_of_member("\"allow\": \"mil\"") ==
        "2:10: \"allow\" takes a list of entries, not a text; write [\"mil\"]");
  CHECK(fault_of_member("\"allow\": [1]") ==
        "2:11: an entry of \"allow\" is a text, not a whole number");
  CHECK(fault_of_member("\"allow\": {\"mil\":true}") ==
        "2:10: \"allow\" takes a list of entries, not an object");
  CHECK(fault_of_member("\"organisation\": 7") ==
        "2:17: \"organisation\" takes a text, not a whole number");
  CHECK(fault_of_member("\"organisation\": \" \"") ==
        "2:17: \"organisation\" is empty; leave the key out");
  CHECK(fault_of_member("\"revision\": \"7\"") ==
        "2:13: \"revision\" takes a whole number, not a text");
  CHECK(fault_of_member("\"revision\": 1.5") ==
        "2:13: \"revision\" takes a whole number, not a decimal number");
  CHECK(fault_of_member("\"revision\": -1") ==
        "2:13: \"revision\" is -1; it lies between 0 and 9007199254740991");
  CHECK(fault_of_member("\"builtin_protect\": \"yes\"") ==
        "2:20: \"builtin_protect\" takes true or false, not a text");
  CHECK(fault_of_member("\"allow_files\": \"p.txt\"") ==
        "2:16: \"allow_files\" takes a list of paths, not a text; write [\"p.txt\"]");
  CHECK(fault_of_member("\"block_files\": [7]") ==
        "2:17: \"block_files\" takes a text, not a whole number");
  CHECK(fault_of_member("\"checks\": []") == "2:11: \"checks\" takes an object, not a list");
  CHECK(fault_of_member("\"override\": \"click\"") ==
        "2:13: \"override\" takes an object, not a text");
  CHECK(fault_of_member("\"help\": \"Ask\"") == "2:9: \"help\" takes an object, not a text");
  CHECK(fault_of_member("\"help\": {\"en\": 1}") ==
        "2:16: \"help.en\" takes a text, not a whole number");
  CHECK(fault_of_member("\"help\": {\"e\": \"x\"}") ==
        "2:10: \"e\" is no language; write it as \"en\" or \"pt-BR\"");
  CHECK(fault_of_member("\"history\": null") == "2:12: \"history\" takes an object, not null");
  CHECK(fault_of_member("\"history\": {\"keep_days\": 0}") ==
        "2:26: \"history.keep_days\" is 0; it lies between 1 and 36500");
  CHECK(fault_of_member("\"audit\": {\"syslog\": 1}") ==
        "2:21: \"audit.syslog\" takes true or false, not a whole number");
  CHECK(fault_of_member("\"markings\": {}") ==
        "2:13: \"markings\" takes a list of markings, not an object");
  CHECK(fault_of_member("\"markings\": [\"S\"]") == "2:14: a marking is an object, not a text");
  CHECK(fault_of_member("\"confusable\": [\"ml\"]") ==
        "2:16: a pair of \"confusable\" is an object with \"meant\" and \"typed\", not a text");
  CHECK(fault_of_member("\"$schema\": 1") == "2:12: \"$schema\" takes a text, not a whole number");
}

TEST_CASE("an unknown value is told with the one that was meant") {
  CHECK(fault_of_member("\"mode\": \"wach\"") ==
        "2:9: unknown value \"wach\" for \"mode\", did you mean \"watch\"?");
  CHECK(fault_of_member("\"mode\": \"silent\"") ==
        "2:9: unknown value \"silent\" for \"mode\"; it is one of \"watch\", \"enforce\"");
  CHECK(fault_of_member("\"mode\": true") ==
        "2:9: \"mode\" takes one of \"watch\", \"enforce\", not true or false");
  CHECK(fault_of_member("\"strangers\": \"wran\"") ==
        "2:14: unknown value \"wran\" for \"strangers\", did you mean \"warn\"?");
  CHECK(
      fault_of_member("\"strangers\": \"off\"") ==
      "2:14: unknown value \"off\" for \"strangers\"; it is one of \"allow\", \"warn\", \"block\"");
  CHECK(fault_of_member("\"known\": \"ignored\"") ==
        "2:10: unknown value \"ignored\" for \"known\", did you mean \"ignore\"?");
  CHECK(fault_of_member("\"personal_trust\": \"adresses\"") ==
        "2:19: unknown value \"adresses\" for \"personal_trust\", did you mean \"addresses\"?");
  CHECK(fault_of_member("\"override\": {\"warn\": \"clik\"}") ==
        "2:22: unknown value \"clik\" for \"override.warn\", did you mean \"click\"?");
  CHECK(fault_of_member("\"audit\": {\"record\": \"some\"}") ==
        "2:21: unknown value \"some\" for \"audit.record\"; it is one of \"none\", \"questioned\", "
        "\"all\"");
  CHECK(fault_of_member("\"audit\": {\"addresses\": \"domains\"}") ==
        "2:24: unknown value \"domains\" for \"audit.addresses\", did you mean \"domain\"?");
  CHECK(fault_of_member(
            "\"confusable\": [{\"meant\":\"mil\",\"typed\":\"ml\",\"verdict\":\"allow\"}]")
            .starts_with("2:54: unknown value \"allow\" for \"confusable.verdict\""));
}

TEST_CASE("a block may be overridden where the policy says so") {
  CHECK(fault_of_member("\"override\": {\"block\": \"reason\"}").empty());
  CHECK(fault_of_member("\"override\": {\"block\": \"none\"}").empty());
  CHECK(!fault_of_member("\"override\": {\"block\": \"never\"}").empty());
}

TEST_CASE("checks go by the vocabulary") {
  CHECK(fault_of_member("\"checks\": {\"lookalike-domian\": \"warn\"}") ==
        "2:12: unknown check \"lookalike-domian\", did you mean \"lookalike-domain\"?");
  CHECK(fault_of_member("\"checks\": {\"typo\": \"warn\"}") ==
        "2:12: unknown check \"typo\"; the reason codes are listed in docs/PROTOCOL");
  CHECK(fault_of_member("\"checks\": {\"unreadable-address\": \"off\"}") ==
        "2:12: the verdict of \"unreadable-address\" is not set here: it is fixed");
  CHECK(fault_of_member("\"checks\": {\"lookalike-domain\": \"allow\"}") ==
        "2:32: unknown value \"allow\" for \"checks.lookalike-domain\"; it is one of \"off\", "
        "\"warn\", \"block\"");
  CHECK(fault_of_member("\"checks\": {\"lookalike-domain\": {\"limit\": 3}}") ==
        "2:33: unknown key \"limit\"; known are \"verdict\"");
  CHECK(fault_of_member("\"checks\": {\"visible-crowd\": {\"limit\": \"15\"}}") ==
        "2:39: \"checks.visible-crowd.limit\" takes a whole number, not a text");
  CHECK(fault_of_member("\"checks\": {\"visible-crowd\": {\"limits\": 15}}") ==
        "2:30: unknown key \"limits\", did you mean \"limit\"?");
  CHECK(fault_of_member("\"checks\": {\"posting\": {\"lists\": [\"*@x.mil\"]}}") ==
        "2:34: \"*@x.mil\" is no entry; write \"x.mil\"");
}

TEST_CASE("a text is short for the verdict of a check") {
  const auto policy = policy_of(
      "\"checks\": {\"lookalike-domain\": \"block\",\n\"visible-crowd\": {\"$comment\": \"x\", "
      "\"verdict\": \"warn\", \"limit\": 20},\n\"posting\": {\"lists\": [\"all@lists.mil\"]}}");
  REQUIRE(policy->checks.size() == 3);
  CHECK(policy->checks.at("lookalike-domain").verdict == PolicyVerdict::block);
  CHECK(policy->checks.at("lookalike-domain").source.line == 2);
  CHECK(policy->checks.at("visible-crowd").verdict == PolicyVerdict::warn);
  CHECK(policy->checks.at("visible-crowd").numbers.at("limit").value == 20);
  CHECK(policy->shown(policy->checks.at("visible-crowd").source) == "p.json:3");
  CHECK_FALSE(policy->checks.at("posting").verdict.has_value());
  CHECK(policy->checks.at("posting").entries.at("lists").size() == 1);
}

TEST_CASE("a bad entry is told with its own place") {
  CHECK(fault_in("{\"format\":1,\"allow\":[\n\"mil\",\n \"*@navy.mil\"]}") ==
        "3:2: \"*@navy.mil\" is no entry; write \"navy.mil\"");
  for (const std::string key : {"senders", "own", "block", "ask", "protect"}) {
    INFO(key);
    CHECK(fault_of_member("\"" + key + "\":[\"@a.mil\"]")
              .find("\"@a.mil\" is no entry; write \"a.mil\"") != std::string::npos);
  }
  CHECK(fault_of_member("\"audit\":{\"always\":[\"\"]}") == "2:20: an empty text is no entry");
}

TEST_CASE("a pair of suffixes must name two") {
  CHECK(fault_of_member("\"confusable\":[{\"meant\":\".mil\",\"typed\":\"ml\"}]") ==
        "2:24: \".mil\" is no suffix; write \"mil\"");
  CHECK(fault_of_member("\"confusable\":[{\"meant\":\"a@b.mil\",\"typed\":\"ml\"}]") ==
        "2:24: \"a@b.mil\" is no suffix; write the name of a domain");
  CHECK(fault_of_member("\"confusable\":[{\"meant\":\"mil\"}]") ==
        "2:15: a pair of \"confusable\" needs \"typed\"");
  CHECK(fault_of_member("\"confusable\":[{\"meant\":\"mil\",\"typed\":\"MIL\"}]") ==
        "2:15: \"meant\" and \"typed\" are the same");
}

TEST_CASE("a marking needs its parts") {
  CHECK(fault_of_member("\"markings\":[{\"name\":\"S\",\"words\":[\"S\"]}]") ==
        "2:13: a marking needs \"only\"");
  CHECK(fault_of_member("\"markings\":[{\"name\":\"S\",\"words\":[],\"only\":[]}]") ==
        "2:33: \"markings.words\" is empty; a marking needs a word");
  CHECK(fault_of_member(
            "\"markings\":[{\"name\":\"S\",\"words\":[\"S\"],\"only\":[],\"in\":[\"body\"]}]")
            .starts_with("2:55: unknown value \"body\" for \"markings.in\""));
  CHECK(fault_of_member("\"markings\":[{\"name\":\"S\",\"words\":[\"S\"],\"only\":[],\"otherwise\":"
                        "\"off\"}]")
            .find("unknown value \"off\" for \"markings.otherwise\"") != std::string::npos);
}

TEST_CASE("all that is wrong with a document is told, in order, up to a bound") {
  const TemporaryFolder folder;
  folder.write("p.json", "{\"format\":1,\n\"alow\":[],\n\"mode\":7,\n\"block\":[\"@x.mil\"]}");
  const PolicySource source(options_for({folder / "p.json"}));
  const auto errors = source.errors();
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].text.find(":2:1: ") != std::string::npos);
  CHECK(errors[1].text.find(":3:8: ") != std::string::npos);
  CHECK(errors[2].text.find(":4:10: ") != std::string::npos);
  std::string many = "{\"format\":1,\"allow\":[";
  for (int i = 0; i < 1000; ++i) {
    many += "\"@x.mil\",";
  }
  folder.write("p.json", many + "\"\"]}");
  CHECK(PolicySource(options_for({folder / "p.json"})).errors().size() == max_policy_faults);
}

TEST_CASE("what is left out has the value the documentation says") {
  const auto policy = policy_of("\"$comment\": [\"nothing\", 1]");
  CHECK(policy->from_organisation);
  CHECK(policy->organisation.empty());
  CHECK(policy->revision == 0);
  CHECK(policy->mode == PolicyMode::enforce);
  CHECK(policy->senders.empty());
  CHECK(policy->rules.empty());
  CHECK(policy->own.empty());
  CHECK(policy->ask.empty());
  CHECK(policy->protect.empty());
  CHECK(policy->builtin_protect);
  CHECK(policy->confusable.empty());
  CHECK(policy->strangers == PolicyVerdict::allow);
  CHECK(policy->known == KnownContacts::ignore);
  CHECK(policy->checks.empty());
  CHECK(policy->markings.empty());
  CHECK(policy->personal_trust == PersonalTrust::addresses);
  CHECK(policy->override_warn == Override::click);
  CHECK(policy->override_block == Override::none);
  CHECK(policy->help.empty());
  CHECK(policy->history_learn);
  CHECK(policy->history_keep_days == 365);
  CHECK(policy->audit.record == AuditSettings::Record::questioned);
  CHECK(policy->audit.always.empty());
  CHECK(policy->audit.addresses == AuditSettings::Addresses::full);
  CHECK(policy->audit.keep_days == 90);
  CHECK_FALSE(policy->audit.syslog);
  CHECK(policy->near_names.size() == 0);
}

TEST_CASE("every key is read") {
  const auto policy = policy_of(R"("$schema": "x", "organisation": "Example", "revision": 7,
"mode": "watch", "senders": ["us.mil"], "own": ["us.mil"], "allow": ["mil"], "block": ["ml"],
"ask": ["press.mil"], "protect": ["mod.uk"], "builtin_protect": false,
"confusable": [{"meant": "mil", "typed": "ml", "verdict": "block", "$comment": ""},
{"meant": "com", "typed": "cm"}, {"meant": "net", "typed": "ne", "verdict": "off"}],
"strangers": "warn", "known": "allow",
"markings": [{"name": "S", "in": ["attachments"], "words": ["S", "SECRET"], "only": ["mod.uk"],
"otherwise": "block"}, {"name": "T", "words": ["T"], "only": []}],
"personal_trust": "domains", "override": {"warn": "reason", "block": "none"},
"help": {"en": "Ask.", "pt-BR": "Pergunte."}, "history": {"learn": false, "keep_days": 30},
"audit": {"record": "all", "always": ["ml"], "addresses": "domain", "keep_days": 10,
"syslog": true})");
  CHECK(policy->organisation == "Example");
  CHECK(policy->revision == 7);
  CHECK(policy->mode == PolicyMode::watch);
  CHECK(policy->senders.size() == 1);
  CHECK(policy->own.size() == 1);
  CHECK(policy->rules.size() == 3);
  CHECK(policy->rules.covering(*read_address("a@us.mil"))->kind == RuleKind::own);
  CHECK(policy->rules.covering(*read_address("a@navy.mil"))->kind == RuleKind::allow);
  CHECK(policy->rules.covering(*read_address("a@navy.ml"))->kind == RuleKind::block);
  CHECK(policy->ask.covering(*read_address("a@press.mil")).has_value());
  CHECK(policy->protect.covering(*read_address("a@mod.uk")).has_value());
  CHECK_FALSE(policy->builtin_protect);
  REQUIRE(policy->confusable.size() == 3);
  CHECK(policy->confusable[0].meant.text() == "mil");
  CHECK(policy->confusable[0].typed.text() == "ml");
  CHECK(policy->confusable[0].verdict == PolicyVerdict::block);
  CHECK(policy->shown(*policy->confusable[0].source) == "p.json:5");
  CHECK_FALSE(policy->confusable[1].verdict.has_value());
  CHECK(policy->confusable[2].verdict == PolicyVerdict::off);
  CHECK(policy->strangers == PolicyVerdict::warn);
  CHECK(policy->shown("strangers") == "p.json:7");
  CHECK(policy->shown("nothing").empty());
  CHECK(policy->known == KnownContacts::allow);
  REQUIRE(policy->markings.size() == 2);
  CHECK(policy->markings[0].name == "S");
  CHECK_FALSE(policy->markings[0].in_subject);
  CHECK(policy->markings[0].in_attachments);
  CHECK(policy->markings[0].words == std::vector<std::string>{"S", "SECRET"});
  CHECK(policy->markings[0].only.size() == 1);
  CHECK(policy->markings[0].otherwise == PolicyVerdict::block);
  CHECK(policy->markings[1].in_subject);
  CHECK(policy->markings[1].in_attachments);
  CHECK_FALSE(policy->markings[1].otherwise.has_value());
  CHECK(policy->personal_trust == PersonalTrust::domains);
  CHECK(policy->override_warn == Override::reason);
  CHECK(policy->help.at("pt-BR") == "Pergunte.");
  CHECK_FALSE(policy->history_learn);
  CHECK(policy->history_keep_days == 30);
  CHECK(policy->audit.record == AuditSettings::Record::all);
  CHECK(policy->audit.always.size() == 1);
  CHECK(policy->audit.addresses == AuditSettings::Addresses::domain);
  CHECK(policy->audit.keep_days == 10);
  CHECK(policy->audit.syslog);
  CHECK(policy->set_at.at("audit.record").line == 12);
}

TEST_CASE("an entry is shown with the line on which it stands itself") {
  const auto policy = policy_of("\"allow\": [\"mil\",\n\"nato.int\"],\n\"block\":\n[\n\"ml\"]");
  CHECK(decides(*policy, "a@navy.mil") == "p.json:2");
  CHECK(decides(*policy, "a@nato.int") == "p.json:3");
  CHECK(decides(*policy, "a@gov.ml") == "p.json:6");
}

TEST_CASE("names to look near are those of own, allow and protect, and tell their entry") {
  const auto policy = policy_of(
      "\"own\": [\"us.example\"], \"allow\": [\"partner.example\", \"bob@listed.example\",\n"
      "\"eve@partner.example\", \"gone.example\", \"mil\", \"=alone.example\"],\n"
      "\"block\": [\"evil.example\", \"gone.example\"], \"protect\": [\"mod.uk\", \"us.example\"]");
  const auto near_rule = [&](const std::string& typed) -> std::optional<NearRule> {
    const auto near = policy->near_names.near(*DomainName::from_ascii(typed), *suffixes());
    return near.empty() ? std::nullopt : std::optional(policy->near_rule(near.front().id));
  };
  REQUIRE(near_rule("us.exampel"));
  CHECK(near_rule("us.exampel")->list == NearList::own);
  CHECK(near_rule("partnr.example")->list == NearList::allow);
  CHECK(near_rule("partnr.example")->rule.entry.text == "partner.example");
  CHECK(policy->shown(near_rule("partnr.example")->rule.source) == "p.json:2");
  CHECK(near_rule("listd.example")->rule.entry.names_address());
  CHECK(near_rule("alon.example")->rule.entry.form == EntryForm::only);
  CHECK(near_rule("mdo.uk")->list == NearList::protect);
  CHECK_FALSE(near_rule("evl.example"));
  CHECK_FALSE(near_rule("gne.example"));
}
