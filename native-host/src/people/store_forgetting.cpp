// SPDX-License-Identifier: MPL-2.0
// The half of StoreWriter that takes away.
#include <set>
#include <utility>

#include "people/store_reading.hpp"
#include "people/store_writing.hpp"

namespace recipient_guard {
namespace {

/// The rows of `query`, each as its first two columns.
struct IdAndText {
  std::int64_t id = 0;
  std::string text;
};

Result<std::vector<IdAndText>> rows_of(Database::Query& query) {
  std::vector<IdAndText> rows;
  const auto read = each_row(query, [&](const Database::Query& row) {
    rows.push_back({row.integer(0), std::string(row.text(1))});
  });
  return read ? Result<std::vector<IdAndText>>(std::move(rows)) : read.error();
}

/// `members` without `contact`; the texts hold numbers and commas alone.
std::string without(const std::string& members, std::int64_t contact) {
  std::string padded = "," + members + ",";
  const std::string wanted = "," + std::to_string(contact) + ",";
  const std::size_t at = padded.find(wanted);
  if (at == std::string::npos) {
    return members;
  }
  padded.replace(at, wanted.size(), ",");
  return padded.size() <= 2 ? std::string() : padded.substr(1, padded.size() - 2);
}

/// Runs statements that each take one number.
Result<Done> run_each(Database& database, std::int64_t value,
                      std::initializer_list<const char*> statements) {
  for (const char* const sql : statements) {
    auto query = database.query(sql);
    if (const auto done = query.bind(value).execute(); !done) {
      return done.error();
    }
  }
  return Done{};
}

}  // namespace

Result<std::optional<Trusted>> StoreWriter::remove_trust(const TrustEntry& entry) {
  const auto* const mailbox = std::get_if<Mailbox>(&entry.of);
  const std::string key = mailbox != nullptr ? mailbox->key() : entry.text();
  auto found = read_trusted_entry(*database_, entry);
  if (!found || !*found) {
    return found;
  }
  const std::optional<Trusted> was = std::move(*found);
  took_away();
  if (mailbox == nullptr) {
    auto query = database_->query("DELETE FROM trusted_domains WHERE domain = ?");
    const auto done = query.bind(key).execute();
    return done ? Result<std::optional<Trusted>>(was) : done.error();
  }
  auto update = database_->query(
      "UPDATE contacts SET trusted = NULL, trusted_from = NULL, change = ? WHERE key = ?");
  if (const auto done = update.bind(change_).bind(key).execute(); !done) {
    return done.error();
  }
  auto empty =
      database_->query("DELETE FROM contacts WHERE key = ? AND messages = 0 AND answered = 0");
  const auto done = empty.bind(key).execute();
  return done ? Result<std::optional<Trusted>>(was) : done.error();
}

/// The others of each group stay together; two groups that become the same are one.
Result<Done> StoreWriter::drop_from_groups(std::int64_t contact) {
  struct Group {
    std::int64_t id;
    std::string members;
    std::int64_t messages;
    double weight;
    std::int64_t last;
  };
  std::vector<Group> groups;
  {
    auto query = database_->query(
        "SELECT groups.id, members, messages, weight, last FROM group_members"
        " JOIN groups ON grouping = groups.id WHERE contact = ?");
    query.bind(contact);
    const auto read = each_row(query, [&](const Database::Query& row) {
      groups.push_back(
          {row.integer(0), std::string(row.text(1)), row.integer(2), row.real(3), row.integer(4)});
    });
    if (!read) {
      return read.error();
    }
  }
  for (const Group& group : groups) {
    if (const auto done = run_each(
            *database_, group.id,
            {"DELETE FROM group_members WHERE grouping = ?", "DELETE FROM groups WHERE id = ?"});
        !done) {
      return done.error();
    }
    const std::string others = without(group.members, contact);
    if (others.find(',') == std::string::npos) {
      continue;
    }
    if (const auto done = put_group(others, group.messages, group.weight, group.last); !done) {
      return done.error();
    }
  }
  return Done{};
}

Result<Done> StoreWriter::forget_contact(std::int64_t id) {
  if (const auto done = drop_from_groups(id); !done) {
    return done.error();
  }
  return run_each(*database_, id,
                  {"DELETE FROM names WHERE contact = ?", "DELETE FROM contacts WHERE id = ?"});
}

Result<bool> StoreWriter::forget(const Mailbox& mailbox) {
  const std::string key = mailbox.key();
  const auto kept = read_kept(*database_, mailbox);
  if (!kept) {
    return kept.error();
  }
  std::vector<IdAndText> contacts;
  {
    auto query = database_->query("SELECT id, address FROM contacts WHERE key = ?");
    query.bind(key);
    auto rows = rows_of(query);
    if (!rows) {
      return rows.error();
    }
    contacts = std::move(*rows);
  }
  if (contacts.empty() && kept->empty()) {
    return false;
  }
  forgot();
  for (const IdAndText& contact : contacts) {
    if (const auto done = forget_contact(contact.id); !done) {
      return done.error();
    }
  }
  auto card = database_->query("DELETE FROM books WHERE key = ?");
  if (const auto done = card.bind(key).execute(); !done) {
    return done.error();
  }
  auto questions = database_->query("DELETE FROM settled WHERE subject = ?");
  if (const auto done = questions.bind(key).execute(); !done) {
    return done.error();
  }
  // A question about the domain stays while somebody else there is kept.
  auto others = database_->query(
      "SELECT 1 FROM contacts WHERE substr(key, -length(?1) - 1) = '@' || ?1 LIMIT 1");
  others.bind(mailbox.domain.text());
  const auto somebody = others.step();
  if (!somebody) {
    return somebody.error();
  }
  if (!*somebody) {
    auto of_domain = database_->query("DELETE FROM settled WHERE subject = ?");
    if (const auto done = of_domain.bind(mailbox.domain.text()).execute(); !done) {
      return done.error();
    }
  }
  return true;
}

Result<Done> StoreWriter::forget_everything() {
  forgot();
  return database_->run(
      "DELETE FROM contacts; DELETE FROM names; DELETE FROM groups; DELETE FROM group_members;"
      "DELETE FROM settled; DELETE FROM books; DELETE FROM trusted_domains");
}

Result<bool> StoreWriter::forget_settled(const SettledQuestion& question) {
  auto query = database_->query("DELETE FROM settled WHERE reason = ? AND subject = ? RETURNING 1");
  query.bind(question.reason).bind(question.subject);
  const Result<bool> row = query.step();
  if (row && *row) {
    forgot();
    if (const auto done = query.execute(); !done) {
      return done.error();
    }
  }
  return row;
}

Result<bool> StoreWriter::forget_before(std::int64_t time) {
  std::vector<IdAndText> old;
  {
    auto query = database_->query(
        "SELECT id, trusted FROM contacts WHERE (messages > 0 OR answered > 0)"
        " AND max(ifnull(last, answered_last), ifnull(answered_last, last)) < ?");
    query.bind(time);
    auto rows = rows_of(query);
    if (!rows) {
      return rows.error();
    }
    old = std::move(*rows);
  }
  bool any = !old.empty();
  for (const IdAndText& contact : old) {
    const bool trusted = !contact.text.empty();
    if (!trusted) {
      if (const auto done = forget_contact(contact.id); !done) {
        return done.error();
      }
      continue;
    }
    if (const auto done = drop_from_groups(contact.id); !done) {
      return done.error();
    }
    if (const auto done =
            run_each(*database_, contact.id,
                     {"DELETE FROM names WHERE contact = ?",
                      "UPDATE contacts SET messages = 0, overridden = 0, first = NULL, last = NULL,"
                      " known_from = NULL, answered = 0, answered_last = NULL WHERE id = ?"});
        !done) {
      return done.error();
    }
  }
  auto names = database_->query("DELETE FROM names WHERE last < ? RETURNING 1");
  names.bind(time);
  auto links = database_->query(
      "DELETE FROM group_members WHERE grouping IN (SELECT id FROM groups WHERE last < ?)");
  auto groups = database_->query("DELETE FROM groups WHERE last < ? RETURNING 1");
  groups.bind(time);
  const auto names_gone = names.step();
  if (!names_gone) {
    return names_gone.error();
  }
  if (const auto done = names.execute(); !done) {
    return done.error();
  }
  if (const auto done = links.bind(time).execute(); !done) {
    return done.error();
  }
  const auto groups_gone = groups.step();
  if (!groups_gone) {
    return groups_gone.error();
  }
  if (const auto done = groups.execute(); !done) {
    return done.error();
  }
  any = any || *names_gone || *groups_gone;
  if (any) {
    forgot();
  }
  return any;
}

Result<bool> StoreWriter::replace_book(const std::string& source,
                                       std::span<const Mailbox> addresses) {
  std::set<std::string> before;
  {
    auto query = database_->query("SELECT 0, key FROM books WHERE source = ?");
    query.bind(source);
    const auto rows = rows_of(query);
    if (!rows) {
      return rows.error();
    }
    for (const IdAndText& row : *rows) {
      before.insert(row.text);
    }
  }
  bool any = false;
  std::set<std::string> now;
  for (const Mailbox& mailbox : addresses) {
    const std::string key = mailbox.key();
    if (!now.insert(key).second || before.erase(key) > 0) {
      continue;
    }
    any = true;
    idle_ = false;
    auto insert =
        database_->query("INSERT INTO books (source, key, address, change) VALUES (?, ?, ?, ?)");
    insert.bind(source).bind(key).bind(mailbox.text()).bind(change_);
    if (const auto done = insert.execute(); !done) {
      return done.error();
    }
    // Of whom more is kept is told by that row, so it is the one that has changed.
    auto touch = database_->query("UPDATE contacts SET change = ? WHERE key = ?");
    if (const auto done = touch.bind(change_).bind(key).execute(); !done) {
      return done.error();
    }
  }
  for (const std::string& key : before) {
    any = true;
    took_away();
    auto remove = database_->query("DELETE FROM books WHERE source = ? AND key = ?");
    if (const auto done = remove.bind(source).bind(key).execute(); !done) {
      return done.error();
    }
  }
  return any;
}

Result<Done> compact_if_due(Database& database) {
  const auto due = database.number("SELECT value FROM meta WHERE name = 'compaction_due'");
  if (!due || *due == 0) {
    return due ? Result<Done>(Done{}) : due.error();
  }
  // Deleted octets are overwritten at once (secure_delete), but what a page held before it was
  // reordered may still stand in its gaps: only writing it all anew leaves nothing.
  if (const auto done = database.run("VACUUM"); !done) {
    return done.error();
  }
  return database.run("UPDATE meta SET value = 0 WHERE name = 'compaction_due'");
}

}  // namespace recipient_guard
