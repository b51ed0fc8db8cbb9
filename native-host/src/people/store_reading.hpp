// SPDX-License-Identifier: MPL-2.0
// What stands in the store's tables, as plain values. Inner part of the store. All functions want a
// transaction around them that was begun by the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

struct NameOf {
  Mailbox mailbox;
  std::string name;
};

struct GroupOf {
  std::int64_t id = 0;
  std::vector<Mailbox> members;
  double weight = 0;  ///< as of `last`
  std::int64_t last = 0;
};

/// What People needs of the rows written after `change`; all of them for a change below 1.
struct StoredFacts {
  StorePosition position;
  std::vector<Contact> contacts;  ///< as they stand now, cards of address books merged in
  std::vector<DomainName> trusted_domains;
  std::vector<SettledQuestion> settled;
  std::vector<NameOf> names;  ///< of those contacts
  std::vector<GroupOf> groups;
};

Result<StoredFacts> read_facts(Database& database, std::int64_t after_change);

/// Brings `people` to what `facts` says: each contact as it stands there now.
void put(const StoredFacts& facts, People& people, const PublicSuffixes& suffixes);

struct SettledSince {
  SettledQuestion question;
  std::int64_t time = 0;
};

struct KeptName {
  std::string name;
  std::int64_t messages = 0;
  std::int64_t last = 0;
};

struct KeptGroup {
  std::vector<std::string> others;  ///< addresses written to together with it
  std::int64_t messages = 0;
  std::int64_t last = 0;
};

/// All that is kept on one address.
struct Kept {
  std::string address;
  std::int64_t messages = 0;
  std::int64_t overridden = 0;  ///< of them, left questioned without "it is right"
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  std::optional<std::int64_t> known_from;  ///< days since 1970, UTC
  std::int64_t answered = 0;
  std::optional<std::int64_t> answered_last;
  std::optional<Trusted> trusted;
  std::vector<KeptName> names;
  std::vector<KeptGroup> groups;
  std::vector<SettledSince> settled;  ///< of the address and of its domain
  std::vector<std::string> books;     ///< sources of address books that hold it

  bool empty() const {
    return messages == 0 && answered == 0 && !trusted && names.empty() && groups.empty() &&
           settled.empty() && books.empty();
  }
};

struct KeptBook {
  std::string source;
  std::int64_t addresses = 0;
};

/// What is kept, in sums.
struct KeptSums {
  std::int64_t contacts = 0;    ///< all of whom anything is kept, cards of books included
  std::int64_t written_to = 0;  ///< of them
  std::int64_t trusted = 0;     ///< addresses and domains
  std::int64_t groups = 0;
  std::optional<std::int64_t> oldest;  ///< the first message to anybody, Unix seconds
  std::vector<KeptBook> books;         ///< by source
  std::vector<SettledSince> settled;   ///< the latest first
};

Result<KeptSums> read_sums(Database& database);
Result<std::int64_t> read_count_of_trusted(Database& database);
Result<std::optional<Trusted>> read_trusted_entry(Database& database, const TrustEntry& entry);

Result<Kept> read_kept(Database& database, const Mailbox& mailbox);
/// By address, domains behind the addresses.
Result<std::vector<Trusted>> read_trusted(Database& database);
/// The latest first.
Result<std::vector<SettledSince>> read_settled(Database& database);

/// `Bob@navy.mil` as it stands in a row; nothing where the row was tampered with.
std::optional<Mailbox> mailbox_of_row(std::string_view address);

}  // namespace recipient_guard
