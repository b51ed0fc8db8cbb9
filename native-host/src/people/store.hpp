// SPDX-License-Identifier: MPL-2.0
// The lasting store of the user's people: one SQLite file, people.sqlite, in a folder of the user's
// own. The judge reads a snapshot in memory and never waits for a disk; whatever is said to be done
// here is on disk.
//
// Threads: every function may be called from any thread. read() waits for nothing but another
// thread's few microseconds in memory. All others look at the disk and are for a thread of their
// own, off the checking path; among themselves they take turns. None waits longer than
// store_patience for a lock, of another thread or another process; then the answer is `busy`,
// nothing was changed, and asking again may succeed. Beyond that they take as long as the disk
// does.
//
// Errors: busy; store_unavailable where the store cannot be read or written (damaged, of a newer
// version, no rights, disk full), with the reason in words. A store that cannot be read counts as
// empty, which is the stricter side, and what should be added is refused.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "people/facts.hpp"
#include "people/people.hpp"
#include "people/store_database.hpp"
#include "people/store_facts.hpp"
#include "people/store_reading.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// What has to succeed for facts to hold.
using BeforeCommit = std::function<Result<Done>()>;

class PeopleStore {
 public:
  struct Options {
    std::filesystem::path folder;
    /// read_only for a command that only looks: it makes neither folder nor file.
    Database::Access access = Database::Access::read_write;
    std::shared_ptr<const PublicSuffixes> suffixes;  ///< must be given
  };

  /// Reads what is there, so that read() and error() tell of it. Neither folder nor file is made
  /// before something is to be kept.
  explicit PeopleStore(Options options);
  ~PeopleStore();
  PeopleStore(const PeopleStore&) = delete;
  PeopleStore& operator=(const PeopleStore&) = delete;

  /// The people as they are now; they stay so while the Reading lives. Keep it for one judgement.
  class Reading;
  Reading read() const;

  /// Why the store is not in use: what stands in read() is empty or old, and adding is refused.
  std::optional<Error> error() const;
  /// What the user should know though the store works: files that were set aside as damaged.
  std::vector<std::string> remarks() const;
  std::filesystem::path file() const;

  /// Looks whether another host has written and takes it in; opens a store that could not be opened
  /// before. Without news it costs a few microseconds. To be called twice a second.
  void refresh();

  /// All of `facts`, or, where an error comes back, none of them: one sync for all. `before_commit`
  /// is called once no lock has to be waited for any more; its error is answered as it is.
  Result<Done> add(std::span<const Facts> facts, const BeforeCommit& before_commit = {});
  /// How many of them were not trusted before; those that were keep their time and source.
  Result<std::int64_t> add_trusted(std::span<const Trusted> entries);
  /// What was there, to be given to add() again for an undo; nothing where it was not trusted.
  Result<std::optional<Trusted>> remove_trust(const TrustEntry& entry);
  /// What the address book `source` holds now; what it no longer holds is no longer known by it.
  Result<Done> replace_book(const std::string& source, std::span<const Mailbox> addresses);

  Result<std::vector<Trusted>> trusted();
  /// Nothing where it is not trusted.
  Result<std::optional<Trusted>> trusted_entry(const TrustEntry& entry);
  Result<std::vector<SettledSince>> settled();
  Result<KeptSums> sums();
  Result<Kept> show(const Mailbox& mailbox);

  /// Gone for good: no octet of it is left in the store's files. False: nothing was kept. Files set
  /// aside as damaged are not looked into; remarks() tells of them.
  Result<bool> forget(const Mailbox& mailbox);
  Result<bool> forget_settled(const SettledQuestion& question);
  /// Everything, settled questions, trust and files set aside too.
  Result<Done> forget_everything();
  /// Forgets whom the user has not written to for so many days; trust and settled questions stay.
  Result<Done> keep_days(std::int64_t days, std::int64_t now);

 private:
  struct Snapshot {
    People people;
    mutable std::shared_mutex mutex;  // shared: judgements; alone: a few facts being taken in
  };
  enum class IfMissing { make_it, leave_it };

  template <typename Value, typename Change>
  Result<Value> change(IfMissing if_missing, Change change);
  template <typename Value, typename Look>
  Result<Value> look(Look look);
  Result<Done> make_ready(IfMissing if_missing);
  Result<Done> open(IfMissing if_missing);
  Result<Done> catch_up();
  Result<Done> load();
  Result<Done> compact(StoreDeadline deadline);
  Error failed(Error error);
  void close();
  void keep_damaged_aside();
  bool replaced_on_disk() const;
  void take_in(const KeptRows& news, const StorePosition& position);
  void publish(std::shared_ptr<Snapshot> snapshot);
  void tell(std::optional<Error> error);
  std::shared_ptr<Snapshot> current() const;
  std::vector<std::filesystem::path> files_set_aside() const;

  const Options options_;
  const std::filesystem::path file_;

  mutable std::mutex telling_;  // guards the two below; held for moments
  std::shared_ptr<Snapshot> current_;
  std::optional<Error> error_;

  std::mutex working_;  // guards all below; held while the disk works
  std::unique_ptr<Database>
      database_;              // null where there is no file (yet), or none that can be used
  std::uint64_t device_ = 0;  // of the file that is open
  std::uint64_t number_ = 0;
  std::int64_t data_version_ = 0;
  bool unchecked_ = false;        // what was read was not looked through for damage yet
  StorePosition seen_;            // what current_ holds
  std::optional<Error> refused_;  // the file was found damaged: nothing is added in this run
};

/// To be let go on the thread that asked for it.
class PeopleStore::Reading {
 public:
  const People& people() const { return snapshot_->people; }

 private:
  friend class PeopleStore;
  explicit Reading(std::shared_ptr<const Snapshot> snapshot)
      : snapshot_(std::move(snapshot)), lock_(snapshot_->mutex) {}

  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_lock<std::shared_mutex> lock_;
};

}  // namespace recipient_guard
