// SPDX-License-Identifier: MPL-2.0
#include "people/store.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "document/time_text.hpp"
#include "people/store_writing.hpp"
#include "system/files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "people.sqlite";

StoreDeadline deadline_from_now() {
  return std::chrono::steady_clock::now() + store_patience;
}

/// Waits by trying again: a mutex with a clock of its own is unknown to ThreadSanitizer, and turns
/// are seldom contended. Not held where the deadline came first.
std::unique_lock<std::mutex> take_turn(std::mutex& mutex, StoreDeadline deadline) {
  constexpr std::chrono::microseconds pause{200};
  std::unique_lock lock(mutex, std::try_to_lock);
  while (!lock && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(pause);
    static_cast<void>(lock.try_lock());
  }
  return lock;
}

Error another_thread_works() {
  return {ErrorCode::busy, "another change to your contacts is just being written"};
}

}  // namespace

PeopleStore::PeopleStore(Options options)
    : options_(std::move(options)),
      file_(options_.folder / file_name),
      current_(std::make_shared<Snapshot>()) {
  // Not looked through for damage yet: the first answer does not wait for that.
  const std::unique_lock lock(working_);
  static_cast<void>(make_ready(IfMissing::leave_it));
}

PeopleStore::~PeopleStore() = default;

fs::path PeopleStore::file() const {
  return file_;
}

std::shared_ptr<PeopleStore::Snapshot> PeopleStore::current() const {
  const std::lock_guard lock(telling_);
  return current_;
}

PeopleStore::Reading PeopleStore::read() const {
  return Reading(current());
}

std::optional<Error> PeopleStore::error() const {
  const std::lock_guard lock(telling_);
  return error_;
}

void PeopleStore::tell(std::optional<Error> error) {
  const std::lock_guard lock(telling_);
  error_ = std::move(error);
}

void PeopleStore::publish(std::shared_ptr<Snapshot> snapshot) {
  const std::lock_guard lock(telling_);
  current_.swap(snapshot);
}

std::vector<std::string> PeopleStore::remarks() const {
  std::vector<std::string> remarks;
  for (const fs::path& file : files_set_aside()) {
    if (!file.string().ends_with("-journal")) {
      remarks.push_back(file.string() +
                        ": your contacts as they stood when they were found damaged");
    }
  }
  return remarks;
}

void PeopleStore::refresh() {
  const auto deadline = deadline_from_now();
  const auto lock = take_turn(working_, deadline);
  if (!lock) {
    return;
  }
  if (database_) {
    database_->set_deadline(deadline);
  }
  if (!make_ready(IfMissing::leave_it)) {
    return;
  }
  if (database_) {
    database_->set_deadline(deadline);
    const auto sound = unchecked_ ? database_->check() : Done{};
    unchecked_ = unchecked_ && !sound;
    if (const auto done = sound ? catch_up() : sound; !done) {
      failed(done.error());
      return;
    }
  }
  tell(std::nullopt);
}

/// What a change has to say, and what is new in the file by it and by others before it; nothing of
/// that where all must be read anew.
template <typename Value>
struct Written {
  Value value;
  StorePosition position;
  std::optional<KeptRows> news;
};

template <typename Value, typename Change>
Result<Written<Value>> write(Database& database, const StorePosition& seen, Change& change) {
  Database::Transaction transaction(database);
  if (const auto begun = transaction.begin_writing(); !begun) {
    return begun.error();
  }
  auto writer = StoreWriter::begin(database);
  if (!writer) {
    return writer.error();
  }
  Result<Value> value = change(*writer);
  if (!value) {
    return value.error();
  }
  if (writer->idle()) {
    return Written<Value>{std::move(*value), seen, KeptRows()};
  }
  if (const auto done = writer->finish(); !done) {
    return done.error();
  }
  const auto position = read_position(database);
  if (!position) {
    return position.error();
  }
  // Read before the commit: once that is done, nothing may fail any more.
  Written<Value> written{std::move(*value), *position, std::nullopt};
  if (position->epoch == seen.epoch) {
    const auto read = read_facts(database, seen.change, written.news.emplace());
    if (!read) {
      return read.error();
    }
  }
  if (const auto done = transaction.commit(); !done) {
    return done.error();
  }
  return written;
}

template <typename Value, typename Change>
Result<Value> PeopleStore::change(IfMissing if_missing, Change change) {
  const auto deadline = deadline_from_now();
  const auto lock = take_turn(working_, deadline);
  if (!lock) {
    return another_thread_works();
  }
  if (const auto ready = make_ready(if_missing); !ready) {
    return ready.error();
  }
  if (!database_) {
    return Value{};  // nothing is kept, so there is nothing to take away
  }
  if (options_.access == Database::Access::read_only) {
    return Error{ErrorCode::store_unavailable, file_.string() + ": is only looked at here"};
  }
  database_->set_deadline(deadline);
  const auto written = write<Value>(*database_, seen_, change);
  if (!written) {
    const bool is_of_store = written.error().code == ErrorCode::store_unavailable;
    return is_of_store ? failed(written.error()) : written.error();
  }
  if (written->news) {
    take_in(*written->news, written->position);
  } else if (const auto done = load(); !done) {
    data_version_ = -1;  // it is written, and the next refresh() takes it in
  }
  tell(std::nullopt);
  return written->value;
}

