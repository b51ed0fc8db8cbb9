// SPDX-License-Identifier: MPL-2.0
#include "people/store_database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <thread>
#include <utility>

#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

constexpr std::chrono::microseconds shortest_pause{500};
constexpr std::chrono::microseconds longest_pause{4000};

// secure_delete: what is forgotten leaves no octets behind. temp_store: no file beside ours.
// cell_size_check: damage is found before it is believed.
constexpr const char* settings =
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
    "PRAGMA cache_size=-1024; PRAGMA mmap_size=0;";
constexpr const char* settings_of_a_writer =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;";

}  // namespace

Database::Database(std::filesystem::path file, Access access)
    : file_(std::move(file)), access_(access), dice_(std::random_device()()) {}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) {
    sqlite3_finalize(statement);
  }
  sqlite3_close(connection_);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Access access) {
  std::unique_ptr<Database> database(new Database(file, access));
  database->set_deadline(std::chrono::steady_clock::now() + store_patience);
  const auto connected = database->connect();
  if (!connected && database->left_half_written_ && access == Access::read_only) {
    // A host was killed in the middle of a change: who may write takes that back, then we read.
    if (const auto mended = open(file, Access::read_write); !mended) {
      return mended.error();
    }
    return open(file, access);
  }
  // A damaged one is given back, for the caller to ask is_damaged() and to set the file aside.
  if (!connected && !database->seems_damaged_) {
    return connected.error();
  }
  return Result<std::unique_ptr<Database>>(std::move(database));
}

Result<Done> Database::connect() {
  const int mode = can_write() ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  const int opened = sqlite3_open_v2(
      file_.c_str(), &connection_,
      mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, nullptr);
  if (opened != SQLITE_OK) {
    return error_of(opened);
  }
  sqlite3_busy_handler(
      connection_,
      [](void* self, int attempt) { return static_cast<Database*>(self)->wait(attempt); }, this);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(connection_, SQLITE_LIMIT_ATTACHED, 1);  // VACUUM attaches its own
  if (const auto done = run(settings); !done) {
    return done.error();
  }
  if (can_write()) {
    if (const auto done = run(settings_of_a_writer); !done) {
      return done.error();
    }
  }
  // The first look at the file itself.
  return run("SELECT count(*) FROM sqlite_schema");
}

/// SQLite's own handler waits up to 100 ms at a time and in step with other waiters; this one waits
/// a little, at random, and never beyond the deadline.
int Database::wait(int) {
  const auto now = std::chrono::steady_clock::now();
  if (now >= deadline_) {
    return 0;
  }
  std::uniform_int_distribution<std::int64_t> pauses(shortest_pause.count(), longest_pause.count());
  const auto pause = std::chrono::microseconds(pauses(dice_));
  std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(pause, deadline_ - now));
  return 1;
}

Error Database::error_of(int code) {
  const int primary = code & 0xFF;
  const std::string name = file_.string() + ": ";
  switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::busy, name + "another program holds it"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      seems_damaged_ = true;
      return {ErrorCode::store_unavailable, name + "is damaged"};
    case SQLITE_FULL:
      return {ErrorCode::store_unavailable, name + "the disk is full"};
    case SQLITE_READONLY:
      moved_ = moved_ || code == SQLITE_READONLY_DBMOVED;
      left_half_written_ = left_half_written_ || code == SQLITE_READONLY_ROLLBACK;
      return {ErrorCode::store_unavailable,
              name + "cannot be written; is the file system read-only?"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::store_unavailable,
              why_closed(file_).value_or(
                  name + "cannot be opened: " +
                  std::generic_category().message(sqlite3_system_errno(connection_)))};
    default:
      break;
  }
  return {ErrorCode::store_unavailable, name + sqlite3_errstr(code)};
}

Result<Done> Database::run(const char* sql) {
  const int code = sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return error_of(code);
  }
  return Done{};
}

Result<bool> Database::looks_sound() {
  Query query = this->query("PRAGMA quick_check(1)");
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  return *row && query.text(0) == "ok";
}

