// SPDX-License-Identifier: MPL-2.0
#include "people/store_writing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "address/utf8.hpp"
#include "document/time_text.hpp"
#include "people/store_facts.hpp"
#include "people/store_reading.hpp"

namespace recipient_guard {
namespace {

double decay(std::int64_t seconds) {
  return std::exp2(-static_cast<double>(std::max<std::int64_t>(seconds, 0)) /
                   static_cast<double>(group_half_life_days * seconds_a_day));
}

std::string as_text(const std::vector<std::int64_t>& members) {
  std::string text;
  for (const std::int64_t member : members) {
    if (!text.empty()) {
      text += ',';
    }
    text += std::to_string(member);
  }
  return text;
}

/// A name worth keeping: text, not too long, and not the address itself.
bool is_worth_keeping(const std::string& name, const Mailbox& mailbox) {
  return !name.empty() && name.size() <= max_kept_name_octets && is_utf8(name) &&
         name != mailbox.text();
}

Result<std::optional<std::int64_t>> first_integer(Database::Query& query) {
  const Result<bool> row = query.step();
  if (!row) {
    return row.error();
  }
  return *row ? std::optional(query.integer(0)) : std::nullopt;
}

}  // namespace

Result<StoreWriter> StoreWriter::begin(Database& database) {
  StoreWriter writer(database);
  const auto position = read_position(database);
  if (!position) {
    return position.error();
  }
  writer.change_ = position->change + 1;
  return writer;
}

Result<Done> StoreWriter::finish() {
  auto change = database_->query("UPDATE meta SET value = ? WHERE name = 'change'");
  if (const auto done = change.bind(change_).execute(); !done || !took_away_) {
    return done;
  }
  const auto done = database_->run("UPDATE meta SET value = value + 1 WHERE name = 'epoch'");
  if (!done || !forgot_) {
    return done;
  }
  return database_->run("UPDATE meta SET value = 1 WHERE name = 'compaction_due'");
}

Result<std::int64_t> StoreWriter::write_to(const WrittenTo& to, std::int64_t time) {
  const bool overridden = to.sending == Sending::overridden;
  auto query = database_->query(
      "INSERT INTO contacts (key, address, messages, overridden, first, last, known_from, change)"
      " VALUES (?1, ?2, 1, ?3, ?4, ?4, ?5, ?6)"
      " ON CONFLICT (key) DO UPDATE SET messages = messages + 1, overridden = overridden + ?3,"
      " first = min(ifnull(first, ?4), ?4), last = max(ifnull(last, ?4), ?4),"
      " known_from = min(ifnull(known_from, ?5), ?5), change = ?6 RETURNING id");
  query.bind(to.mailbox.key()).bind(to.mailbox.text()).bind(std::int64_t{overridden ? 1 : 0});
  query.bind(time).bind(day_of(time) + (overridden ? 1 : 0)).bind(change_);
  const auto id = first_integer(query);
  if (!id) {
    return id.error();
  }
  const auto ended = query.execute();
  if (!ended) {
    return ended.error();
  }
  return id->value_or(0);
}

Result<Done> StoreWriter::add_name(std::int64_t contact, const std::string& name,
                                   std::int64_t time) {
  auto query = database_->query(
      "INSERT INTO names (contact, name, messages, last) VALUES (?1, ?2, 1, ?3)"
      " ON CONFLICT (contact, name) DO UPDATE SET messages = messages + 1, last = max(last, ?3)");
  if (const auto done = query.bind(contact).bind(name).bind(time).execute(); !done) {
    return done.error();
  }
  auto oldest = database_->query(
      "DELETE FROM names WHERE contact = ?1 AND name IN (SELECT name FROM names WHERE contact = ?1"
      " ORDER BY last DESC, name LIMIT -1 OFFSET ?2)");
  return oldest.bind(contact).bind(std::int64_t{People::most_names_of_contact}).execute();
}

Result<Done> StoreWriter::put_group(const std::string& members, std::int64_t messages,
                                    double weight, std::int64_t last) {
  std::int64_t id = 0;
  {
    auto known =
        database_->query("SELECT id, messages, weight, last FROM groups WHERE members = ?");
    known.bind(members);
    const Result<bool> row = known.step();
    if (!row) {
      return row.error();
    }
    if (*row) {
      const std::int64_t known_last = known.integer(3);
      const std::int64_t latest = std::max(known_last, last);
      id = known.integer(0);
      messages += known.integer(1);
      weight = weight * decay(latest - last) + known.real(2) * decay(latest - known_last);
      last = latest;
    }
  }
  if (id != 0) {
    auto update = database_->query(
        "UPDATE groups SET messages = ?, weight = ?, last = ?, change = ? WHERE id = ?");
    return update.bind(messages).bind(weight).bind(last).bind(change_).bind(id).execute();
  }
  auto insert = database_->query(
      "INSERT INTO groups (members, messages, weight, last, change) VALUES (?, ?, ?, ?, ?)"
      " RETURNING id");
  insert.bind(members).bind(messages).bind(weight).bind(last).bind(change_);
  const auto made = first_integer(insert);
  if (!made) {
    return made.error();
  }
  if (const auto done = insert.execute(); !done) {
    return done.error();
  }
  for (const std::int64_t member : members_of_row(members)) {
    auto link = database_->query("INSERT INTO group_members (contact, grouping) VALUES (?, ?)");
    if (const auto done = link.bind(member).bind(made->value_or(0)).execute(); !done) {
      return done.error();
    }
  }
  return Done{};
}

Result<Done> StoreWriter::add_group(std::vector<std::int64_t> members, std::int64_t time) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members.size() < 2 ? Result<Done>(Done{}) : put_group(as_text(members), 1, 1.0, time);
}

