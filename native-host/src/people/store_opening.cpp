// SPDX-License-Identifier: MPL-2.0
// The half of PeopleStore that opens the file, reads it, and says what a failure means. All of it
// runs under `working_`.
#include <ctime>
#include <string_view>
#include <utility>

#include "people/store.hpp"
#include "people/store_schema.hpp"
#include "people/store_writing.hpp"
#include "system/files.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view aside_mark = "people.sqlite.damaged-";
constexpr std::size_t max_names_in_folder = 10'000;
constexpr int most_set_aside_in_a_second = 100;
/// More facts than these are taken into a copy, so that no judgement waits for them.
constexpr std::size_t few_contacts = 2000;

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

void PeopleStore::close() {
  database_.reset();
  seen_ = {};
}

/// What a failure means for what is held. To be told to the caller as it comes back.
Error PeopleStore::failed(Error error) {
  if (database_ && database_->seems_damaged()) {
    if (database_->is_damaged()) {
      keep_damaged_aside();
      error = *refused_;
    } else {
      error.text = file_.string() + ": cannot be read";
      close();
    }
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

bool PeopleStore::replaced_on_disk() const {
  const auto look = look_at(file_);
  return !look || look->device != device_ || look->number != number_;
}

Result<Done> PeopleStore::open(IfMissing if_missing) {
  const auto look = look_at(file_);
  const bool missing = !look && look.error().code == ErrorCode::no_input;
  const bool writes = options_.access == Database::Access::read_write;
  if (missing && if_missing == IfMissing::leave_it) {
    const auto place = writes ? look_for_private_folder(options_.folder) : Done{};
    return place ? place : Error{ErrorCode::store_unavailable, place.error().text};
  }
  if (look && look->kind != FileKind::regular) {
    return Error{ErrorCode::store_unavailable,
                 file_.string() + ": is no regular file; move it out of the way"};
  }
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
  if (database_->seems_damaged()) {
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
  const auto contacts = read_count_of_contacts(*database_);
  if (!contacts) {
    return contacts.error();
  }
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->people.reserve(static_cast<std::size_t>(*contacts));
  PeopleFilling filling(snapshot->people, *options_.suffixes);
  const auto position = read_facts(*database_, 0, filling);
  if (!position) {
    return position.error();
  }
  if (const auto done = transaction.commit(); !done) {
    return done.error();
  }
  publish(std::move(snapshot));
  seen_ = *position;
  data_version_ = *version;
  return Done{};
}

void PeopleStore::take_in(const KeptRows& news, const StorePosition& position) {
  const auto snapshot = current();
  const auto fill = [&](People& people) {
    PeopleFilling filling(people, *options_.suffixes);
    news.give_to(filling);
  };
  std::unique_lock lock(snapshot->mutex, std::defer_lock);
  if (news.count_of_contacts() <= few_contacts && lock.try_lock()) {
    fill(snapshot->people);
  } else {
    // A judgement goes on: it keeps what it sees, the next one sees the copy.
    auto copy = std::make_shared<Snapshot>();
    {
      const std::shared_lock reading(snapshot->mutex);
      copy->people = snapshot->people;
    }
    fill(copy->people);
    publish(std::move(copy));
  }
  seen_ = position;
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
  KeptRows news;
  const auto read = read_facts(*database_, seen_.change, news);
  if (!read) {
    return read.error();
  }
  if (const auto done = transaction.commit(); !done) {
    return done.error();
  }
  if (read->change != seen_.change) {
    take_in(news, *read);
  }
  data_version_ = *version;
  return Done{};
}

}  // namespace recipient_guard
