// SPDX-License-Identifier: MPL-2.0
#include "people/store_reading.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace recipient_guard {
namespace {

/// For a few the tables grow by themselves.
constexpr std::size_t worth_reserving = 1000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

std::optional<std::int64_t> optional_integer(const Database::Query& query, int column) {
  return query.is_null(column) ? std::nullopt : std::optional(query.integer(column));
}

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

std::uint32_t count_of(std::int64_t value) {
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(value, 0, std::numeric_limits<std::uint32_t>::max()));
}

Result<Done> read_contacts(Database& database, std::int64_t after, std::vector<Contact>& into) {
  auto query = database.query(
      "SELECT address, messages, first, last, known_from, answered, trusted,"
      " EXISTS (SELECT 1 FROM books WHERE books.key = contacts.key)"
      " FROM contacts WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    auto mailbox = mailbox_of_row(row.text(0));
    if (!mailbox) {
      return;
    }
    Contact contact{std::move(*mailbox)};
    contact.messages = count_of(row.integer(1));
    contact.first = row.integer(2);
    contact.last = row.integer(3);
    contact.known_from = row.is_null(4) ? never : row.integer(4);
    contact.answered = row.integer(5) > 0;
    contact.trusted = !row.is_null(6);
    if (row.integer(7) != 0) {
      contact.known_from = 0;  // a card makes known, whenever that is asked
    }
    into.push_back(std::move(contact));
  });
}

/// Cards of addresses of which nothing else is kept.
Result<Done> read_cards(Database& database, std::int64_t after, std::vector<Contact>& into) {
  auto query = database.query(
      "SELECT address FROM books WHERE change > ?"
      " AND NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.key = books.key)");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    if (auto mailbox = mailbox_of_row(row.text(0))) {
      Contact contact{std::move(*mailbox)};
      contact.known_from = 0;
      into.push_back(std::move(contact));
    }
  });
}

Result<Done> read_trusted_domains(Database& database, std::int64_t after,
                                  std::vector<DomainName>& into) {
  auto query = database.query("SELECT domain FROM trusted_domains WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    if (auto domain = DomainName::from_ascii(row.text(0))) {
      into.push_back(std::move(*domain));
    }
  });
}

Result<Done> read_questions(Database& database, std::int64_t after,
                            std::vector<SettledQuestion>& into) {
  auto query = database.query("SELECT reason, subject FROM settled WHERE change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    into.push_back({std::string(row.text(0)), std::string(row.text(1))});
  });
}

Result<Done> read_names_after(Database& database, std::int64_t after, std::vector<NameOf>& into) {
  auto query = database.query(
      "SELECT address, name FROM contacts JOIN names ON names.contact = contacts.id"
      " WHERE contacts.change > ?");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    if (auto mailbox = mailbox_of_row(row.text(0))) {
      into.push_back({std::move(*mailbox), std::string(row.text(1))});
    }
  });
}

Result<Done> read_groups_after(Database& database, std::int64_t after, std::vector<GroupOf>& into) {
  auto query = database.query(
      "SELECT groups.id, groups.weight, groups.last, address FROM groups"
      " JOIN group_members ON grouping = groups.id JOIN contacts ON contact = contacts.id"
      " WHERE groups.change > ? ORDER BY groups.id");
  query.bind(after);
  return each_row(query, [&](const Database::Query& row) {
    auto mailbox = mailbox_of_row(row.text(3));
    if (!mailbox) {
      return;
    }
    if (into.empty() || into.back().id != row.integer(0)) {
      into.push_back({row.integer(0), {}, row.real(1), row.integer(2)});
    }
    into.back().members.push_back(std::move(*mailbox));
  });
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
  const auto mailbox = mailbox_of_row(kept.address);
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

std::optional<Mailbox> mailbox_of_row(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  auto local = LocalPart::from_text(address.substr(0, at));
  auto domain = DomainName::from_ascii(address.substr(at + 1));
  if (!local || !domain) {
    return std::nullopt;
  }
  return Mailbox{std::move(*local), std::move(*domain)};
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

Result<StoredFacts> read_facts(Database& database, std::int64_t after_change) {
  StoredFacts facts;
  const auto position = read_position(database);
  if (!position) {
    return position.error();
  }
  facts.position = *position;
  for (const auto& done : {read_contacts(database, after_change, facts.contacts),
                           read_cards(database, after_change, facts.contacts),
                           read_trusted_domains(database, after_change, facts.trusted_domains),
                           read_questions(database, after_change, facts.settled),
                           read_names_after(database, after_change, facts.names),
                           read_groups_after(database, after_change, facts.groups)}) {
    if (!done) {
      return done.error();
    }
  }
  return facts;
}

void put(const StoredFacts& facts, People& people, const PublicSuffixes& suffixes) {
  if (facts.contacts.size() >= worth_reserving) {
    std::unordered_set<std::string_view> domains;
    for (const Contact& contact : facts.contacts) {
      domains.insert(contact.mailbox.domain.text());
    }
    people.reserve(facts.contacts.size(), domains.size());
  }
  for (const Contact& contact : facts.contacts) {
    people.put(contact, suffixes);
  }
  for (const DomainName& domain : facts.trusted_domains) {
    people.trust(domain, suffixes);
  }
  for (const SettledQuestion& question : facts.settled) {
    people.settle(question.reason, question.subject);
  }
  for (const NameOf& one : facts.names) {
    people.named(one.mailbox, one.name);
  }
  for (const GroupOf& group : facts.groups) {
    people.put_group(group.id, group.members, group.weight, group.last);
  }
}

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
    if (auto mailbox = mailbox_of_row(row.text(0))) {
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
