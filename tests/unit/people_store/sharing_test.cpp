// SPDX-License-Identifier: MPL-2.0
// Two hosts on one store, threads in one host, and a host that holds the lock and never lets go.
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "fixture.hpp"

using namespace store_tests;

namespace {

using Clock = std::chrono::steady_clock;

/// Another process that takes a lock and is stopped while it holds it.
class StoppedHolder {
 public:
  StoppedHolder(const std::filesystem::path& file, const char* taking) {
    const std::string path = file.string();
    pid_ = ::fork();
    if (pid_ == 0) {
      sqlite3* connection = nullptr;
      sqlite3_open(path.c_str(), &connection);
      const bool taken = sqlite3_exec(connection, taking, nullptr, nullptr, nullptr) == SQLITE_OK;
      if (taken) {
        ::raise(SIGSTOP);
      }
      ::_exit(taken ? 0 : 1);
    }
    int status = 0;
    ::waitpid(pid_, &status, WUNTRACED);
    stopped_ = WIFSTOPPED(status);
  }
  ~StoppedHolder() { let_go(); }
  StoppedHolder(const StoppedHolder&) = delete;
  StoppedHolder& operator=(const StoppedHolder&) = delete;

  bool stopped() const { return stopped_; }
  void let_go() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
      pid_ = 0;
    }
  }

 private:
  pid_t pid_ = 0;
  bool stopped_ = false;
};

constexpr auto patience_and_a_little = store_patience + std::chrono::milliseconds(150);

}  // namespace

TEST_CASE("of entries that two stores trust each is counted by the one that was first") {
  const TemporaryFolder folder;
  PeopleStore one(options_for(folder / "people"));
  PeopleStore other(options_for(folder / "people"));
  const auto entry = [](std::string_view text) { return trusting(text).trusted.front(); };
  CHECK(*one.add_trusted(std::vector{entry("bob@navy.mil"), entry("navy.mil")}) == 2);
  CHECK(*other.add_trusted(std::vector{entry("bob@navy.mil"), entry("eve@navy.mil")}) == 1);
  CHECK(*one.add_trusted({}) == 0);
  CHECK(other.trusted()->size() == 3);
}

TEST_CASE("what one host learns, forgets or trusts the other knows after its next look") {
  const TemporaryFolder folder;
  PeopleStore one(options_for(folder / "people"));
  PeopleStore other(options_for(folder / "people"));
  REQUIRE(add(one, sent({"bob@navy.mil"})));
  CHECK_FALSE(knows(other, "bob@navy.mil"));
  other.refresh();
  CHECK(knows(other, "bob@navy.mil"));
  REQUIRE(add(other, sent({"bob@navy.mil"}, monday + day)));
  REQUIRE(add(other, trusting("eve@navy.mil")));
  one.refresh();
  CHECK(messages_to(one, "bob@navy.mil") == 2);
  CHECK(one.read().people().trusts(mailbox("eve@navy.mil")));
  REQUIRE(one.remove_trust(*TrustEntry::read("eve@navy.mil", *suffixes())));
  REQUIRE(*one.forget(mailbox("bob@navy.mil")));
  other.refresh();
  CHECK_FALSE(other.read().people().trusts(mailbox("eve@navy.mil")));
  CHECK_FALSE(knows(other, "bob@navy.mil"));
}

TEST_CASE("a host that writes takes in what the other wrote before, without a look") {
  const TemporaryFolder folder;
  PeopleStore one(options_for(folder / "people"));
  PeopleStore other(options_for(folder / "people"));
  REQUIRE(add(one, sent({"bob@navy.mil"})));
  REQUIRE(add(other, sent({"eve@navy.mil"})));
  CHECK(knows(other, "bob@navy.mil"));
  CHECK(knows(other, "eve@navy.mil"));
  REQUIRE(*one.forget(mailbox("eve@navy.mil")));
  REQUIRE(add(other, sent({"carol@navy.mil"})));
  CHECK_FALSE(knows(other, "eve@navy.mil"));
  CHECK(knows(other, "carol@navy.mil"));
}

TEST_CASE("where a stopped process holds the lock the answer is busy within 200 ms") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"})));
  for (const char* taking : {"BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"}) {
    CAPTURE(taking);
    StoppedHolder holder(store.file(), taking);
    REQUIRE(holder.stopped());
    const auto began = Clock::now();
    const auto refused = add(store, sent({"eve@navy.mil"}));
    const auto waited = Clock::now() - began;
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::busy);
    CHECK(traits_of(refused.error().code).retry);
    CHECK(waited >= store_patience);
    CHECK(waited < patience_and_a_little);
    // Judging goes on with what is known.
    CHECK(knows(store, "bob@navy.mil"));
    CHECK_FALSE(knows(store, "eve@navy.mil"));
    holder.let_go();
    CHECK(add(store, sent({"eve@navy.mil"})));
    REQUIRE(*store.forget(mailbox("eve@navy.mil")));
  }
}

