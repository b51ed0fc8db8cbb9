// SPDX-License-Identifier: MPL-2.0
#include "people/store.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>

#include "people/store_schema.hpp"
#include "people/store_writing.hpp"
#include "system/files.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "people.sqlite";
constexpr std::string_view aside_mark = "people.sqlite.damaged-";
constexpr std::size_t max_names_in_folder = 10'000;
constexpr int most_set_aside_in_a_second = 100;
/// More facts than these are taken into a copy, so that no judgement waits for them.
constexpr std::size_t few_contacts = 2000;

StoreDeadline deadline_from_now() {
  return std::chrono::steady_clock::now() + store_patience;
}

Error another_thread_works() {
  return {ErrorCode::busy, "another change to your contacts is just being written"};
}

/// 20261125T034058Z
std::string time_stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
#if defined(_WIN32)
  gmtime_s(&utc, &now);
#else
  gmtime_r(&now, &utc);
#endif
  char text[32] = {};
  std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc);
  return text;
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

std::vector<fs::path> PeopleStore::files_set_aside() const {
  std::vector<fs::path> files;
  if (const auto names = names_in(options_.folder, max_names_in_folder)) {
    for (const std::string& name : *names) {
      if (name.starts_with(aside_mark)) {
        files.push_back(options_.folder / name);
      }
    }
  }
  return files;
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

void PeopleStore::close() {
  database_.reset();
  seen_ = {};
}

/// What a failure means for what is held. To be told to the caller as it comes back.
Error PeopleStore::failed(Error error) {
  if (database_ && database_->damaged()) {
    keep_damaged_aside();
    error = *refused_;
  } else if (database_ && database_->moved()) {
    close();
  }
  tell(error);
  return error;
}

void PeopleStore::keep_damaged_aside() {
  close();
  publish(std::make_shared<Snapshot>());
  refused_ = Error{ErrorCode::store_unavailable, file_.string() + ": is damaged"};
  if (options_.access == Database::Access::read_only) {
    return;
  }
  const std::string stamp = time_stamp();
  for (int attempt = 1; attempt <= most_set_aside_in_a_second; ++attempt) {
    const fs::path aside = options_.folder / (std::string(aside_mark) + stamp +
                                              (attempt > 1 ? "." + std::to_string(attempt) : ""));
    const auto moved = set_aside(file_, aside);
    if (!moved && moved.error().code == ErrorCode::cannot_create) {
      continue;
    }
    if (moved) {
      // A journal left behind would be played into the next file of that name.
      static_cast<void>(set_aside(file_.string() + "-journal", aside.string() + "-journal"));
      refused_->text += "; it was kept as " + aside.string() +
                        ", and new contacts are kept again once Thunderbird is started anew";
    }
    return;
  }
}

bool PeopleStore::replaced_on_disk() const {
  const auto look = look_at(file_);
  return !look || look->device != device_ || look->number != number_;
}

Result<Done> PeopleStore::open(IfMissing if_missing) {
  const auto look = look_at(file_);
  const bool missing = !look && look.error().code == ErrorCode::no_input;
  if (missing && if_missing == IfMissing::leave_it) {
    return Done{};
  }
  const bool writes = options_.access == Database::Access::read_write;
  if (!writes && if_missing == IfMissing::make_it) {
    return Error{ErrorCode::store_unavailable, file_.string() + ": is only looked at here"};
  }
  if (writes) {
    for (const auto& made : {make_private_folder(options_.folder), make_private_file(file_)}) {
      if (!made) {
        return Error{ErrorCode::store_unavailable, made.error().text};
      }
    }
  }
  auto opened = Database::open(file_, options_.access);
  if (!opened) {
    return opened.error();
  }
  database_ = std::move(*opened);
  if (database_->damaged()) {
    return Error{ErrorCode::store_unavailable, file_.string() + ": is damaged"};
  }
  const auto now_there = look_at(file_);
  if (!now_there) {
    return Error{ErrorCode::store_unavailable, now_there.error().text};
  }
  device_ = now_there->device;
  number_ = now_there->number;
  const auto schema = prepare_schema(*database_);
  if (!schema) {
    return schema.error();
  }
  if (*schema == SchemaState::empty) {
    database_.reset();
    return Done{};
  }
  if (writes) {
    static_cast<void>(compact_if_due(*database_));  // a forgetting that was broken off
  }
  const auto loaded = load();
  unchecked_ = writes && loaded;
  return loaded;
}

/// Afterwards database_ is open, or null where there is no file.
Result<Done> PeopleStore::make_ready(IfMissing if_missing) {
  if (refused_) {
    return *refused_;
  }
  if (database_ && replaced_on_disk()) {
    close();
    publish(std::make_shared<Snapshot>());
  }
  if (database_) {
    return Done{};
  }
  const auto opened = open(if_missing);
  if (!opened) {
    const Error error = failed(opened.error());
    if (database_) {
      close();
      publish(std::make_shared<Snapshot>());
    }
    return error;
  }
  return Done{};
}

/// All of it, into a snapshot of its own.
Result<Done> PeopleStore::load() {
  const auto version = database_->data_version();
  if (!version) {
    return version.error();
  }
  Database::Transaction transaction(*database_);
  if (const auto begun = transaction.begin_reading(); !begun) {
    return begun.error();
  }
  const auto facts = read_facts(*database_, 0);
  if (!facts) {
    return facts.error();
  }
  if (const auto done = transaction.commit(); !done) {
    return done.error();
  }
  auto snapshot = std::make_shared<Snapshot>();
  put(*facts, snapshot->people, *options_.suffixes);
  publish(std::move(snapshot));
  seen_ = facts->position;
  data_version_ = *version;
  return Done{};
}

void PeopleStore::take_in(const StoredFacts& facts) {
  const auto snapshot = current();
  std::unique_lock lock(snapshot->mutex, std::defer_lock);
  if (facts.contacts.size() <= few_contacts && lock.try_lock()) {
    put(facts, snapshot->people, *options_.suffixes);
  } else {
    // A judgement goes on: it keeps what it sees, the next one sees the copy.
    auto copy = std::make_shared<Snapshot>();
    {
      const std::shared_lock reading(snapshot->mutex);
      copy->people = snapshot->people;
    }
    put(facts, copy->people, *options_.suffixes);
    publish(std::move(copy));
  }
  seen_ = facts.position;
}

/// What other hosts wrote since.
Result<Done> PeopleStore::catch_up() {
  const auto version = database_->data_version();
  if (!version) {
    return version.error();
  }
  if (*version == data_version_) {
    return Done{};
  }
  Database::Transaction transaction(*database_);
  if (const auto begun = transaction.begin_reading(); !begun) {
    return begun.error();
  }
  const auto position = read_position(*database_);
  if (!position) {
    return position.error();
  }
  if (position->epoch != seen_.epoch) {
    if (const auto done = transaction.commit(); !done) {
      return done.error();
    }
    return load();
  }
  const auto facts = read_facts(*database_, seen_.change);
  if (!facts) {
    return facts.error();
  }
  if (const auto done = transaction.commit(); !done) {
    return done.error();
  }
  if (facts->position.change != seen_.change) {
    take_in(*facts);
  }
  data_version_ = *version;
  return Done{};
}

void PeopleStore::refresh() {
  const auto deadline = deadline_from_now();
  const std::unique_lock lock(working_, deadline);
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
    const auto sound = std::exchange(unchecked_, false) ? database_->check() : Done{};
    if (const auto done = sound ? catch_up() : sound; !done) {
      failed(done.error());
      return;
    }
  }
  tell(std::nullopt);
}

