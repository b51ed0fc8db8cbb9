// SPDX-License-Identifier: MPL-2.0
// What People needs of the store: read row by row, and put into a snapshot at once or later. Inner
// part of the store. What reads wants a transaction around it that was begun by the caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "people/facts.hpp"
#include "people/people.hpp"
#include "people/store_database.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// Where the store has got to: `change` grows with every transaction that wrote, `epoch` with every
/// one that took something away.
struct StorePosition {
  std::int64_t change = 0;
  std::int64_t epoch = 0;

  bool operator==(const StorePosition&) const = default;
};

Result<StorePosition> read_position(Database& database);

/// The store knows contacts by their ids.
struct ContactRow {
  std::int64_t id = 0;
  Contact contact;  ///< as it stands now, without its names and its number
};

struct CardRow {
  Mailbox mailbox;
};

struct TrustedDomainRow {
  DomainName domain;
};

struct NameRow {
  std::int64_t contact = 0;
  std::string name;
};

struct GroupRow {
  std::int64_t id = 0;
  std::vector<std::int64_t> members;  ///< ids of contacts
  double weight = 0;                  ///< as of `last`
  std::int64_t last = 0;
};

/// Takes rows as they are read: contacts before what is said of them.
class RowTaker {
 public:
  virtual ~RowTaker() = default;
  virtual void take(ContactRow row) = 0;
  virtual void take(CardRow row) = 0;
  virtual void take(TrustedDomainRow row) = 0;
  virtual void take(SettledQuestion row) = 0;
  virtual void take(NameRow row) = 0;
  virtual void take(GroupRow row) = 0;
};

Result<std::int64_t> read_count_of_contacts(Database& database);
/// Gives `taker` what was written after `change`; all of it for 0.
Result<StorePosition> read_facts(Database& database, std::int64_t after_change, RowTaker& taker);

/// Puts rows into People. Both outlive it.
class PeopleFilling : public RowTaker {
 public:
  PeopleFilling(People& people, const PublicSuffixes& suffixes)
      : people_(people), suffixes_(suffixes) {}
  void take(ContactRow row) override;
  void take(CardRow row) override;
  void take(TrustedDomainRow row) override;
  void take(SettledQuestion row) override;
  void take(NameRow row) override;
  void take(GroupRow row) override;

 private:
  People& people_;
  const PublicSuffixes& suffixes_;
};

/// Keeps rows until they may be put into People.
class KeptRows : public RowTaker {
 public:
  void take(ContactRow row) override { contacts_.push_back(std::move(row)); }
  void take(CardRow row) override { cards_.push_back(std::move(row)); }
  void take(TrustedDomainRow row) override { trusted_domains_.push_back(std::move(row)); }
  void take(SettledQuestion row) override { settled_.push_back(std::move(row)); }
  void take(NameRow row) override { names_.push_back(std::move(row)); }
  void take(GroupRow row) override { groups_.push_back(std::move(row)); }

  std::size_t count_of_contacts() const { return contacts_.size() + cards_.size(); }
  void give_to(RowTaker& taker) const;

 private:
  std::vector<ContactRow> contacts_;
  std::vector<CardRow> cards_;
  std::vector<TrustedDomainRow> trusted_domains_;
  std::vector<SettledQuestion> settled_;
  std::vector<NameRow> names_;
  std::vector<GroupRow> groups_;
};

/// The ids of contacts in a group's row, `3,17,204`, as far as they can be read.
std::vector<std::int64_t> members_of_row(std::string_view members);

}  // namespace recipient_guard
