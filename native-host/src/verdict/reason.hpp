// SPDX-License-Identifier: MPL-2.0
// The reason codes and the one table that says of each its default verdict and what clears it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "organisation/check_vocabulary.hpp"

namespace recipient_guard {

enum class Verdict { allow, warn, block };
std::string_view name_of(Verdict verdict);

/// Append-only, in the order of the table in docs/PROTOCOL: findings are told in this order.
enum class Reason {
  unreadable_address,
  blocked_by_organisation,
  asked_by_organisation,
  not_on_allowlist,
  confusable_suffix,
  homoglyph_domain,
  lookalike_domain,
  lookalike_address,
  known_elsewhere,
  misleading_name,
  unusual_address,
  no_such_suffix,
  unknown_members,
  odd_one_out,
  new_in_reply,
  reply_diverted,
  posting,
  marking,
  visible_crowd,
};
std::string_view name_of(Reason reason);
std::optional<Reason> reason_of(std::string_view name);

/// What clears a finding: bits, see docs/PROTOCOL.
enum Clears : std::uint8_t {
  by_nothing = 0,
  by_address_entry = 1,  // A
  by_domain_entry = 2,   // D
  by_trust = 4,          // T
  by_known = 8,          // K
  by_settled = 16,       // S
};

struct ReasonTraits {
  Reason reason;
  std::string_view name;
  std::optional<Verdict> default_verdict;  ///< nothing: off, or decided by another policy key
  bool fixed;                              ///< the policy cannot set it
  std::uint8_t clears;
  bool proposes_address;  ///< its finding may carry `meant`
  bool of_domain;         ///< said of the domain: settled for all of it
  bool lookalike;         ///< K does not clear it beside a far better known twin
};

std::span<const ReasonTraits> reason_table();
const ReasonTraits& traits_of(Reason reason);

/// The table as the loader of a policy needs it.
CheckVocabulary check_vocabulary();

}  // namespace recipient_guard
