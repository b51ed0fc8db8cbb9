// SPDX-License-Identifier: MPL-2.0
// All entries that have to do with one address, for whoever asks why: which of them decides, and
// why the others do not. Found entry by entry, apart from the table that the judge asks, so that
// the one can be held against the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "address/mailbox.hpp"
#include "organisation/rules.hpp"

namespace recipient_guard {

enum class Coverage {
  decides,
  less_specific,   ///< covers, but one that is more specific decides
  block_is_first,  ///< as specific as the one that decides, which is a block
  repeated,        ///< the same entry once more
  only_itself,     ///< `=navy.mil`, which does not name what is below
  only_below,      ///< `*.navy.mil`, which does not name navy.mil itself
};

/// "less specific than the one that decides"
std::string_view words_for(Coverage coverage);

struct CoveringRule {
  Rule rule;
  Coverage coverage = Coverage::decides;
};

inline constexpr std::size_t max_told_rules = 50;

/// The one that decides first, then those that lost, the most specific first, at most
/// max_told_rules. Linear in the number of entries.
std::vector<CoveringRule> coverage_of(const EntrySet& entries, const Mailbox& mailbox);
/// Of an address that cannot be read, listed whole.
std::vector<CoveringRule> coverage_of_verbatim(const EntrySet& entries, std::string_view address);

}  // namespace recipient_guard
