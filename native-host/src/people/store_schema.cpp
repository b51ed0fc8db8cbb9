// SPDX-License-Identifier: MPL-2.0
#include "people/store_schema.hpp"

#include <array>
#include <string>

namespace recipient_guard {
namespace {

constexpr std::int64_t our_application = 0x52475065;  // "RGPe": https://sqlite.org/pragma.html

// Only addresses, names, counts and times; never a subject, never a text (docs/PRIVACY).
// `change` numbers the transaction that wrote a row last, so that another host finds what is new;
// `epoch` in meta counts those that took something away, after which all is read anew.
constexpr const char* version_1 = R"(
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('change', 0), ('epoch', 0), ('compaction_due', 0);
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,              -- what all spellings of the address have in common
  address TEXT NOT NULL,                 -- as typed when it was first met
  messages INTEGER NOT NULL DEFAULT 0,   -- sent to it
  overridden INTEGER NOT NULL DEFAULT 0, -- of them, left questioned without "it is right"
  first INTEGER, last INTEGER,           -- Unix seconds of the first and the last of them
  known_from INTEGER,                    -- days since 1970; null while never written to
  answered INTEGER NOT NULL DEFAULT 0,   -- mails from it that were answered
  answered_last INTEGER,
  trusted INTEGER, trusted_from TEXT,    -- when, and from where; null where not
  change INTEGER NOT NULL);
CREATE INDEX contacts_by_change ON contacts (change);
CREATE TABLE trusted_domains (
  domain TEXT PRIMARY KEY, time INTEGER NOT NULL, source TEXT NOT NULL,
  change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE names (                     -- shown beside the address
  contact INTEGER NOT NULL, name TEXT NOT NULL,
  messages INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (contact, name)) WITHOUT ROWID;
CREATE TABLE groups (                    -- written to in one message
  id INTEGER PRIMARY KEY,
  members TEXT NOT NULL UNIQUE,          -- ids of contacts in rising order: 3,17,204
  messages INTEGER NOT NULL,
  weight REAL NOT NULL,                  -- messages, each halved every half-life, as of `last`
  last INTEGER NOT NULL,
  change INTEGER NOT NULL);
CREATE TABLE group_members (
  contact INTEGER NOT NULL, grouping INTEGER NOT NULL,
  PRIMARY KEY (contact, grouping)) WITHOUT ROWID;
CREATE TABLE settled (
  reason TEXT NOT NULL, subject TEXT NOT NULL, time INTEGER NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (reason, subject)) WITHOUT ROWID;
CREATE TABLE books (                     -- address books, read only: known while the card stands
  source TEXT NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE INDEX books_by_key ON books (key);
)";

// Groups are read by what is new in them, as contacts are; by member they are found to be shown.
constexpr const char* version_2 = R"(
CREATE INDEX groups_by_change ON groups (change);
CREATE INDEX group_members_by_group ON group_members (grouping);
)";

constexpr std::array migrations{version_1, version_2};

Error not_ours(const std::string& what) {
  return {ErrorCode::store_unavailable, what};
}

/// Precondition: the write lock, or one state by begin_reading().
Result<std::int64_t> version_of(Database& database) {
  const auto application = database.number("PRAGMA application_id");
  const auto version = database.number("PRAGMA user_version");
  const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
  for (const auto* const read : {&application, &version, &tables}) {
    if (!*read) {
      return read->error();
    }
  }
  if (*application != our_application && (*application != 0 || *version != 0 || *tables != 0)) {
    return not_ours("the file people.sqlite is a database of another program");
  }
  if (*version > store_schema_version()) {
    return not_ours("your contacts were written by a newer version of Recipient Guard (format " +
                    std::to_string(*version) + ", this one knows " +
                    std::to_string(store_schema_version()) + "); update it");
  }
  return *version;
}

}  // namespace

int store_schema_version() {
  return static_cast<int>(migrations.size());
}

Result<SchemaState> prepare_schema(Database& database) {
  Database::Transaction look(database);
  if (const auto begun = look.begin_reading(); !begun) {
    return begun.error();
  }
  const auto found = version_of(database);
  if (!found) {
    return found.error();
  }
  if (const auto done = look.commit(); !done) {
    return done.error();
  }
  if (*found == store_schema_version()) {
    return SchemaState::ready;
  }
  if (!database.can_write()) {
    return *found == 0 ? Result<SchemaState>(SchemaState::empty)
                       : Result<SchemaState>(not_ours(
                             "your contacts were written by an older version of Recipient Guard; "
                             "start Thunderbird once to bring them up to date"));
  }
  // Looked at again under the lock: another host may just be doing the same.
  Database::Transaction writing(database);
  if (const auto begun = writing.begin_writing(); !begun) {
    return begun.error();
  }
  const auto version = version_of(database);
  if (!version) {
    return version.error();
  }
  for (auto next = static_cast<std::size_t>(*version); next < migrations.size(); ++next) {
    if (const auto done = database.run(migrations[next]); !done) {
      return done.error();
    }
  }
  const std::string stamp = "PRAGMA application_id=" + std::to_string(our_application) +
                            "; PRAGMA user_version=" + std::to_string(migrations.size());
  if (const auto done = database.run(stamp.c_str()); !done) {
    return done.error();
  }
  if (const auto done = writing.commit(); !done) {
    return done.error();
  }
  return SchemaState::ready;
}

}  // namespace recipient_guard
