// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy_source.hpp"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <thread>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "support.hpp"

using namespace recipient_guard;

namespace {

std::string revision(int number, const std::string& more = "") {
  return "{\"format\":1,\n\"revision\":" + std::to_string(number) + more + "}";
}

std::int64_t shown_revision(const PolicySource& source) {
  return source.policy() ? source.policy()->revision : -1;
}

PolicySource::Options default_place(const std::filesystem::path& folder,
                                    const std::filesystem::path& judged_below) {
  PolicySource::Options options = options_for({});
  options.default_place.folder = folder;
  options.default_place.judged_below = judged_below;
  options.default_place.owner = ::geteuid();
  return options;
}

}  // namespace

TEST_CASE("a default folder that is a link to nowhere is no missing one, and is refused") {
  const TemporaryFolder parent;
  std::filesystem::create_directory(parent / "guard");
  const auto folder = parent / "guard/policy.d";
  const bool of_parent = GENERATE(false, true);
  const auto link = of_parent ? folder.parent_path() : folder;
  std::filesystem::remove(link);
  std::filesystem::create_symlink(parent / "nowhere", link);
  PolicySource source(default_place(folder, parent.path()));
  CHECK(source.policy() == nullptr);
  REQUIRE(source.error());
  CHECK(source.error()->code == ErrorCode::bad_policy);
  CHECK(source.error()->text == link.string() + ": is a link that leads nowhere");
  std::filesystem::remove(link);
  source.refresh();
  REQUIRE(source.policy() != nullptr);
  CHECK_FALSE(source.error());
}

TEST_CASE("a default folder that is missing or holds no document means no organisation policy") {
  const TemporaryFolder parent;
  PolicySource source(default_place(parent / "policy.d", parent.path()));
  REQUIRE(source.policy() != nullptr);
  CHECK_FALSE(source.error());
  CHECK_FALSE(source.policy()->from_organisation);
  CHECK(source.policy()->digest.empty());
  std::filesystem::create_directory(parent / "policy.d");
  ::chmod((parent / "policy.d").c_str(), 0755);
  parent.write("policy.d/notes.txt", "nothing");
  source.refresh();
  CHECK_FALSE(source.error());
  CHECK_FALSE(source.policy()->from_organisation);

  SECTION("and the first document that comes is seen, as is its going away") {
    parent.write("policy.d/10.json", revision(4));
    source.refresh();
    CHECK(source.policy()->from_organisation);
    CHECK(shown_revision(source) == 4);
    CHECK(source.policy()->documents == std::vector<std::string>{"policy.d/10.json"});
    std::filesystem::remove(parent / "policy.d/10.json");
    source.refresh();
    CHECK_FALSE(source.error());
    CHECK_FALSE(source.policy()->from_organisation);
  }
}

TEST_CASE("a place that was named must hold a document") {
  const TemporaryFolder folder;
  SECTION("a folder without one") {
    folder.write("notes.txt", "nothing");
    const PolicySource source(options_for({folder.path()}));
    CHECK(source.policy() == nullptr);
    REQUIRE(source.error());
    CHECK(source.error()->code == ErrorCode::no_input);
    CHECK(source.error()->text == folder.path().string() + ": holds no policy document (*.json)");
  }
  SECTION("nothing at all") {
    const PolicySource source(options_for({folder / "gone"}));
    CHECK(source.policy() == nullptr);
    CHECK(source.error()->code == ErrorCode::no_input);
    CHECK(source.error()->text.find("gone: No such file") != std::string::npos);
  }
  SECTION("a link that leads nowhere") {
    std::filesystem::create_symlink(folder / "gone", folder / "link.json");
    const PolicySource source(options_for({folder / "link.json"}));
    CHECK(source.error()->code == ErrorCode::no_input);
  }
  SECTION("no regular file") {
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const PolicySource source(options_for({folder / "pipe"}));
    CHECK(source.error()->code == ErrorCode::no_input);
    CHECK(source.error()->text.find("is neither a folder nor a regular file") != std::string::npos);
  }
  SECTION("one good place does not make up for another") {
    folder.write("p.json", revision(1));
    const PolicySource source(options_for({folder / "p.json", folder / "gone"}));
    CHECK(source.policy() == nullptr);
    CHECK(source.error()->code == ErrorCode::no_input);
  }
}