bool Database::can_be_read() {
  sqlite3_file* file = nullptr;
  sqlite3_int64 size = 0;
  int code = sqlite3_file_control(connection_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || file == nullptr || file->pMethods == nullptr) {
    return false;
  }
  code = file->pMethods->xFileSize(file, &size);
  std::array<char, 64 * 1024> part{};
  const auto whole = static_cast<sqlite3_int64>(part.size());
  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += whole) {
    const auto octets = static_cast<int>(std::min(whole, size - at));
    code = file->pMethods->xRead(file, part.data(), octets, at);
  }
  return code == SQLITE_OK;
}

bool Database::is_damaged() {
  if (!seems_damaged_ || !can_be_read()) {
    return false;
  }
  seems_damaged_ = false;
  const auto sound = looks_sound();
  return sound ? !*sound : seems_damaged_;
}

Result<Done> Database::check() {
  const auto sound = looks_sound();
  if (!sound) {
    return sound.error();
  }
  return *sound ? Result<Done>(Done{}) : error_of(SQLITE_CORRUPT);
}

Result<std::int64_t> Database::data_version() {
  return number("PRAGMA data_version");
}

Result<std::int64_t> Database::number(const char* sql) {
  Query query = this->query(sql);
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  return *row ? query.integer(0) : 0;
}

Database::Query Database::query(const char* sql) {
  auto& statement = statements_[sql];
  if (statement == nullptr) {
    const int code =
        sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(sql);
      return Query(*this, nullptr, error_of(code));
    }
  }
  if (sqlite3_stmt_busy(statement) != 0) {
    return Query(*this, nullptr, Error{ErrorCode::internal, "a statement is used twice at a time"});
  }
  sqlite3_reset(statement);
  return Query(*this, statement, std::nullopt);
}

Database::Query::Query(Database& database, sqlite3_stmt* statement, std::optional<Error> error)
    : database_(&database), statement_(statement), error_(std::move(error)) {}

Database::Query::Query(Query&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      error_(std::move(other.error_)),
      next_parameter_(other.next_parameter_) {}

Database::Query::~Query() {
  if (statement_ != nullptr) {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
}

/// A value that could not be bound: the first step tells.
void Database::Query::note(int code) {
  if (code != SQLITE_OK && !error_) {
    error_ = database_->error_of(code);
  }
}

Database::Query& Database::Query::bind(std::int64_t value) {
  note(sqlite3_bind_int64(statement_, next_parameter_++, value));
  return *this;
}

Database::Query& Database::Query::bind(double value) {
  note(sqlite3_bind_double(statement_, next_parameter_++, value));
  return *this;
}

Database::Query& Database::Query::bind(std::string_view text) {
  // Copied: statements outlive the text. An empty view must not become NULL.
  note(sqlite3_bind_text64(statement_, next_parameter_++, text.empty() ? "" : text.data(),
                           text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Result<bool> Database::Query::step() {
  if (error_) {
    return *error_;
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW || code == SQLITE_DONE) {
    return code == SQLITE_ROW;
  }
  return database_->error_of(code);
}

Result<Done> Database::Query::execute() {
  for (;;) {
    const Result<bool> row = step();
    if (!row) {
      return row.error();
    }
    if (!*row) {
      return Done{};
    }
  }
}

std::int64_t Database::Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Database::Query::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view Database::Query::text(int column) const {
  const auto* const text = sqlite3_column_text(statement_, column);
  if (text == nullptr) {
    return {};
  }
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Database::Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Transaction::~Transaction() {
  if (open_) {
    static_cast<void>(database_.run("ROLLBACK"));
  }
}

Result<Done> Database::Transaction::begin_writing() {
  const auto begun = database_.run("BEGIN EXCLUSIVE");
  open_ = static_cast<bool>(begun);
  return begun;
}

Result<Done> Database::Transaction::begin_reading() {
  const auto begun = database_.run("BEGIN");
  open_ = static_cast<bool>(begun);
  return begun;
}

Result<Done> Database::Transaction::commit() {
  const auto committed = database_.run("COMMIT");
  if (committed) {
    open_ = false;
  }
  return committed;
}

}  // namespace recipient_guard
