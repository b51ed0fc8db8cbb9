// SPDX-License-Identifier: MPL-2.0
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "../temporary_folder.hpp"
#include "support.hpp"

using namespace recipient_guard;

namespace {

constexpr const char* document = "{\"format\":1}";

/// The fault and, where others' rights are only remarked on, the same as a remark.
std::string told_of_rights(const std::filesystem::path& place) {
  PolicySource::Options options = options_for({place});
  const PolicySource strict(options);
  options.lax_rights = LaxRights::remark;
  const PolicySource lenient(options);
  CHECK_FALSE(lenient.error());
  CHECK(lenient.policy() != nullptr);
  if (!strict.error()) {
    CHECK(lenient.remarks().empty());
    return "";
  }
  CHECK(strict.policy() == nullptr);
  CHECK(strict.error()->code == ErrorCode::no_permission);
  CHECK(lenient.remarks() == std::vector<std::string>{strict.error()->text});
  return strict.error()->text;
}

bool runs_as_root() {
  return ::geteuid() == 0;
}
constexpr unsigned nobody = 65534;

}  // namespace

TEST_CASE("a document that others may write is refused by name, with what to do") {
  const TemporaryFolder folder;
  const auto file = folder.write("p.json", document);
  const std::string name = file.string();
  CHECK(told_of_rights(folder.path()).empty());
  CHECK(told_of_rights(file).empty());
  ::chmod(file.c_str(), 0666);
  CHECK(told_of_rights(file) == name + ": can be changed by everybody; run: chmod go-w " + name);
  CHECK_FALSE(told_of_rights(folder.path()).empty());
  ::chmod(file.c_str(), 0646);
  CHECK(told_of_rights(file) == name + ": can be changed by everybody; run: chmod o-w " + name);
  ::chmod(file.c_str(), 0664);
  CHECK(told_of_rights(file) == name + ": can be changed by group " + std::to_string(::getegid()) +
                                    "; run: chmod g-w " + name);
}

TEST_CASE("a folder that others may write is refused, sticky or not") {
  const TemporaryFolder parent;
  parent.write("policy.d/p.json", document);
  const auto folder = parent / "policy.d";
  for (const mode_t rights : {0777U, 01777U, 0775U, 0757U}) {
    ::chmod(folder.c_str(), rights);
    CHECK(told_of_rights(folder).starts_with(folder.string() + ": can be changed by "));
  }
  SECTION("but of a document given by name the document alone is judged") {
    CHECK(told_of_rights(folder / "p.json").empty());
  }
}

TEST_CASE("of a folder given by name the parents are not looked at") {
  const TemporaryFolder parent;
  parent.write("policy.d/p.json", document);
  ::chmod((parent / "policy.d").c_str(), 0755);
  ::chmod(parent.path().c_str(), 0777);
  CHECK(told_of_rights(parent / "policy.d").empty());
}

TEST_CASE("list files and the folders to them are judged as documents are") {
  const TemporaryFolder folder;
  folder.write("p.json", "{\"format\":1,\"allow_files\":[\"sub/list.txt\"]}");
  const auto list = folder.write("sub/list.txt", "mil\n");
  ::chmod((folder / "sub").c_str(), 0755);
  CHECK(told_of_rights(folder.path()).empty());
  ::chmod(list.c_str(), 0622);
  CHECK(told_of_rights(folder.path()).starts_with(list.string() + ": can be changed by "));
  CHECK(told_of_rights(folder / "p.json").starts_with(list.string() + ": can be changed by "));
  ::chmod(list.c_str(), 0644);
  ::chmod((folder / "sub").c_str(), 0777);
  CHECK(told_of_rights(folder.path()).find("/sub: can be changed by ") != std::string::npos);
}

TEST_CASE("a link is judged by its target") {
  const TemporaryFolder folder;
  const TemporaryFolder elsewhere;
  const auto target = elsewhere.write("p.json", document);
  std::filesystem::create_symlink(target, folder / "p.json");
  CHECK(told_of_rights(folder.path()).empty());
  ::chmod(target.c_str(), 0666);
  CHECK_FALSE(told_of_rights(folder.path()).empty());
}

TEST_CASE("what belongs to somebody else is refused") {
  if (!runs_as_root()) {
    WARN("only root can give files away; not tested");
    return;
  }
  const TemporaryFolder parent;
  const auto file = parent.write("policy.d/p.json", document);
  const auto folder = parent / "policy.d";
  ::chmod(folder.c_str(), 0755);
  REQUIRE(::chown(file.c_str(), nobody, nobody) == 0);
  CHECK(told_of_rights(folder) == file.string() +
                                      ": belongs to user 65534, not to root; run: chown "
                                      "root " +
                                      file.string());
  REQUIRE(::chown(file.c_str(), 0, 0) == 0);
  REQUIRE(::chown(folder.c_str(), nobody, nobody) == 0);
  CHECK(told_of_rights(folder).starts_with(folder.string() + ": belongs to user 65534"));
  CHECK(told_of_rights(file).empty());
}

