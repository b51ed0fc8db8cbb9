// SPDX-License-Identifier: MPL-2.0
// Files that cannot be used: damaged, newer, another program's, without rights, on a full disk.
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>

#include "fixture.hpp"
#include "people/store_schema.hpp"

using namespace store_tests;

namespace {

std::string octets_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(stream)), {});
}

std::vector<std::filesystem::path> files_aside(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().find(".damaged-") != std::string::npos) {
      files.push_back(entry.path());
    }
  }
  return files;
}

void run(const std::filesystem::path& file, const char* sql) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
  CHECK(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(connection);
}

/// While it lives one read of SQLite fails, and those behind it where it is to last.
class FailingRead {
 public:
  FailingRead(int which, bool lasting) {
    left_ = which;
    lasting_ = lasting;
    for (const char* const name : {"pread", "pread64"}) {
      vfs_->xSetSystemCall(vfs_, name, reinterpret_cast<sqlite3_syscall_ptr>(&read));
    }
  }
  ~FailingRead() {
    for (const char* const name : {"pread", "pread64"}) {
      vfs_->xSetSystemCall(vfs_, name, nullptr);
    }
  }
  FailingRead(const FailingRead&) = delete;
  FailingRead& operator=(const FailingRead&) = delete;

  bool happened() const { return left_ <= 0; }

 private:
  static ssize_t read(int descriptor, void* into, std::size_t octets, off_t at) {
    if (--left_ == 0 || (left_ < 0 && lasting_)) {
      errno = EIO;
      return -1;
    }
    return ::pread(descriptor, into, octets, at);
  }

  sqlite3_vfs* const vfs_ = sqlite3_vfs_find(nullptr);
  static inline int left_ = 0;
  static inline bool lasting_ = false;
};

std::filesystem::path filled_store(const TemporaryFolder& folder) {
  PeopleStore store(options_for(folder / "people"));
  std::vector<Facts> facts;
  for (int i = 0; i < 500; ++i) {
    facts.push_back(sent({"person" + std::to_string(i) + "@navy.mil"}));
  }
  REQUIRE(store.add(facts));
  return store.file();
}

}  // namespace

TEST_CASE("a page that cannot be read just now is no damage, whichever it is") {
  const TemporaryFolder folder;
  filled_store(folder);
  const bool lasting = GENERATE(false, true);
  bool happened = true;
  for (int which = 1; happened; ++which) {
    PeopleStore store(options_for(folder / "people"));
    {
      const FailingRead failing(which, lasting);
      store.refresh();
      happened = failing.happened();
      CHECK((store.error() || !happened || !lasting));
    }
    store.refresh();
    CHECK_FALSE(store.error());
    CHECK(knows(store, "person1@navy.mil"));
    REQUIRE(files_aside(folder / "people").empty());
    which += which / 4;
  }
}

TEST_CASE(
    "a damaged file is kept aside and said, adding is refused, and the next run begins anew") {
  const TemporaryFolder folder;
  const auto file = filled_store(folder);
  std::string text = octets_of(file);
  SECTION("no database at all") {
    text = "this is no database, whatever its name says\n";
  }
  SECTION("cut short") {
    text.resize(text.size() / 2);
  }
  SECTION("its first page gone") {
    text.replace(0, 4096, std::string(4096, '\0'));
  }
  SECTION("a page in its middle gone") {
    text.replace(3 * 4096, 4096, std::string(4096, 'x'));
  }
  std::ofstream(file, std::ios::binary) << text;
  {
    PeopleStore store(options_for(folder / "people"));
    store.refresh();
    REQUIRE(store.error());
    CHECK(store.error()->code == ErrorCode::store_unavailable);
    CHECK(store.error()->text.find("damaged") != std::string::npos);
    CHECK_FALSE(knows(store, "person1@navy.mil"));
    const auto refused = add(store, sent({"bob@navy.mil"}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::store_unavailable);
    store.refresh();
    CHECK(store.error());
    const auto aside = files_aside(folder / "people");
    REQUIRE(aside.size() == 1);
    CHECK(octets_of(aside[0]) == text);
    CHECK(store.remarks().size() == 1);
    CHECK(store.error()->text.find(aside[0].string()) != std::string::npos);
  }
  PeopleStore store(options_for(folder / "people"));
  CHECK_FALSE(store.error());
  CHECK(store.remarks().size() == 1);
  CHECK(add(store, sent({"bob@navy.mil"})));
  CHECK(octets_of(files_aside(folder / "people")[0]) == text);
}

TEST_CASE("a second damaged file does not take the place of the first") {
  const TemporaryFolder folder;
  for (int i = 0; i < 3; ++i) {
    std::filesystem::create_directories(folder / "people");
    std::ofstream(folder / "people/people.sqlite") << "no database, number " << i << '\n';
    const PeopleStore store(options_for(folder / "people"));
    CHECK(store.error());
  }
  CHECK(files_aside(folder / "people").size() == 3);
}

TEST_CASE("forgetting everything also forgets what was set aside, and the store begins anew") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "people");
  std::ofstream(folder / "people/people.sqlite") << "no database, but marker-word.zq\n";
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(store.error());
  REQUIRE(octets_stand_in(folder.path(), "marker-word.zq"));
  CHECK(store.forget_everything());
  CHECK_FALSE(octets_stand_in(folder.path(), "marker-word.zq"));
  CHECK(add(store, sent({"bob@navy.mil"})));
}

