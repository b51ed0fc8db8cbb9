// SPDX-License-Identifier: MPL-2.0
#include "people/store_reading.hpp"

#include <utility>

#include "people/store_facts.hpp"

namespace recipient_guard {
namespace {

std::optional<std::int64_t> optional_integer(const Database::Query& query, int column) {
  return query.is_null(column) ? std::nullopt : std::optional(query.integer(column));
}

Result<Done> read_names(Database& database, std::int64_t contact, Kept& kept) {
  auto query = database.query(
      "SELECT name, messages, last FROM names WHERE contact = ? ORDER BY last DESC, name");
  query.bind(contact);
  return each_row(query, [&](const Database::Query& row) {
    kept.names.push_back({std::string(row.text(0)), row.integer(1), row.integer(2)});
  });
}

Result<Done> read_groups(Database& database, std::int64_t contact, Kept& kept) {
  auto query = database.query(
      "SELECT groups.id, messages, last FROM group_members JOIN groups ON grouping = groups.id"
      " WHERE contact = ? ORDER BY last DESC, groups.id");
  query.bind(contact);
  std::vector<std::int64_t> ids;
  const auto read = each_row(query, [&](const Database::Query& row) {
    ids.push_back(row.integer(0));
    kept.groups.push_back({{}, row.integer(1), row.integer(2)});
  });
  if (!read) {
    return read.error();
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto members = database.query(
        "SELECT address FROM group_members JOIN contacts ON contact = contacts.id"
        " WHERE grouping = ? AND contact <> ? ORDER BY key");
    members.bind(ids[i]).bind(contact);
    const auto done = each_row(members, [&](const Database::Query& row) {
      kept.groups[i].others.emplace_back(row.text(0));
    });
    if (!done) {
      return done.error();
    }
  }
  return Done{};
}

Result<Done> read_contact(Database& database, const std::string& key, Kept& kept) {
  auto query = database.query(
      "SELECT id, address, messages, overridden, first, last, known_from, answered, answered_last,"
      " trusted, trusted_from FROM contacts WHERE key = ?");
  query.bind(key);
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  if (!*row) {
    return Done{};
  }
  kept.address = query.text(1);
  kept.messages = query.integer(2);
  kept.overridden = query.integer(3);
  kept.first = optional_integer(query, 4);
  kept.last = optional_integer(query, 5);
  kept.known_from = optional_integer(query, 6);
  kept.answered = query.integer(7);
  kept.answered_last = optional_integer(query, 8);
  const auto mailbox = Mailbox::from_text(kept.address);
  if (mailbox && !query.is_null(9)) {
    kept.trusted = Trusted{TrustEntry{*mailbox}, query.integer(9), std::string(query.text(10))};
  }
  const std::int64_t id = query.integer(0);
  if (const auto done = read_names(database, id, kept); !done) {
    return done.error();
  }
  return read_groups(database, id, kept);
}

}  // namespace

Result<Kept> read_kept(Database& database, const Mailbox& mailbox) {
  Kept kept;
  kept.address = mailbox.text();
  const std::string key = mailbox.key();
  if (const auto done = read_contact(database, key, kept); !done) {
    return done.error();
  }
  auto questions = database.query(
      "SELECT reason, subject, time FROM settled WHERE subject = ? OR subject = ?"
      " ORDER BY time DESC, reason");
  questions.bind(key).bind(mailbox.domain.text());
  const auto settled = each_row(questions, [&](const Database::Query& row) {
    kept.settled.push_back({{std::string(row.text(0)), std::string(row.text(1))}, row.integer(2)});
  });
  if (!settled) {
    return settled.error();
  }
  auto cards = database.query("SELECT source FROM books WHERE key = ? ORDER BY source");
  cards.bind(key);
  const auto books =
      each_row(cards, [&](const Database::Query& row) { kept.books.emplace_back(row.text(0)); });
  if (!books) {
    return books.error();
  }
  return kept;
}

Result<std::vector<Trusted>> read_trusted(Database& database) {
  std::vector<Trusted> entries;
  auto addresses = database.query(
      "SELECT address, trusted, trusted_from FROM contacts WHERE trusted IS NOT NULL ORDER BY key");
  const auto read = each_row(addresses, [&](const Database::Query& row) {
    if (auto mailbox = Mailbox::from_text(row.text(0))) {
      entries.push_back(
          {TrustEntry{std::move(*mailbox)}, row.integer(1), std::string(row.text(2))});
    }
  });
  if (!read) {
    return read.error();
  }
  auto domains = database.query("SELECT domain, time, source FROM trusted_domains ORDER BY domain");
  const auto done = each_row(domains, [&](const Database::Query& row) {
    if (auto domain = DomainName::from_ascii(row.text(0))) {
      entries.push_back({TrustEntry{std::move(*domain)}, row.integer(1), std::string(row.text(2))});
    }
  });
  if (!done) {
    return done.error();
  }
  return entries;
}

Result<std::vector<SettledSince>> read_settled(Database& database) {
  std::vector<SettledSince> questions;
  auto query = database.query(
      "SELECT reason, subject, time FROM settled ORDER BY time DESC, reason, subject");
  const auto done = each_row(query, [&](const Database::Query& row) {
    questions.push_back({{std::string(row.text(0)), std::string(row.text(1))}, row.integer(2)});
  });
  if (!done) {
    return done.error();
  }
  return questions;
}

}  // namespace recipient_guard