TEST_CASE("a user's own documents are good where they are named, as are root's") {
  if (!runs_as_root()) {
    WARN("only root can become somebody else; not tested");
    return;
  }
  const TemporaryFolder folder;
  const auto own = folder.write("own.json", document);
  const auto roots = folder.write("roots.json", document);
  const auto others = folder.write("others.json", document);
  REQUIRE(::chown(own.c_str(), nobody, nobody) == 0);
  REQUIRE(::chown(others.c_str(), 1, 1) == 0);
  ::chmod(folder.path().c_str(), 0755);
  REQUIRE(::seteuid(nobody) == 0);
  const std::string of_own = told_of_rights(own);
  const std::string of_roots = told_of_rights(roots);
  const std::string of_others = told_of_rights(others);
  REQUIRE(::seteuid(0) == 0);
  CHECK(of_own.empty());
  CHECK(of_roots.empty());
  CHECK(of_others.find("belongs to user 1, not to root or you") != std::string::npos);
}

TEST_CASE("a document that may not be read is told as such") {
  if (!runs_as_root()) {
    WARN("needs to become somebody else; not tested");
    return;
  }
  const TemporaryFolder folder;
  const auto file = folder.write("p.json", document);
  ::chmod(file.c_str(), 0600);
  ::chmod(folder.path().c_str(), 0755);
  REQUIRE(::seteuid(nobody) == 0);
  const PolicySource source(options_for({file}));
  REQUIRE(::seteuid(0) == 0);
  REQUIRE(source.error());
  CHECK(source.error()->code == ErrorCode::no_permission);
  CHECK(source.error()->text == file.string() + ": Permission denied");
}

TEST_CASE("the default folder, its parents and files must belong to its owner alone") {
  const TemporaryFolder top;
  top.write("etc/guard/policy.d/10.json", "{\"format\":1,\"allow_files\":[\"l.txt\"]}");
  top.write("etc/guard/policy.d/l.txt", "mil\n");
  for (const char* folder : {"etc", "etc/guard", "etc/guard/policy.d"}) {
    ::chmod((top / folder).c_str(), 0755);
  }
  PolicySource::Options options = options_for({});
  options.default_place = {top / "etc/guard/policy.d", top.path(), ::geteuid()};
  const auto refused = [&](PolicySource::Options now) {
    const PolicySource source(std::move(now));
    return source.error() ? source.error()->text : std::string();
  };
  REQUIRE(refused(options).empty());
  for (const char* path : {"etc", "etc/guard", "etc/guard/policy.d", "etc/guard/policy.d/10.json",
                           "etc/guard/policy.d/l.txt"}) {
    const auto whole = top / path;
    const auto before = std::filesystem::status(whole).permissions();
    INFO(path);
    ::chmod(whole.c_str(), 0777);
    CHECK(refused(options).starts_with(whole.string() + ": can be changed by everybody"));
    PolicySource::Options lenient = options;
    lenient.lax_rights = LaxRights::remark;
    const PolicySource source(std::move(lenient));
    CHECK(source.policy() != nullptr);
    CHECK(source.policy()->from_organisation);
    CHECK(source.remarks().size() == 1);
    std::filesystem::permissions(whole, before);
  }
  SECTION("what a link leads to with its parents too") {
    const TemporaryFolder elsewhere;
    const auto target = elsewhere.write("open/20.json", document);
    std::filesystem::create_symlink(target, top / "etc/guard/policy.d/20.json");
    options.default_place.judged_below = "/nowhere";
    ::chmod((elsewhere / "open").c_str(), 0777);
    CHECK(refused(options).find("can be changed by everybody") != std::string::npos);
    // A folder such as /tmp is not to be closed: the document is to stand elsewhere.
    ::chmod((elsewhere / "open").c_str(), 01777);
    options.lax_rights = LaxRights::remark;
    const PolicySource source(options);
    bool told = false;
    for (const std::string& remark : source.remarks()) {
      told = told || remark.starts_with((elsewhere / "open").string() + ": can be changed by");
      CHECK(remark.find("run: chmod") == std::string::npos);
    }
    CHECK(told);
  }
  SECTION("another owner is refused") {
    options.default_place.owner = ::geteuid() + 1;
    CHECK(refused(options).find(": belongs to user ") != std::string::npos);
  }
}
