// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <ctime>
#include <iostream>
#include <string>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "support.hpp"

using namespace recipient_guard;

namespace {

std::string naming(const std::string& list) {
  return "{\"format\":1,\n\"allow_files\":[\"" + list + "\"]}";
}

std::string fault_with(const TemporaryFolder& folder) {
  return fault_of(PolicySource(options_for({folder.path()})), folder.path());
}

}  // namespace

TEST_CASE("entries of a list file count as those of the document, told by the list's line") {
  const TemporaryFolder folder;
  folder.write("p.json",
               "{\"format\":1,\"allow_files\":[\"lists/good.txt\"],"
               "\"block_files\":[\"bad.txt\"]}");
  folder.write("lists/good.txt", "\xEF\xBB\xBF# partners\r\nnavy.mil\r\n\r\nbob@army.ml # one\r\n");
  folder.write("bad.txt", "ml\n");
  const PolicySource source(options_for({folder.path()}));
  INFO(fault_of(source, folder.path()));
  const auto policy = source.policy();
  REQUIRE(policy != nullptr);
  const std::string name = folder.path().filename().string();
  const auto told = [&](const std::string& address) {
    return policy->shown(policy->rules.covering(*read_address(address))->source);
  };
  CHECK(told("eve@navy.mil") == name + "/lists/good.txt:2");
  CHECK(told("bob@army.ml") == name + "/lists/good.txt:4");
  CHECK(told("eve@army.ml") == name + "/bad.txt:1");
  CHECK(policy->rules.covering(*read_address("eve@army.ml"))->kind == RuleKind::block);
}

TEST_CASE("of a document given by name the list file stands beside it") {
  const TemporaryFolder folder;
  folder.write("p.json", naming("good.txt"));
  folder.write("good.txt", "navy.mil\n");
  const PolicySource source(options_for({folder / "p.json"}));
  REQUIRE(source.policy() != nullptr);
  CHECK(source.policy()->shown(source.policy()->rules.rule(0).source) == "good.txt:1");
}

TEST_CASE("a bad line of a list file is told with file and line") {
  const TemporaryFolder folder;
  folder.write("p.json", naming("good.txt"));
  folder.write("good.txt", "navy.mil\n\n*@army.mil\n");
  CHECK(fault_with(folder) == "good.txt:3: \"*@army.mil\" is no entry; write \"army.mil\"");
  folder.write("good.txt", "a\n" + std::string(5000, 'x'));
  CHECK(fault_with(folder) ==
        "good.txt:2: the line is longer than 4096 octets; write one entry a line");
  folder.write("good.txt", std::string("\xFF\xFE"
                                       "a\0",
                                       4));
  CHECK(fault_with(folder) == "good.txt:1: the file is UTF-16; save it as UTF-8");
  folder.write("good.txt", "n\xFFvy.mil\n");
  CHECK(fault_with(folder).starts_with("good.txt:1: "));
}

TEST_CASE("a listed file that is missing makes the set invalid") {
  const TemporaryFolder folder;
  folder.write("p.json", naming("gone.txt"));
  CHECK(fault_with(folder) == "p.json:2:16: \"gone.txt\": there is no such file, " +
                                  folder.path().string() + "/gone.txt");
  CHECK(PolicySource(options_for({folder.path()})).error()->code == ErrorCode::bad_policy);
}

TEST_CASE("a list file stands in the document's folder or below it") {
  const TemporaryFolder folder;
  const TemporaryFolder elsewhere;
  const auto outside = elsewhere.write("list.txt", "navy.mil\n");
  folder.write("in/list.txt", "navy.mil\n");
  for (const std::string& name :
       {std::string("../list.txt"), std::string("in/../../list.txt"),
        std::string("in/../in/list.txt"), outside.string(), std::string("/etc/passwd"),
        std::string("in/"), std::string("..")}) {
    folder.write("p.json", naming(name));
    INFO(name);
    CHECK(fault_with(folder).find("a list file stands in the document's folder or below it") !=
          std::string::npos);
  }
  SECTION("nor may a link lead out") {
    std::filesystem::create_symlink(outside, folder / "link.txt");
    folder.write("p.json", naming("link.txt"));
    CHECK(fault_with(folder) ==
          "p.json:2:16: \"link.txt\": a link leads out of the document's folder");
    std::filesystem::create_directory_symlink(elsewhere.path(), folder / "sub");
    folder.write("p.json", naming("sub/list.txt"));
    CHECK(fault_with(folder) ==
          "p.json:2:16: \"sub/list.txt\": a link leads out of the document's folder");
  }
  SECTION("a link inside is good") {
    std::filesystem::create_symlink(folder / "in/list.txt", folder / "link.txt");
    folder.write("p.json", naming("link.txt"));
    CHECK(fault_with(folder).empty());
  }
  SECTION("a folder is no list file") {
    folder.write("p.json", naming("in"));
    CHECK(fault_with(folder) == "in: is no regular file");
  }
}

TEST_CASE("a million listed addresses at ten thousand domains are read within seconds", "[large]") {
  const TemporaryFolder folder;
  std::string list;
  for (int i = 0; i < 1'000'000; ++i) {
    list += "first.last" + std::to_string(i) + "@partner-" + std::to_string(i % 10'000) +
            ".example.mil\n";
  }
  folder.write("p.json", naming("list.txt"));
  folder.write("list.txt", list);
  // Processor time, since other tests may run beside.
  const std::clock_t begin = std::clock();
  const PolicySource source(options_for({folder.path()}));
  const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  INFO(fault_of(source, folder.path()));
  REQUIRE(source.policy() != nullptr);
  std::cout << "a million list entries read in " << took << " s\n";
  CHECK(source.policy()->rules.size() == 1'000'000);
  CHECK(source.policy()
            ->rules.covering(*read_address("First.Last77777@partner-7777.example.mil"))
            ->source.line == 77'778);
  CHECK(took < 60);
}

TEST_CASE("more than two million entries are refused by the line that is too many", "[large]") {
  const TemporaryFolder folder;
  std::string list;
  for (int i = 0; i < 2'000'001; ++i) {
    list += "a.b\n";
  }
  folder.write("p.json", naming("list.txt"));
  folder.write("list.txt", list);
  CHECK(fault_with(folder) ==
        "list.txt:2000001: all list files together hold more than 2000000 entries");
}

TEST_CASE("list files of more than 64 MiB together are refused") {
  const TemporaryFolder folder;
  folder.write("p.json", "{\"format\":1,\"allow_files\":[\"a.txt\",\"b.txt\"]}");
  const std::string lines(33U << 20U, '\n');
  folder.write("a.txt", lines);
  folder.write("b.txt", lines);
  CHECK(fault_with(folder) ==
        "p.json:1:36: \"b.txt\": all list files together are larger than 64 MiB");
  folder.write("a.txt", lines + lines);
  CHECK(fault_with(folder) == "a.txt: is larger than 67108864 octets");
}
