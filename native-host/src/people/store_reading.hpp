// SPDX-License-Identifier: MPL-2.0
// What stands in the store's tables, as it is shown to the user. Inner part of the store. All
// functions want a transaction around them that was begun by the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "people/facts.hpp"
#include "people/store_database.hpp"
#include "system/error.hpp"

namespace recipient_guard {

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

}  // namespace recipient_guard
