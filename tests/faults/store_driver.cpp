// SPDX-License-Identifier: MPL-2.0
// A process that keeps people in a store and says so, made to be killed. Each line is written at
// once; what it acknowledges must be on the disk by then.
//
//   store_driver write DIR NAME COUNT [KILL_AT DELAY_US]
//       for each I below COUNT: "write I", one change, "ack I". Every tenth forgets the address of
//       the message before. During write KILL_AT it kills itself DELAY_US microseconds after its
//       beginning; with a delay below 0 when it is done, just before it is acknowledged.
//   store_driver show DIR
//       addresses on standard input; for each "ADDRESS MESSAGES GROUPS TRUSTED SETTLED NAMES"
//   store_driver look DIR COUNT
//       "begin", COUNT times what a check and the timer do, "end"
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "address/reader.hpp"
#include "people/store.hpp"

using namespace recipient_guard;

namespace {

constexpr std::int64_t monday = 1'721'642'400;

void print(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) {
    std::exit(3);
  }
}

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "store_driver: " << why << '\n';
  std::exit(2);
}

Mailbox mailbox(const std::string& text) {
  const auto read = read_address(text);
  if (!read) {
    give_up("no address: " + text);
  }
  return *read;
}

std::string address(const std::string& name, int index, char which) {
  return name + "-" + std::to_string(index) + which + "@navy.mil";
}

/// One change that is whole or not at all: three people, their company, trust and an answer.
Facts message(const std::string& name, int index) {
  Facts facts;
  facts.time = monday + index;
  for (const char which : {'a', 'b', 'c'}) {
    facts.written_to.push_back({mailbox(address(name, index, which)), "Person", Sending::right});
  }
  facts.trusted.push_back({TrustEntry{mailbox(address(name, index, 'b'))}, monday, "settings"});
  facts.settled.push_back({"lookalike-address", address(name, index, 'c')});
  return facts;
}

bool forgets(int index) {
  return index % 10 == 9;
}

Result<Done> change(PeopleStore& store, const std::string& name, int index) {
  if (forgets(index)) {
    const auto gone = store.forget(mailbox(address(name, index - 1, 'a')));
    return gone ? Result<Done>(Done{}) : gone.error();
  }
  const Facts facts = message(name, index);
  return store.add(std::span(&facts, 1));
}

void kill_self() {
  ::kill(::getpid(), SIGKILL);
}

int write_people(PeopleStore& store, const std::string& name, int count, int kill_at,
                 long delay_us) {
  for (int index = 0; index < count; ++index) {
    print("write " + std::to_string(index));
    if (index == kill_at && delay_us >= 0) {
      std::thread([delay_us] {
        std::this_thread::sleep_for(std::chrono::microseconds(delay_us));
        kill_self();
      }).detach();
    }
    for (;;) {
      const auto done = change(store, name, index);
      if (done) {
        break;
      }
      if (done.error().code != ErrorCode::busy) {
        give_up(done.error().text);
      }
    }
    if (index == kill_at && delay_us < 0) {
      kill_self();
    }
    print("ack " + std::to_string(index));
  }
  return 0;
}

int show(PeopleStore& store) {
  // The other process of this round may be writing.
  for (int tries = 0; store.error() && store.error()->code == ErrorCode::busy && tries < 50;
       ++tries) {
    store.refresh();
  }
  if (const auto error = store.error()) {
    give_up(error->text);
  }
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto kept = store.show(mailbox(line));
    if (!kept) {
      give_up(kept.error().text);
    }
    print(line + " " + std::to_string(kept->messages) + " " + std::to_string(kept->groups.size()) +
          " " + (kept->trusted ? "1" : "0") + " " + std::to_string(kept->settled.size()) + " " +
          std::to_string(kept->names.size()));
  }
  return 0;
}

int look(PeopleStore& store, int count) {
  store.refresh();
  print("begin");
  std::size_t known = 0;
  for (int i = 0; i < count; ++i) {
    store.refresh();
    const auto reading = store.read();
    known += reading.people().contact(mailbox("somebody@navy.mil")) != nullptr ? 1 : 0;
  }
  print("end");
  return known == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> words(values + 1, values + count);
  if (words.size() < 2) {
    give_up("see the head of its source");
  }
  PeopleStore store(
      {words[1], Database::Access::read_write, std::make_shared<const PublicSuffixes>()});
  if (words[0] == "write" && words.size() >= 4) {
    const bool killed = words.size() >= 6;
    return write_people(store, words[2], std::stoi(words[3]), killed ? std::stoi(words[4]) : -1,
                        killed ? std::stol(words[5]) : 0);
  }
  if (words[0] == "show") {
    return show(store);
  }
  if (words[0] == "look" && words.size() == 3) {
    return look(store, std::stoi(words[2]));
  }
  give_up("see the head of its source");
}