TEST_CASE("a command that only looks leaves a damaged file where it is") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "people");
  std::ofstream(folder / "people/people.sqlite") << "no database\n";
  const PeopleStore store(options_for(folder / "people", Database::Access::read_only));
  REQUIRE(store.error());
  CHECK(store.error()->code == ErrorCode::store_unavailable);
  CHECK(files_aside(folder / "people").empty());
}

TEST_CASE("a file of a newer version stays untouched, and counts as empty") {
  const TemporaryFolder folder;
  const auto file = filled_store(folder);
  run(file, "CREATE TABLE future (x); PRAGMA user_version = 999");
  const std::string before = octets_of(file);
  {
    PeopleStore store(options_for(folder / "people"));
    REQUIRE(store.error());
    CHECK(store.error()->code == ErrorCode::store_unavailable);
    CHECK(store.error()->text.find("newer version") != std::string::npos);
    CHECK_FALSE(knows(store, "person1@navy.mil"));
    CHECK_FALSE(add(store, sent({"bob@navy.mil"})));
    CHECK_FALSE(store.forget_everything());
    store.refresh();
  }
  CHECK(octets_of(file) == before);
  CHECK(files_aside(folder / "people").empty());
  run(file, ("PRAGMA user_version = " + std::to_string(store_schema_version())).c_str());
  const PeopleStore store(options_for(folder / "people"));
  CHECK(knows(store, "person1@navy.mil"));
}

TEST_CASE("a file of the version before is brought to this one, with all it holds") {
  const TemporaryFolder folder;
  const auto file = filled_store(folder);
  run(file,
      "DROP INDEX groups_by_change; DROP INDEX group_members_by_group; PRAGMA user_version = 1");
  PeopleStore store(options_for(folder / "people"));
  CHECK_FALSE(store.error());
  CHECK(knows(store, "person1@navy.mil"));
  CHECK(add(store, sent({"bob@navy.mil"})));
  CHECK(knows(store, "bob@navy.mil"));
}

TEST_CASE("a database of another program stays untouched") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "people");
  run(folder / "people/people.sqlite", "CREATE TABLE recipes (x)");
  const std::string before = octets_of(folder / "people/people.sqlite");
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(store.error());
  CHECK(store.error()->text.find("another program") != std::string::npos);
  CHECK_FALSE(add(store, sent({"bob@navy.mil"})));
  CHECK(octets_of(folder / "people/people.sqlite") == before);
}

TEST_CASE("an empty file is a store in which nothing was kept yet") {
  const TemporaryFolder folder;
  folder.write("people/people.sqlite", "");
  PeopleStore looking(options_for(folder / "people", Database::Access::read_only));
  CHECK_FALSE(looking.error());
  PeopleStore store(options_for(folder / "people"));
  CHECK_FALSE(store.error());
  CHECK(add(store, sent({"bob@navy.mil"})));
}

TEST_CASE("a store that is closed to its user is told with where and what opens it") {
  if (::geteuid() != 0) {
    WARN("only root can become somebody else; not tested");
    return;
  }
  constexpr unsigned nobody = 65534;
  const TemporaryFolder home;
  const auto folder = home / "people";
  const auto file = folder / "people.sqlite";
  {
    PeopleStore store(options_for(folder));
    REQUIRE(add(store, sent({"bob@navy.mil"})));
  }
  ::chmod(home.path().c_str(), 0755);
  const auto told = [&](Database::Access access) {
    REQUIRE(::seteuid(nobody) == 0);
    const PeopleStore store(options_for(folder, access));
    const auto error = store.error();
    REQUIRE(::seteuid(0) == 0);
    return error ? error->text : "";
  };
  const std::string of_root =
      ": belongs to user 0, not to you; if it should be yours, run as root: chown 65534 ";
  for (const auto access : {Database::Access::read_only, Database::Access::read_write}) {
    CHECK(told(access) == folder.string() + of_root + folder.string());
  }
  REQUIRE(::chown(folder.c_str(), nobody, nobody) == 0);
  for (const auto access : {Database::Access::read_only, Database::Access::read_write}) {
    CHECK(told(access) == file.string() + of_root + file.string());
  }
  REQUIRE(::chown(file.c_str(), nobody, nobody) == 0);
  ::chmod(file.c_str(), 0);
  CHECK(told(Database::Access::read_only) ==
        file.string() + ": is closed, even to you; run: chmod 600 " + file.string());
  ::chmod(folder.c_str(), 0);
  CHECK(told(Database::Access::read_only) ==
        folder.string() + ": is closed, even to you; run: chmod 700 " + folder.string());
  // A host that writes opens it by itself.
  CHECK(told(Database::Access::read_write).empty());
  CHECK(told(Database::Access::read_only).empty());
}

