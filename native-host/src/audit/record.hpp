// SPDX-License-Identifier: MPL-2.0
// The record being written: a folder of the user's own (rights 0700, files 0600) that several hosts
// may write to in turn. docs/PROTOCOL, "Audit record".
//
// A line is durable when append() says so. What a crash left half written is cut off and said in a
// line of its own; what is missing or was changed is said in one too, and stays visible in the
// chain for ever. Nothing is ever written over but the head.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/chain.hpp"
#include "audit/record_reading.hpp"
#include "system/error.hpp"
#include "system/file_lock.hpp"

namespace recipient_guard {

struct AuditEntry {
  std::int64_t time = 0;  ///< Unix seconds
  /// Members of a JSON object, without braces: `"event":{..},"email":{..}`. At most
  /// max_audit_line_octets with what the record adds.
  std::string members;
};

class AuditRecord {
 public:
  struct Options {
    std::filesystem::path folder;
    /// Members that name machine and user, for the lines that the record writes of itself.
    std::string origin;
    std::chrono::milliseconds patience{200};  ///< for another host that writes
  };
  /// Entries that could not be written wait in memory, so many of them; then the oldest go, and
  /// how many went is written down.
  static constexpr std::size_t max_waiting = 1000;
  static constexpr std::size_t max_waiting_octets = 16 * 1024 * 1024;

  explicit AuditRecord(Options options);

  /// Writes what waits and then `entry`. Errors: busy, no_permission, cannot_create, input_output,
  /// bad_data; `entry` then is not in the record, nor will it be.
  Result<Done> append(const AuditEntry& entry, Durably durably);

  /// As append(), but keeps `entry` to be written with the next one. False: it waits.
  bool append_or_keep(AuditEntry entry, Durably durably);

  /// Tries again to write what waits. True: nothing waits any more.
  bool write_waiting();

  /// Removes months that were over more than `keep_days` before `now`; says so in the record first.
  Result<Done> expire(std::int64_t keep_days, std::int64_t now);

  /// Writes `entry` where `digest` is not the policy's that was recorded last.
  Result<Done> note_policy(const std::string& digest, const AuditEntry& entry);

  /// Something was recorded here before.
  bool folder_holds_record() const;

  std::size_t waiting() const { return waiting_.size(); }
  const AuditHead& head() const { return head_; }
  const std::filesystem::path& folder() const { return options_.folder; }
  /// Why the last attempt to write failed; nothing where it did not.
  const std::optional<Error>& error() const { return error_; }

 private:
  Result<Done> locked(const std::function<Result<Done>()>& work);
  Result<Done> open(std::int64_t now);
  Result<std::optional<AuditHead>> found_head();
  Result<std::string> newest_month();
  Result<Done> write_line(std::int64_t time, std::string_view members, Durably durably);
  Result<Done> write_head(Durably durably);
  Result<Done> write_kept(std::int64_t now);
  Result<Done> write_own(std::int64_t time, std::string_view action, std::string_view members);
  Result<Done> mend(std::int64_t now, const std::optional<AuditHead>& head);
  Result<Done> remove_begun(std::vector<std::string>& months,
                            const std::optional<AuditHead>& head) const;
  static std::string found_last(const std::vector<std::string>& months);
  bool goes_on(const AuditHead& head, const std::vector<std::string>& months) const;
  Result<Done> remove_expired(const std::string& oldest_kept, std::int64_t now);
  std::string oldest_to_keep(std::int64_t keep_days, std::int64_t now) const;

  Options options_;
  HeldFile lock_file_;
  HeldFile head_file_;
  HeldFile month_file_;
  AuditHead head_;
  AuditHead written_;  // the head that this host wrote last
  std::string written_text_;
  std::optional<FileLook> listed_;  // the folder, when its newest month was this one
  std::string newest_;
  std::deque<AuditEntry> waiting_;
  std::size_t waiting_octets_ = 0;
  std::uint64_t lost_ = 0;  // entries that went while they waited
  std::optional<Error> error_;
};

}  // namespace recipient_guard