template <typename Value, typename Look>
Result<Value> PeopleStore::look(Look look) {
  const auto deadline = deadline_from_now();
  const auto lock = take_turn(working_, deadline);
  if (!lock) {
    return another_thread_works();
  }
  if (const auto ready = make_ready(IfMissing::leave_it); !ready) {
    return ready.error();
  }
  if (!database_) {
    return Value{};
  }
  database_->set_deadline(deadline);
  Result<Value> value = [&]() -> Result<Value> {
    Database::Transaction transaction(*database_);
    if (const auto begun = transaction.begin_reading(); !begun) {
      return begun.error();
    }
    return look(*database_);
  }();
  if (!value && value.error().code != ErrorCode::busy) {
    return failed(value.error());
  }
  return value;
}

Result<Done> PeopleStore::add(std::span<const Facts> facts, const BeforeCommit& before_commit) {
  if (std::all_of(facts.begin(), facts.end(), [](const Facts& one) { return one.empty(); })) {
    return before_commit ? before_commit() : Done{};
  }
  return change<Done>(IfMissing::make_it, [&](StoreWriter& writer) -> Result<Done> {
    for (const Facts& one : facts) {
      if (const auto done = writer.add(one); !done) {
        return done.error();
      }
    }
    return before_commit ? before_commit() : Done{};
  });
}

Result<std::int64_t> PeopleStore::add_trusted(std::span<const Trusted> entries) {
  if (entries.empty()) {
    return 0;
  }
  return change<std::int64_t>(IfMissing::make_it,
                              [&](StoreWriter& writer) { return writer.add_trusted(entries); });
}

Result<std::optional<Trusted>> PeopleStore::remove_trust(const TrustEntry& entry) {
  return change<std::optional<Trusted>>(
      IfMissing::leave_it, [&](StoreWriter& writer) { return writer.remove_trust(entry); });
}

Result<Done> PeopleStore::replace_book(const std::string& source,
                                       std::span<const Mailbox> addresses) {
  const auto if_missing = addresses.empty() ? IfMissing::leave_it : IfMissing::make_it;
  return change<Done>(if_missing, [&](StoreWriter& writer) -> Result<Done> {
    const auto any = writer.replace_book(source, addresses);
    if (!any) {
      return any.error();
    }
    return Done{};
  });
}

Result<std::vector<Trusted>> PeopleStore::trusted() {
  return look<std::vector<Trusted>>([](Database& database) { return read_trusted(database); });
}

Result<std::vector<SettledSince>> PeopleStore::settled() {
  return look<std::vector<SettledSince>>([](Database& database) { return read_settled(database); });
}

Result<std::optional<Trusted>> PeopleStore::trusted_entry(const TrustEntry& entry) {
  return look<std::optional<Trusted>>(
      [&](Database& database) { return read_trusted_entry(database, entry); });
}

Result<KeptSums> PeopleStore::sums() {
  return look<KeptSums>([](Database& database) { return read_sums(database); });
}

Result<Kept> PeopleStore::show(const Mailbox& mailbox) {
  auto kept = look<Kept>([&](Database& database) { return read_kept(database, mailbox); });
  if (kept && kept->address.empty()) {
    kept->address = mailbox.text();
  }
  return kept;
}

Result<Done> PeopleStore::compact(StoreDeadline deadline) {
  const auto lock = take_turn(working_, deadline);
  if (!lock) {
    return another_thread_works();
  }
  if (!database_) {
    return Done{};
  }
  database_->set_deadline(deadline);
  const auto done = compact_if_due(*database_);
  return done || done.error().code == ErrorCode::busy ? done : failed(done.error());
}

Result<bool> PeopleStore::forget(const Mailbox& mailbox) {
  const auto any = change<bool>(IfMissing::leave_it,
                                [&](StoreWriter& writer) { return writer.forget(mailbox); });
  if (!any) {
    return any.error();
  }
  // Also where nothing was kept: an earlier try may have come to here and no further.
  const auto done = compact(deadline_from_now());
  return done ? any : Result<bool>(done.error());
}

Result<bool> PeopleStore::forget_settled(const SettledQuestion& question) {
  const auto any = change<bool>(
      IfMissing::leave_it, [&](StoreWriter& writer) { return writer.forget_settled(question); });
  if (!any) {
    return any.error();
  }
  const auto done = compact(deadline_from_now());
  return done ? any : Result<bool>(done.error());
}

Result<Done> PeopleStore::forget_everything() {
  const auto forgotten = change<Done>(
      IfMissing::leave_it, [](StoreWriter& writer) { return writer.forget_everything(); });
  const auto deadline = deadline_from_now();
  {
    const auto lock = take_turn(working_, deadline);
    if (!lock) {
      return another_thread_works();
    }
    if (!forgotten && !refused_) {
      return forgotten.error();
    }
    if (options_.access == Database::Access::read_write) {
      for (const fs::path& file : files_set_aside()) {
        if (const auto removed = remove_file(file); !removed) {
          return Error{ErrorCode::store_unavailable, removed.error().text};
        }
      }
    }
    // The damaged file was all there was: now the store may begin anew, unless it still stands
    // there.
    if (refused_ && !look_at(file_)) {
      refused_.reset();
      tell(std::nullopt);
    }
    if (refused_) {
      return *refused_;
    }
  }
  return compact(deadline);
}

Result<Done> PeopleStore::keep_days(std::int64_t days, std::int64_t now) {
  const auto any = change<bool>(IfMissing::leave_it, [&](StoreWriter& writer) {
    return writer.forget_before(now - days * seconds_a_day);
  });
  if (!any) {
    return any.error();
  }
  return *any ? compact(deadline_from_now()) : Result<Done>(Done{});
}

}  // namespace recipient_guard
