// SPDX-License-Identifier: MPL-2.0
#include "people/store_facts.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace recipient_guard {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

std::uint32_t count_of(std::int64_t value) {
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(value, 0, std::numeric_limits<std::uint32_t>::max()));
}

Result<Done> read_contacts(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query(
      "SELECT address, messages, known_from, answered, trusted, id"
      " FROM contacts WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    auto mailbox = Mailbox::from_text(row.text(0));
    if (!mailbox) {
      return;
    }
    Contact contact{std::move(*mailbox)};
    contact.messages = count_of(row.integer(1));
    contact.known_from = row.is_null(2) ? never : row.integer(2);
    contact.answered = row.integer(3) > 0;
    contact.trusted = !row.is_null(4);
    taker.take(ContactRow{row.integer(5), std::move(contact)});
  });
}

Result<Done> read_cards(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query("SELECT address FROM books WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    if (auto mailbox = Mailbox::from_text(row.text(0))) {
      taker.take(CardRow{std::move(*mailbox)});
    }
  });
}

Result<Done> read_trusted_domains(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query("SELECT domain FROM trusted_domains WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    if (auto domain = DomainName::from_ascii(row.text(0))) {
      taker.take(TrustedDomainRow{std::move(*domain)});
    }
  });
}

Result<Done> read_questions(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query("SELECT reason, subject FROM settled WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    taker.take(SettledQuestion{std::string(row.text(0)), std::string(row.text(1))});
  });
}

Result<Done> read_names(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query(
      "SELECT id, name FROM contacts JOIN names ON names.contact = contacts.id"
      " WHERE contacts.change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    taker.take(NameRow{row.integer(0), std::string(row.text(1))});
  });
}

Result<Done> read_groups(Database& database, std::int64_t after, RowTaker& taker) {
  auto query = database.query("SELECT id, members, weight, last FROM groups WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    taker.take(GroupRow{row.integer(0), members_of_row(row.text(1)), row.real(2), row.integer(3)});
  });
}

}  // namespace

std::vector<std::int64_t> members_of_row(std::string_view members) {
  std::vector<std::int64_t> ids;
  while (!members.empty()) {
    std::int64_t id = 0;
    std::from_chars(members.data(), members.data() + members.size(), id);
    ids.push_back(id);
    const std::size_t comma = members.find(',');
    members.remove_prefix(comma == std::string_view::npos ? members.size() : comma + 1);
  }
  return ids;
}

Result<StorePosition> read_position(Database& database) {
  auto query = database.query(
      "SELECT (SELECT value FROM meta WHERE name = 'change'),"
      " (SELECT value FROM meta WHERE name = 'epoch')");
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  return StorePosition{query.integer(0), query.integer(1)};
}

Result<std::int64_t> read_count_of_contacts(Database& database) {
  return database.number("SELECT count(*) FROM contacts");
}

Result<StorePosition> read_facts(Database& database, std::int64_t after_change, RowTaker& taker) {
  for (const auto read :
       {read_contacts, read_cards, read_trusted_domains, read_questions, read_names, read_groups}) {
    if (const auto done = read(database, after_change, taker); !done) {
      return done.error();
    }
  }
  return read_position(database);
}

void PeopleFilling::take(ContactRow row) {
  people_.put(row.id, row.contact, suffixes_);
}

void PeopleFilling::take(CardRow row) {
  people_.put_card(row.mailbox, suffixes_);
}

void PeopleFilling::take(TrustedDomainRow row) {
  people_.trust(row.domain, suffixes_);
}

void PeopleFilling::take(SettledQuestion row) {
  people_.settle(row.reason, row.subject);
}

void PeopleFilling::take(NameRow row) {
  people_.put_name(row.contact, row.name);
}

void PeopleFilling::take(GroupRow row) {
  people_.put_group(row.id, row.members, row.weight, row.last);
}

void KeptRows::give_to(RowTaker& taker) const {
  const auto give = [&](const auto& rows) {
    for (const auto& row : rows) {
      taker.take(row);
    }
  };
  give(contacts_);
  give(cards_);
  give(trusted_domains_);
  give(settled_);
  give(names_);
  give(groups_);
}

}  // namespace recipient_guard