TEST_CASE("a reader that was stopped delays a change, and then it is busy") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"})));
  StoppedHolder holder(store.file(), "BEGIN; SELECT count(*) FROM contacts");
  REQUIRE(holder.stopped());
  const auto refused = add(store, sent({"eve@navy.mil"}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::busy);
  holder.let_go();
  CHECK(add(store, sent({"eve@navy.mil"})));
  CHECK(messages_to(store, "eve@navy.mil") == 1);
}

TEST_CASE("a host started while another is stopped with the lock is empty, and mends itself") {
  const TemporaryFolder folder;
  {
    PeopleStore store(options_for(folder / "people"));
    REQUIRE(add(store, sent({"bob@navy.mil"})));
  }
  StoppedHolder holder(folder / "people/people.sqlite", "BEGIN EXCLUSIVE");
  REQUIRE(holder.stopped());
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(store.error());
  CHECK(store.error()->code == ErrorCode::busy);
  CHECK_FALSE(knows(store, "bob@navy.mil"));
  holder.let_go();
  store.refresh();
  CHECK_FALSE(store.error());
  CHECK(knows(store, "bob@navy.mil"));
}

TEST_CASE("eight writers on four stores lose nothing, and nobody waits over 200 ms for a lock") {
  const TemporaryFolder folder;
  constexpr int writers = 8;
  constexpr int messages = 25;
  {
    PeopleStore store(options_for(folder / "people"));
    REQUIRE(add(store, sent({"first@navy.mil"})));
  }
  std::vector<std::unique_ptr<PeopleStore>> stores;
  for (int i = 0; i < writers / 2; ++i) {
    stores.push_back(std::make_unique<PeopleStore>(options_for(folder / "people")));
  }
  std::atomic<int> unexpected{0};
  std::atomic<int> late{0};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      PeopleStore& store = *stores[static_cast<std::size_t>(writer / 2)];
      const std::string own = "writer" + std::to_string(writer) + "@navy.mil";
      for (int i = 0; i < messages; ++i) {
        for (;;) {
          const auto began = Clock::now();
          const auto done = add(store, sent({own, "shared@navy.mil"}, monday + i));
          if (Clock::now() - began > std::chrono::seconds(2)) {
            ++late;
          }
          if (done) {
            break;
          }
          unexpected += done.error().code == ErrorCode::busy ? 0 : 1;
          if (unexpected > 0) {
            return;
          }
        }
      }
    });
  }
  std::thread reader([&] {
    for (int i = 0; i < 200; ++i) {
      const auto reading = stores[0]->read();
      static_cast<void>(reading.people().contact(mailbox("shared@navy.mil")));
    }
  });
  for (auto& thread : threads) {
    thread.join();
  }
  reader.join();
  CHECK(unexpected == 0);
  CHECK(late == 0);
  for (auto& store : stores) {
    store->refresh();
    CHECK(messages_to(*store, "shared@navy.mil") == writers * messages);
    CHECK(messages_to(*store, "writer3@navy.mil") == messages);
  }
}

TEST_CASE("a judgement that is going on holds up no change, and does not see it") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"})));
  const auto reading = store.read();
  REQUIRE(add(store, sent({"bob@navy.mil", "eve@navy.mil"})));
  CHECK(reading.people().contact(mailbox("bob@navy.mil"))->messages == 1);
  CHECK(reading.people().contact(mailbox("eve@navy.mil")) == nullptr);
  CHECK(messages_to(store, "bob@navy.mil") == 2);
}

TEST_CASE("a file put in the place of the open one is taken instead") {
  const TemporaryFolder folder;
  PeopleStore store(options_for(folder / "people"));
  REQUIRE(add(store, sent({"bob@navy.mil"})));
  {
    PeopleStore backup(options_for(folder / "backup"));
    REQUIRE(add(backup, sent({"eve@navy.mil"})));
  }
  std::filesystem::rename(folder / "backup/people.sqlite", store.file());
  store.refresh();
  CHECK(knows(store, "eve@navy.mil"));
  CHECK_FALSE(knows(store, "bob@navy.mil"));
  std::filesystem::remove(store.file());
  REQUIRE(add(store, sent({"carol@navy.mil"})));
  CHECK(knows(store, "carol@navy.mil"));
  CHECK_FALSE(knows(store, "eve@navy.mil"));
}