TEST_CASE("a pipe or folder among the documents is refused by name, not waited for") {
  const TemporaryFolder folder;
  folder.write("10.json", revision(1));
  REQUIRE(::mkfifo((folder / "20.json").c_str(), 0644) == 0);
  const PolicySource source(options_for({folder.path()}));
  CHECK(source.policy() == nullptr);
  CHECK(fault_of(source, folder.path()) == "20.json: is no regular file");
  std::filesystem::remove(folder / "20.json");
  std::filesystem::create_directory(folder / "30.json");
  CHECK(fault_of(PolicySource(options_for({folder.path()})), folder.path()) ==
        "30.json: is no regular file");
}

TEST_CASE("a document too large is refused before it is read") {
  const TemporaryFolder folder;
  folder.write("10.json", "");
  std::filesystem::resize_file(folder / "10.json", std::uintmax_t{1} << 40U);
  CHECK(fault_of(PolicySource(options_for({folder.path()})), folder.path()) ==
        "10.json: is larger than 67108864 octets");
}

TEST_CASE("every change is seen at the next look: document, list file, new, gone, renamed") {
  const TemporaryFolder folder;
  folder.write("10.json", revision(1, ",\"allow_files\":[\"list.txt\"]"));
  folder.write("list.txt", "a.mil\n");
  PolicySource source(options_for({folder.path()}));
  REQUIRE(shown_revision(source) == 1);
  const auto first = source.policy();
  const auto covers = [&](const std::string& address) {
    return source.policy()->rules.covering(*read_address(address)).has_value();
  };

  folder.write("10.json", revision(2, ",\"allow_files\":[\"list.txt\"]"));
  source.refresh();
  CHECK(shown_revision(source) == 2);
  CHECK(first->revision == 1);

  folder.write("list.txt", "b.mil\n");
  source.refresh();
  CHECK(covers("x@b.mil"));
  CHECK_FALSE(covers("x@a.mil"));

  folder.write("20.json", revision(3));
  source.refresh();
  CHECK(shown_revision(source) == 3);

  std::filesystem::remove(folder / "20.json");
  source.refresh();
  CHECK(shown_revision(source) == 2);

  std::filesystem::rename(folder / "10.json", folder / "10.json.off");
  folder.write("11.json", revision(5));
  source.refresh();
  CHECK(shown_revision(source) == 5);
  CHECK_FALSE(covers("x@b.mil"));

  SECTION("a file put in another's place by rename") {
    folder.write("new", revision(6));
    std::filesystem::rename(folder / "new", folder / "11.json");
    source.refresh();
    CHECK(shown_revision(source) == 6);
  }
  SECTION("a link that is turned to another file") {
    const TemporaryFolder releases;
    releases.write("a/p.json", revision(7));
    releases.write("b/p.json", revision(8));
    std::filesystem::remove(folder / "11.json");
    std::filesystem::create_symlink(releases / "a/p.json", folder / "11.json");
    source.refresh();
    CHECK(shown_revision(source) == 7);
    std::filesystem::create_symlink(releases / "b/p.json", folder / "next");
    std::filesystem::rename(folder / "next", folder / "11.json");
    source.refresh();
    CHECK(shown_revision(source) == 8);
  }
}

TEST_CASE("where nothing changed the policy stays the same object") {
  const TemporaryFolder folder;
  folder.write("10.json", revision(1));
  PolicySource source(options_for({folder.path()}));
  const auto before = source.policy();
  for (int i = 0; i < 5; ++i) {
    source.refresh();
  }
  CHECK(source.policy() == before);
}