Result<Done> StoreWriter::add_answered(const Mailbox& author, std::int64_t time) {
  auto query = database_->query(
      "INSERT INTO contacts (key, address, answered, answered_last, change)"
      " VALUES (?1, ?2, 1, ?3, ?4) ON CONFLICT (key) DO UPDATE SET answered = answered + 1,"
      " answered_last = max(ifnull(answered_last, ?3), ?3), change = ?4");
  return query.bind(author.key()).bind(author.text()).bind(time).bind(change_).execute();
}

Result<Done> StoreWriter::add_trusted(const Trusted& trusted) {
  if (const auto* const mailbox = std::get_if<Mailbox>(&trusted.entry.of)) {
    // Trusted twice: the first time holds.
    auto query = database_->query(
        "INSERT INTO contacts (key, address, trusted, trusted_from, change)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key) DO UPDATE SET"
        " trusted_from = iif(trusted IS NULL, ?4, trusted_from), trusted = ifnull(trusted, ?3),"
        " change = ?5");
    query.bind(mailbox->key()).bind(mailbox->text()).bind(trusted.time);
    return query.bind(trusted.source).bind(change_).execute();
  }
  auto query = database_->query(
      "INSERT OR IGNORE INTO trusted_domains (domain, time, source, change) VALUES (?, ?, ?, ?)");
  query.bind(std::get<DomainName>(trusted.entry.of).text()).bind(trusted.time);
  return query.bind(trusted.source).bind(change_).execute();
}

Result<Done> StoreWriter::add(const Facts& facts) {
  idle_ = false;
  std::vector<std::int64_t> company;
  const auto together = company_of(facts);
  for (const WrittenTo& to : facts.written_to) {
    const auto id = write_to(to, facts.time);
    if (!id) {
      return id.error();
    }
    if (std::find(together.begin(), together.end(), &to) != together.end()) {
      company.push_back(*id);
    }
    // A name beside an address that was questioned and sent to all the same proves nothing.
    if (to.sending == Sending::right && is_worth_keeping(to.name, to.mailbox)) {
      if (const auto done = add_name(*id, to.name, facts.time); !done) {
        return done.error();
      }
    }
  }
  if (const auto done = add_group(std::move(company), facts.time); !done) {
    return done.error();
  }
  for (const Mailbox& author : facts.answered) {
    if (const auto done = add_answered(author, facts.time); !done) {
      return done.error();
    }
  }
  for (const SettledQuestion& question : facts.settled) {
    auto query = database_->query(
        "INSERT OR IGNORE INTO settled (reason, subject, time, change) VALUES (?, ?, ?, ?)");
    query.bind(question.reason).bind(question.subject).bind(facts.time).bind(change_);
    if (const auto done = query.execute(); !done) {
      return done.error();
    }
  }
  for (const Trusted& trusted : facts.trusted) {
    if (const auto done = add_trusted(trusted); !done) {
      return done.error();
    }
  }
  return Done{};
}

Result<std::int64_t> StoreWriter::add_trusted(std::span<const Trusted> entries) {
  idle_ = false;
  const auto before = read_count_of_trusted(*database_);
  for (const Trusted& trusted : entries) {
    if (const auto done = add_trusted(trusted); !done) {
      return done.error();
    }
  }
  const auto after = read_count_of_trusted(*database_);
  if (!before || !after) {
    return before ? after.error() : before.error();
  }
  return *after - *before;
}

}  // namespace recipient_guard
