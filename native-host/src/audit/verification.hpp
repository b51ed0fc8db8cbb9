// SPDX-License-Identifier: MPL-2.0
// Was a record changed? Every line against the one before, the last against the head.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/chain.hpp"
#include "system/error.hpp"

namespace recipient_guard {

struct RecordFile {
  std::string name;  ///< as it is told
  std::string text;
};

/// Of one user at one machine: files in the order of their lines, and the head if there is one.
struct RecordChain {
  std::string owner;  ///< "user at machine", empty where no line tells
  std::vector<RecordFile> files;
  bool has_head = false;  ///< a head belongs to it, whether or not it can be read
  std::optional<AuditHead> head;
  std::string head_name;
};

/// The record in a folder, with its head. A folder that is not there, or holds none, is no_input.
Result<RecordChain> read_record(const std::filesystem::path& folder);

/// Files collected from anywhere: folders with their heads, other files put together by user and
/// machine and by their numbers.
Result<std::vector<RecordChain>> read_records(const std::vector<std::filesystem::path>& places);

struct RecordFinding {
  bool is_fault = true;  ///< false: said, and no sign of a change
  std::string place;     ///< "audit-2026-11.jsonl:7"
  std::string text;
};

struct Verification {
  std::vector<RecordFinding> findings;
  std::uint64_t lines = 0;
  AuditLink last;  ///< its number; `previous` is the digest of the line itself

  bool is_clean() const;
};

/// A head kept elsewhere.
struct KnownHead {
  std::uint64_t count = 0;
  std::string digest;
};

Verification verify(const RecordChain& chain, const std::optional<KnownHead>& known = {});

}  // namespace recipient_guard
