// SPDX-License-Identifier: MPL-2.0
// What the host tells of itself: the answers to hello and status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "address/public_suffix.hpp"
#include "audit/record.hpp"
#include "diagnosis/doctor.hpp"
#include "organisation/policy_source.hpp"
#include "people/store.hpp"

namespace recipient_guard {

/// What was done since the start of this connection.
struct Counts {
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;  ///< answered with an error
  std::uint64_t checks = 0;
  std::uint64_t allowed = 0;
  std::uint64_t warned = 0;
  std::uint64_t blocked = 0;
  std::uint64_t decisions = 0;
  std::uint64_t sent = 0;
  std::uint64_t mismatched = 0;
  std::uint64_t unguarded = 0;
};

struct HostFacts {
  const PolicySource& policy;
  const PublicSuffixes& suffixes;
  const Counts& counts;
  std::size_t remembered_checks = 0;
  std::int64_t uptime_seconds = 0;
  bool replaced = false;
  const PeopleStore* people = nullptr;   ///< null: kept in memory for this run
  const AuditRecord* audit = nullptr;    ///< null: no record is kept
  const Diagnosis* diagnosis = nullptr;  ///< null: nobody looked; hello does not
};

/// docs/PROTOCOL, "hello" and "status".
std::string hello_json(const HostFacts& facts);
std::string status_json(const HostFacts& facts);

/// What a running host knows of its record without looking through it; null: there is none.
RecordCondition condition_of(const AuditRecord* record);

/// What status tells, without what only a process that serves has: for `doctor --json`.
std::string doctor_json(const HostFacts& facts);

}  // namespace recipient_guard
