// SPDX-License-Identifier: MPL-2.0
// The half of the store's reading that counts, and looks one entry up.
#include <utility>

#include "people/store_facts.hpp"
#include "people/store_reading.hpp"

namespace recipient_guard {
namespace {

Result<std::vector<KeptBook>> read_books(Database& database) {
  std::vector<KeptBook> books;
  auto query = database.query("SELECT source, count(*) FROM books GROUP BY source ORDER BY source");
  const auto read = each_row(query, [&](const Database::Query& row) {
    books.push_back({std::string(row.text(0)), row.integer(1)});
  });
  return read ? Result<std::vector<KeptBook>>(std::move(books)) : read.error();
}

}  // namespace

Result<std::int64_t> read_count_of_trusted(Database& database) {
  return database.number(
      "SELECT (SELECT count(*) FROM contacts WHERE trusted IS NOT NULL)"
      " + (SELECT count(*) FROM trusted_domains)");
}

Result<std::optional<Trusted>> read_trusted_entry(Database& database, const TrustEntry& entry) {
  const auto* const mailbox = std::get_if<Mailbox>(&entry.of);
  auto query = database.query(
      mailbox != nullptr ? "SELECT address, trusted, trusted_from FROM contacts"
                           " WHERE key = ? AND trusted IS NOT NULL"
                         : "SELECT domain, time, source FROM trusted_domains WHERE domain = ?");
  const std::string key = mailbox != nullptr ? mailbox->key() : entry.text();
  query.bind(key);
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  if (!*row) {
    return std::optional<Trusted>();
  }
  Trusted trusted{entry, query.integer(1), std::string(query.text(2))};
  if (auto kept = mailbox != nullptr ? Mailbox::from_text(query.text(0)) : std::nullopt) {
    trusted.entry.of = std::move(*kept);
  }
  return std::optional(std::move(trusted));
}

Result<KeptSums> read_sums(Database& database) {
  KeptSums sums;
  struct Count {
    std::int64_t KeptSums::*into;
    const char* sql;
  };
  constexpr Count counts[] = {
      {&KeptSums::contacts,
       "SELECT (SELECT count(*) FROM contacts) + (SELECT count(DISTINCT key) FROM books"
       " WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.key = books.key))"},
      {&KeptSums::written_to, "SELECT count(*) FROM contacts WHERE messages > 0"},
      {&KeptSums::groups, "SELECT count(*) FROM groups"},
  };
  for (const Count& count : counts) {
    const auto found = database.number(count.sql);
    if (!found) {
      return found.error();
    }
    sums.*count.into = *found;
  }
  const auto trusted = read_count_of_trusted(database);
  auto books = read_books(database);
  auto settled = read_settled(database);
  if (!trusted || !books || !settled) {
    return !trusted ? trusted.error() : !books ? books.error() : settled.error();
  }
  sums.trusted = *trusted;
  sums.books = std::move(*books);
  sums.settled = std::move(*settled);
  auto oldest = database.query("SELECT min(first) FROM contacts WHERE first IS NOT NULL");
  const Result<bool> row = oldest.step();
  if (!row) {
    return row.error();
  }
  if (*row && !oldest.is_null(0)) {
    sums.oldest = oldest.integer(0);
  }
  return sums;
}

}  // namespace recipient_guard