TEST_CASE("a folder, or something else, in the place of the file is refused") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "people/people.sqlite");
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(store.error());
  CHECK(store.error()->code == ErrorCode::store_unavailable);
  CHECK_FALSE(add(store, sent({"bob@navy.mil"})));
  const PeopleStore looking(options_for(folder / "people", Database::Access::read_only));
  REQUIRE(looking.error());
  CHECK(looking.error()->text == store.error()->text);
  CHECK(looking.error()->text.find("is no regular file; move it out of the way") !=
        std::string::npos);
  folder.write("file", "");
  PeopleStore below_a_file(options_for(folder / "file/people"));
  CHECK_FALSE(add(below_a_file, sent({"bob@navy.mil"})));
}

TEST_CASE("a change that a killed host left half written is taken back, for who only looks too") {
  for (const auto access : {Database::Access::read_only, Database::Access::read_write}) {
    const TemporaryFolder folder;
    const auto file = filled_store(folder);
    const pid_t child = ::fork();
    if (child == 0) {
      sqlite3* connection = nullptr;
      sqlite3_open(file.c_str(), &connection);
      // A cache of one page brings the change to the file before any commit.
      sqlite3_exec(connection,
                   "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
                   "UPDATE contacts SET messages = 77, address = 'x' || address",
                   nullptr, nullptr, nullptr);
      ::kill(::getpid(), SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    REQUIRE(std::filesystem::exists(file.string() + "-journal"));
    const PeopleStore store(options_for(folder / "people", access));
    CHECK_FALSE(store.error());
    CHECK(messages_to(store, "person7@navy.mil") == 1);
    CHECK(files_aside(folder / "people").empty());
  }
}

TEST_CASE("rows that were tampered with are passed over") {
  const TemporaryFolder folder;
  const auto file = filled_store(folder);
  run(file,
      "UPDATE contacts SET address = 'no address' WHERE key = 'person1@navy.mil';"
      "UPDATE contacts SET messages = -5, last = 'text' WHERE key = 'person2@navy.mil';"
      "UPDATE contacts SET messages = 99999999999 WHERE key = 'person3@navy.mil';");
  const PeopleStore store(options_for(folder / "people"));
  CHECK_FALSE(store.error());
  CHECK_FALSE(knows(store, "person1@navy.mil"));
  CHECK(messages_to(store, "person2@navy.mil") == 0);
  CHECK(messages_to(store, "person3@navy.mil") == 0xFFFFFFFFU);
  CHECK(knows(store, "person4@navy.mil"));
}

TEST_CASE("on a full disk adding is refused, what was kept stays, and with room it goes on") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "small");
  if (::mount("tmpfs", (folder / "small").c_str(), "tmpfs", 0, "size=256k") != 0) {
    WARN("no rights to mount a small disk: not tested here");
    return;
  }
  {
    PeopleStore store(options_for(folder / "small/people"));
    int kept = 0;
    Result<Done> done = Done{};
    while (kept < 10'000) {
      done =
          add(store, sent({"person" + std::to_string(kept) + std::string(40, 'x') + "@navy.mil"}));
      if (!done) {
        break;
      }
      ++kept;
    }
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::store_unavailable);
    CHECK(done.error().text.find("full") != std::string::npos);
    REQUIRE(kept > 10);
    const std::string last =
        "person" + std::to_string(kept - 1) + std::string(40, 'x') + "@navy.mil";
    CHECK(messages_to(store, last) == 1);
    PeopleStore other(options_for(folder / "small/people"));
    CHECK(messages_to(other, last) == 1);
    CHECK_FALSE(knows(other, "person" + std::to_string(kept) + std::string(40, 'x') + "@navy.mil"));
    REQUIRE(::mount("tmpfs", (folder / "small").c_str(), "tmpfs", MS_REMOUNT, "size=4m") == 0);
    CHECK(add(store, sent({"later@navy.mil"})));
    CHECK_FALSE(store.error());
  }
  ::umount((folder / "small").c_str());
}

TEST_CASE("what stands where the folder should be is told before anything is to be kept") {
  const TemporaryFolder folder;
  std::ofstream(folder / "people") << "no folder";
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(store.error());
  CHECK(store.error()->code == ErrorCode::store_unavailable);
  const auto trusted = store.trusted();
  REQUIRE_FALSE(trusted);
  CHECK(trusted.error().code == ErrorCode::store_unavailable);

  std::filesystem::remove(folder / "people");
  store.refresh();
  CHECK_FALSE(store.error());
}