template <typename Value, typename Change>
Result<Value> PeopleStore::change(IfMissing if_missing, Change change) {
  const auto deadline = deadline_from_now();
  const std::unique_lock lock(working_, deadline);
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
  // Named apart from the lock, so that a roll back comes before what failed() does.
  const auto written = [&]() -> Result<std::pair<Value, std::optional<StoredFacts>>> {
    Database::Transaction transaction(*database_);
    if (const auto begun = transaction.begin_writing(); !begun) {
      return begun.error();
    }
    auto writer = StoreWriter::begin(*database_);
    if (!writer) {
      return writer.error();
    }
    Result<Value> value = change(*writer);
    if (!value) {
      return value.error();
    }
    if (writer->idle()) {
      return std::pair(std::move(*value), std::optional<StoredFacts>(StoredFacts{seen_, {}, {}, {}}));
    }
    if (const auto done = writer->finish(); !done) {
      return done.error();
    }
    const auto position = read_position(*database_);
    if (!position) {
      return position.error();
    }
    // Read before the commit: once that is done, nothing may fail any more.
    std::optional<StoredFacts> news;
    if (position->epoch == seen_.epoch) {
      auto facts = read_facts(*database_, seen_.change);
      if (!facts) {
        return facts.error();
      }
      news = std::move(*facts);
    }
    if (const auto done = transaction.commit(); !done) {
      return done.error();
    }
    return std::pair(std::move(*value), std::move(news));
  }();
  if (!written) {
    return written.error().code == ErrorCode::busy ? written.error() : failed(written.error());
  }
  if (written->second) {
    take_in(*written->second);
  } else if (const auto done = load(); !done) {
    data_version_ = -1;  // it is written, and the next refresh() takes it in
  }
  tell(std::nullopt);
  return written->first;
}

template <typename Value, typename Look>
Result<Value> PeopleStore::look(Look look) {
  const auto deadline = deadline_from_now();
  const std::unique_lock lock(working_, deadline);
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

Result<Done> PeopleStore::add(std::span<const Facts> facts) {
  if (std::all_of(facts.begin(), facts.end(), [](const Facts& one) { return one.empty(); })) {
    return Done{};
  }
  return change<Done>(IfMissing::make_it, [&](StoreWriter& writer) -> Result<Done> {
    for (const Facts& one : facts) {
      if (const auto done = writer.add(one); !done) {
        return done.error();
      }
    }
    return Done{};
  });
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

Result<Kept> PeopleStore::show(const Mailbox& mailbox) {
  auto kept = look<Kept>([&](Database& database) { return read_kept(database, mailbox); });
  if (kept && kept->address.empty()) {
    kept->address = mailbox.text();
  }
  return kept;
}

Result<Done> PeopleStore::compact(StoreDeadline deadline) {
  const std::unique_lock lock(working_, deadline);
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
    const std::unique_lock lock(working_, deadline);
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
  constexpr std::int64_t seconds_a_day = 86400;
  const auto any = change<bool>(IfMissing::leave_it, [&](StoreWriter& writer) {
    return writer.forget_before(now - days * seconds_a_day);
  });
  if (!any) {
    return any.error();
  }
  return *any ? compact(deadline_from_now()) : Result<Done>(Done{});
}

}  // namespace recipient_guard