TEST_CASE("an invalid document leaves the last good policy in force and tells its error") {
  const TemporaryFolder folder;
  folder.write("10.json", revision(1));
  PolicySource source(options_for({folder.path()}));
  folder.write("10.json", "{\"format\":1,\n\"revison\":2}");
  source.refresh();
  CHECK(shown_revision(source) == 1);
  CHECK(fault_of(source, folder.path()) ==
        "10.json:2:1: unknown key \"revison\", did you mean \"revision\"?");
  source.refresh();
  CHECK(source.error().has_value());

  folder.write("10.json", revision(3));
  source.refresh();
  CHECK(shown_revision(source) == 3);
  CHECK_FALSE(source.error());

  SECTION("a missing list file likewise, until it is there") {
    folder.write("10.json", revision(4, ",\"allow_files\":[\"l.txt\"]"));
    source.refresh();
    CHECK(shown_revision(source) == 3);
    CHECK(source.error().has_value());
    folder.write("l.txt", "mil\n");
    source.refresh();
    CHECK(shown_revision(source) == 4);
    std::filesystem::remove(folder / "l.txt");
    source.refresh();
    CHECK(shown_revision(source) == 4);
    CHECK(source.error().has_value());
  }
  SECTION("all documents of a named folder gone likewise") {
    std::filesystem::remove(folder / "10.json");
    source.refresh();
    CHECK(shown_revision(source) == 3);
    CHECK(source.error()->code == ErrorCode::no_input);
  }
  SECTION("rights that became lax likewise, until they are mended") {
    ::chmod((folder / "10.json").c_str(), 0666);
    source.refresh();
    CHECK(shown_revision(source) == 3);
    CHECK(source.error()->code == ErrorCode::no_permission);
    ::chmod((folder / "10.json").c_str(), 0644);
    source.refresh();
    CHECK_FALSE(source.error());
  }
}

TEST_CASE("a set that was never good gives no policy, until it is") {
  const TemporaryFolder folder;
  folder.write("10.json", "{");
  PolicySource source(options_for({folder.path()}));
  CHECK(source.policy() == nullptr);
  folder.write("10.json", revision(1));
  source.refresh();
  CHECK(shown_revision(source) == 1);
}

TEST_CASE("a document caught half written does not stay") {
  const TemporaryFolder folder;
  const std::string whole = revision(2, ",\n\"allow\":[\"a.mil\",\"b.mil\"]");
  folder.write("10.json", revision(1));
  PolicySource source(options_for({folder.path()}));
  for (std::size_t half = 0; half < whole.size(); half += 7) {
    folder.write("10.json", whole.substr(0, half));
    source.refresh();
    CHECK(shown_revision(source) == 1);
    CHECK(source.error().has_value());
  }
  folder.write("10.json", whole);
  source.refresh();
  CHECK(shown_revision(source) == 2);
  CHECK_FALSE(source.error());
}

TEST_CASE("a change that the file system's clock hides is seen all the same") {
  const TemporaryFolder folder;
  const auto file = folder.write("10.json", revision(1, ",\"allow_files\":[\"l.txt\"]"));
  const auto list = folder.write("l.txt", "a.mil\n");
  PolicySource source(options_for({folder.path()}));
  // Same length, written at once after the reading, for many rounds: some fall into one tick.
  for (int round = 0; round < 200; ++round) {
    const std::string name = round % 2 == 0 ? "b" : "c";
    std::ofstream(list, std::ios::binary) << name << ".mil\n";
    source.refresh();
    CHECK(source.policy()->rules.covering(*read_address("x@" + name + ".mil")).has_value());
  }
}

TEST_CASE("readers and a refresh may run at the same time") {
  const TemporaryFolder folder;
  folder.write("10.json", revision(0));
  PolicySource source(options_for({folder.path()}));
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::thread reader([&] {
    std::int64_t last = 0;
    while (!stop) {
      const auto policy = source.policy();
      wrong += policy == nullptr || policy->revision < last ? 1 : 0;
      last = policy ? policy->revision : last;
      (void)source.error();
    }
  });
  for (int i = 1; i <= 200; ++i) {
    folder.write("new", revision(i));
    std::filesystem::rename(folder / "new", folder / "10.json");
    source.refresh();
  }
  stop = true;
  reader.join();
  CHECK(wrong == 0);
  CHECK(shown_revision(source) == 200);
}

TEST_CASE("a folder is named in rules by its own name, however it was given") {
  const TemporaryFolder parent;
  parent.write("policy.d/10.json", revision(1));
  for (const std::string& path :
       {(parent / "policy.d").string(), (parent / "policy.d/").string(),
        (parent / "policy.d/.").string(), (parent / "policy.d/../policy.d").string()}) {
    const PolicySource source(options_for({path}));
    INFO(path);
    REQUIRE(source.policy() != nullptr);
    CHECK(source.policy()->documents.front() == "policy.d/10.json");
  }
}
