// SPDX-License-Identifier: MPL-2.0
#include "system/files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "../temporary_folder.hpp"

using namespace recipient_guard;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

ErrorCode error_code(const std::filesystem::path& path, std::size_t max_octets = 100) {
  const auto content = read_whole(path, max_octets);
  REQUIRE_FALSE(content);
  CHECK(content.error().text.starts_with(path.string() + ": "));
  return content.error().code;
}

std::size_t files_in(const std::filesystem::path& folder) {
  return names_in(folder, 100)->size();
}

}  // namespace

TEST_CASE("a regular file is read whole up to its bound") {
  const TemporaryFolder folder;
  const auto file = folder.write("a", std::string("x\0y\n", 4));
  const auto content = read_whole(file, 4);
  REQUIRE(content);
  CHECK(content->text == std::string("x\0y\n", 4));
  CHECK(content->look.octets == 4);
  CHECK(content->look.kind == FileKind::regular);
  CHECK(error_code(file, 3) == ErrorCode::bad_data);
  folder.write("empty", "");
  CHECK(read_whole(folder / "empty", 0)->text.empty());
}

TEST_CASE("a file larger than it says, as those of the kernel, is read whole too") {
  const auto content = read_whole("/proc/self/status", 1U << 20U);
  REQUIRE(content);
  CHECK(content->text.find("Name:") != std::string::npos);
  CHECK_FALSE(read_whole("/proc/self/status", 10));
}

TEST_CASE("what is no regular file is refused, not waited for") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(error_code(folder / "pipe") == ErrorCode::bad_data);
  CHECK(error_code(folder.path()) == ErrorCode::bad_data);
  CHECK(error_code("/dev/zero") == ErrorCode::bad_data);
}

TEST_CASE("a missing file is told apart from a forbidden one") {
  const TemporaryFolder folder;
  CHECK(error_code(folder / "gone") == ErrorCode::no_input);
  CHECK(error_code(folder / "gone/too") == ErrorCode::no_input);
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK(error_code(folder / "loop") == ErrorCode::input_output);
  if (::geteuid() != 0) {
    const auto file = folder.write("a", "x");
    ::chmod(file.c_str(), 0);
    CHECK(error_code(file) == ErrorCode::no_permission);
  }
}

TEST_CASE("a look tells every change of a file") {
  const TemporaryFolder folder;
  const auto file = folder.write("a", "x");
  const auto before = look_at(file);
  REQUIRE(before);
  CHECK(*look_at(file) == *before);
  ::chmod(file.c_str(), 0600);
  CHECK(look_at(file)->rights == 0600);
  CHECK_FALSE(*look_at(file) == *before);
  folder.write("a", "xy");
  CHECK(look_at(file)->octets == 2);
  CHECK(look_at(folder.path())->kind == FileKind::folder);
  CHECK_FALSE(look_at(folder / "gone"));
}

TEST_CASE("the names in a folder come in the order of their octets and are bounded") {
  const TemporaryFolder folder;
  for (const char* name : {"b", "B", ".c", "a10", "a9"}) {
    folder.write(name, "");
  }
  CHECK(*names_in(folder.path(), 5) == std::vector<std::string>{".c", "B", "a10", "a9", "b"});
  CHECK(names_in(folder.path(), 4).error().code == ErrorCode::bad_data);
  CHECK(names_in(folder / "gone", 5).error().code == ErrorCode::no_input);
}

TEST_CASE("rights are lax where anybody but the owners may write") {
  FileLook look;
  const auto lax = [&](std::uint32_t owner, std::uint32_t rights,
                       const std::vector<std::uint32_t>& owners) {
    look.owner = owner;
    look.group = 7;
    look.rights = rights;
    return lax_rights("/p", look, owners).value_or("");
  };
  for (const std::uint32_t good : {0644U, 0600U, 0755U, 0444U, 02755U, 0U}) {
    CHECK(lax(0, good, {0}).empty());
    CHECK(lax(1000, good, {0, 1000}).empty());
  }
  CHECK(lax(0, 0664, {0}) == "/p: can be changed by group 7; run: chmod g-w /p");
  CHECK(lax(0, 0646, {0}) == "/p: can be changed by everybody; run: chmod o-w /p");
  CHECK(lax(0, 0777, {0}) == "/p: can be changed by everybody; run: chmod go-w /p");
  CHECK(lax(1000, 0600, {0}) == "/p: belongs to user 1000, not to root; run: chown root /p");
  CHECK(lax(1001, 0600, {0, 1000}) ==
        "/p: belongs to user 1001, not to root or you; run: chown root /p");
  // A shared folder, as /tmp, is meant to be so: nobody is told to close it.
  look.kind = FileKind::folder;
  // A home is not given to root for the file in it that is read.
  CHECK(lax(1000, 0700, {0}) ==
        "/p: belongs to user 1000, not to root; run: chown root /p, or keep what is read from it "
        "elsewhere where it is that user's own");
  CHECK(lax(0, 01777, {0}) ==
        "/p: can be changed by everybody, as is meant of a shared folder; keep "
        "what is read from it elsewhere");
}

TEST_CASE("a file is written whole, with its rights, over what stood there") {
  const TemporaryFolder folder;
  const auto file = folder / "a.json";
  const mode_t before = ::umask(077);
  REQUIRE(write_whole_or_not_at_all(file, "one", 0644));
  ::umask(before);
  CHECK(content_of(file) == "one");
  CHECK(look_at(file)->rights == 0644);
  REQUIRE(write_whole_or_not_at_all(file, std::string(1'000'000, 'x'), 0600));
  CHECK(content_of(file).size() == 1'000'000);
  CHECK(look_at(file)->rights == 0600);
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a link where a file is to be written is replaced, its target untouched") {
  const TemporaryFolder folder;
  const auto target = folder.write("target", "kept");
  std::filesystem::create_symlink(target, folder / "link");
  REQUIRE(write_whole_or_not_at_all(folder / "link", "new", 0644));
  CHECK(content_of(target) == "kept");
  CHECK_FALSE(std::filesystem::is_symlink(folder / "link"));
}

TEST_CASE("where a file cannot be written nothing is left behind") {
  const TemporaryFolder folder;
  CHECK(write_whole_or_not_at_all(folder / "gone/a", "x", 0644).error().code ==
        ErrorCode::no_input);
  std::filesystem::create_directories(folder / "taken/below");
  const auto failed = write_whole_or_not_at_all(folder / "taken", "x", 0644);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::cannot_create);
  CHECK(files_in(folder.path()) == 1);
  if (::geteuid() != 0) {
    ::chmod(folder.path().c_str(), 0555);
    CHECK(write_whole_or_not_at_all(folder / "b", "x", 0644).error().code ==
          ErrorCode::no_permission);
    ::chmod(folder.path().c_str(), 0755);
  }
}

TEST_CASE("folders are made with what is missing above them") {
  const TemporaryFolder folder;
  REQUIRE(make_folders(folder / "a/b/c", 0700));
  CHECK(look_at(folder / "a/b/c")->kind == FileKind::folder);
  CHECK(look_at(folder / "a")->rights == 0700);
  REQUIRE(make_folders(folder / "a/b/c", 0700));
  REQUIRE(make_folders((folder / "a/d").string() + "/", 0700));
  folder.write("file", "");
  CHECK_FALSE(make_folders(folder / "file/a", 0700));
}

TEST_CASE("a file is removed once") {
  const TemporaryFolder folder;
  folder.write("a", "");
  CHECK(remove_file(folder / "a"));
  CHECK(remove_file(folder / "a").error().code == ErrorCode::no_input);
}
