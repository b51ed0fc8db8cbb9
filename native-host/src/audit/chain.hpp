// SPDX-License-Identifier: MPL-2.0
// The shape of the record: JSON Lines, each line with its number and the SHA-256 of the line before
// it, one file a month, and a head file that holds how far the record goes. docs/PROTOCOL, "Audit
// record".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

/// Longer lines are none of ours.
inline constexpr std::size_t max_audit_line_octets = 1024U * 1024U;
inline constexpr std::string_view audit_head_name = "audit.head";
inline constexpr std::string_view audit_lock_name = "audit.lock";

/// The digest before the first line of all.
inline constexpr std::string_view no_digest =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// What stands at the end of each line.
struct AuditLink {
  std::uint64_t sequence = 0;  ///< from 1
  std::string previous;        ///< SHA-256, hex, of the line before, without its line end
};

/// `{"@timestamp":"..",MEMBERS,"chain":{..}}`, without line end. `members` are members of a JSON
/// object without braces.
std::string audit_line(std::int64_t time, std::string_view members, const AuditLink& link);

/// Of a line that ends as audit_line() makes them; nothing for any other.
std::optional<AuditLink> link_of(std::string_view line);

/// The head file: sealed by its own digest, and always head_octets long, so that writing it over
/// itself is one step.
struct AuditHead {
  std::uint64_t count = 0;        ///< number of the last line
  std::string digest{no_digest};  ///< of the last line
  std::string file;               ///< it stands in, "audit-2026-11.jsonl"; empty at first
  std::uint64_t octets = 0;       ///< of that file
  std::uint64_t first = 1;        ///< number of the first line that is still kept
  std::string before{no_digest};  ///< the digest that this first line names
  std::string policy;             ///< digest of the policy last recorded, empty if none

  bool operator==(const AuditHead&) const = default;
};
inline constexpr std::size_t head_octets = 640;

std::string head_text(const AuditHead& head);
/// Nothing where the text is not, to the octet, what head_text() writes.
std::optional<AuditHead> read_head(std::string_view text);

/// "audit-2026-11.jsonl" for a time in Unix seconds, by the month in UTC.
std::string month_file(std::int64_t time);
/// "audit-2026-11.jsonl" and the like.
bool is_month_file(std::string_view name);
/// Unix seconds at which the month of such a file is over.
std::int64_t end_of_month(std::string_view month_file);

}  // namespace recipient_guard
