// SPDX-License-Identifier: MPL-2.0
// One connection to one SQLite file, with errors as values and a bound on every wait. Inner part of
// the people store.
//
// Rollback journal and no shared memory, since homes may lie on NFS (https://sqlite.org/wal.html,
// "Disadvantages"). A commit has synced journal, file and, with synchronous=EXTRA, the folder: with
// FULL alone the journal's removal may be undone by a power cut, and the commit with it
// (https://sqlite.org/pragma.html#pragma_synchronous).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

#include "system/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace recipient_guard {

/// How long any one operation may wait for locks, all its waits together.
inline constexpr std::chrono::milliseconds store_patience{200};

using StoreDeadline = std::chrono::steady_clock::time_point;

class Database {
 public:
  enum class Access { read_only, read_write };

  /// The file must exist. Nothing is read yet but what SQLite needs to be sure that it is a
  /// database.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Waits of what follows end here. To be set before each operation.
  void set_deadline(StoreDeadline deadline) { deadline_ = deadline; }

  /// SQL without results, one or more statements.
  Result<Done> run(const char* sql);
  /// SQLite found the file to be no database, or a damaged one. It says the same of a page that the
  /// disk did not give just now.
  bool seems_damaged() const { return seems_damaged_; }
  /// Where it seems so: whether that is found again in a file that can be read from end to end.
  /// Precondition: no transaction is open.
  bool is_damaged();
  /// The file at the path is no longer the one that is open.
  bool moved() const { return moved_; }
  bool can_write() const { return access_ == Access::read_write; }
  /// Looks through the whole file for damage; tens of milliseconds for a large one.
  Result<Done> check();
  /// Changes whenever another connection has changed the file; costs no open and no write.
  Result<std::int64_t> data_version();

  /// A statement with its values bound, stepped row by row; put back for the next use at its end.
  class Query {
   public:
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    Query& bind(std::int64_t value);
    Query& bind(double value);
    Query& bind(std::string_view text);

    /// True: a row stands ready.
    Result<bool> step();
    /// For statements without rows.
    Result<Done> execute();
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until the next step.
    std::string_view text(int column) const;
    bool is_null(int column) const;

   private:
    friend class Database;
    Query(Database& database, sqlite3_stmt* statement, std::optional<Error> error);
    void note(int code);

    Database* database_;
    sqlite3_stmt* statement_;
    std::optional<Error> error_;
    int next_parameter_ = 1;
  };

  /// `sql` is a literal: the prepared statement is kept for the next use. At most one Query of a
  /// statement lives at a time. An error is told by the first step.
  Query query(const char* sql);
  /// What a query of one number finds; 0 where it finds none.
  Result<std::int64_t> number(const char* sql);

  /// All or nothing: rolled back at its end unless committed.
  class Transaction {
   public:
    explicit Transaction(Database& database) : database_(database) {}
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Takes the file for itself at once: what is read holds until the commit, and the commit waits
    /// for nobody.
    Result<Done> begin_writing();
    /// One state of the file, whatever others commit meanwhile.
    Result<Done> begin_reading();
    /// Done: it is on disk.
    Result<Done> commit();

   private:
    Database& database_;
    bool open_ = false;
  };

 private:
  Database(std::filesystem::path file, Access access);
  Result<Done> connect();
  Result<bool> looks_sound();
  bool can_be_read();
  Error error_of(int code);
  int wait(int attempt);

  std::filesystem::path file_;
  Access access_;
  sqlite3* connection_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  StoreDeadline deadline_{};
  std::minstd_rand dice_;
  bool seems_damaged_ = false;
  bool moved_ = false;
  bool left_half_written_ = false;
};

/// Steps through `query` and gives each row to `take`.
template <typename Take>
Result<Done> each_row(Database::Query& query, Take take) {
  for (;;) {
    const Result<bool> row = query.step();
    if (!row) {
      return row.error();
    }
    if (!*row) {
      return Done{};
    }
    take(query);
  }
}

}  // namespace recipient_guard
