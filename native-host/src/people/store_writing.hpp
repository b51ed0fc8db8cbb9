// SPDX-License-Identifier: MPL-2.0
// Changes to the store's tables. Inner part of the store. All functions want the write lock, taken
// by the caller in a transaction; nothing holds before its commit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "people/company.hpp"
#include "people/facts.hpp"
#include "people/store_database.hpp"
#include "system/error.hpp"

namespace recipient_guard {

class StoreWriter {
 public:
  /// Numbers this transaction.
  static Result<StoreWriter> begin(Database& database);

  Result<Done> add(const Facts& facts);
  /// How many were not trusted before.
  Result<std::int64_t> add_trusted(std::span<const Trusted> entries);
  /// What was there, for an undo; nothing where it was not trusted.
  Result<std::optional<Trusted>> remove_trust(const TrustEntry& entry);
  /// False: nothing was kept on it.
  Result<bool> forget(const Mailbox& mailbox);
  Result<Done> forget_everything();
  Result<bool> forget_settled(const SettledQuestion& question);
  /// Removes what was last written to before `time`; trusted contacts keep their trust. True where
  /// anything went.
  Result<bool> forget_before(std::int64_t time);
  /// True where the book was not the same before.
  Result<bool> replace_book(const std::string& source, std::span<const Mailbox> addresses);
  /// Nothing was done: there is nothing to commit.
  bool idle() const { return idle_; }
  /// To be called last.
  Result<Done> finish();

 private:
  explicit StoreWriter(Database& database) : database_(&database) {}

  Result<std::int64_t> write_to(const WrittenTo& to, std::int64_t time);
  Result<Done> add_name(std::int64_t contact, const std::string& name, std::int64_t time);
  Result<Done> add_group(std::vector<std::int64_t> members, std::int64_t time);
  Result<Done> add_answered(const Mailbox& author, std::int64_t time);
  Result<Done> add_trusted(const Trusted& trusted);
  Result<Done> forget_contact(std::int64_t id);
  Result<Done> drop_from_groups(std::int64_t contact);
  Result<Done> put_group(const std::string& members, std::int64_t messages, double weight,
                         std::int64_t last);
  /// Something was taken away: everybody reads anew. What was forgotten leaves no octets either.
  void took_away() {
    took_away_ = true;
    idle_ = false;
  }
  void forgot() {
    forgot_ = true;
    took_away();
  }

  Database* database_;
  std::int64_t change_ = 0;
  bool idle_ = true;
  bool took_away_ = false;
  bool forgot_ = false;
};

/// Rewrites the file so that nothing of what was deleted is left in it, where that is due. Outside
/// of any transaction.
Result<Done> compact_if_due(Database& database);

}  // namespace recipient_guard
