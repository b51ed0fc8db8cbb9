// SPDX-License-Identifier: MPL-2.0
#include "system/held_file.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "../temporary_folder.hpp"

using namespace recipient_guard;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a held file grows by whole texts, and by none where it has another size") {
  const TemporaryFolder folder;
  HeldFile file(folder.path() / "file", HeldFile::Access::write);
  CHECK(file.append_whole_or_not_at_all(0, "one", Durably::no).error().code == ErrorCode::no_input);
  REQUIRE(file.make());
  CHECK(fs::status(file.path()).permissions() == fs::perms(0600));
  REQUIRE(file.append_whole_or_not_at_all(0, "one", Durably::yes));
  REQUIRE(file.append_whole_or_not_at_all(3, "two", Durably::no));
  CHECK(file.append_whole_or_not_at_all(3, "x", Durably::no).error().code == ErrorCode::bad_data);
  CHECK(text_of(file.path()) == "onetwo");
}

TEST_CASE("a held file is what its name leads to, whatever was open before") {
  const TemporaryFolder folder;
  HeldFile file(folder.path() / "file", HeldFile::Access::read_and_write);
  REQUIRE(file.make());
  REQUIRE(file.overwrite_start("before", Durably::no));
  CHECK(file.holds("before"));
  CHECK_FALSE(file.holds("befor"));
  CHECK_FALSE(file.holds("before "));

  std::ofstream(folder.path() / "new") << "behind";
  fs::rename(folder.path() / "new", file.path());
  CHECK(file.holds("behind"));
  REQUIRE(file.overwrite_start("B", Durably::no));
  CHECK(text_of(file.path()) == "Behind");
  REQUIRE(file.make());
  CHECK(fs::status(file.path()).permissions() == fs::perms(0600));

  fs::rename(file.path(), folder.path() / "elsewhere");
  fs::create_symlink("elsewhere", file.path());
  CHECK_FALSE(file.holds("Behind"));
  CHECK_FALSE(file.overwrite_start("x", Durably::no));
  fs::remove(file.path());
  REQUIRE(file.overwrite_start("x", Durably::no));
  CHECK(text_of(file.path()) == "x");
  CHECK(text_of(folder.path() / "elsewhere") == "Behind");
}
