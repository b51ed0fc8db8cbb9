// SPDX-License-Identifier: MPL-2.0
// The organisation's entries as one immutable table that answers: which entry decides?
//
// Precedence (docs/POLICY): the most specific entry: address, `=domain`, then the longest domain
// (`*.x` just above `x`); with equals, block beats allow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "address/mailbox.hpp"
#include "organisation/entry.hpp"

namespace recipient_guard {

/// Where an entry stands: `policy.d/10-defence.json:9`.
struct SourcePlace {
  std::uint32_t document = 0;  ///< index into Policy::documents
  std::uint32_t line = 0;
};

enum class RuleKind { own, allow, block };

struct Rule {
  Entry entry;
  RuleKind kind = RuleKind::allow;
  SourcePlace source;
};

/// Entries without a kind of their own (ask, protect, senders, a marking's `only` ..): is it covered?
/// The most specific one that covers is told.
class EntrySet {
 public:
  void add(Entry entry, SourcePlace source);
  const Rule* covering(const Mailbox& mailbox) const;
  const Rule* covering(const DomainName& domain) const;
  const Rule* covering_verbatim(std::string_view address) const;
  bool empty() const { return rules_.empty(); }
  const std::vector<Rule>& rules() const { return rules_; }
  /// As add(), with a kind: own and allow give way to block where equally specific.
  void add(Rule rule);

 private:
  std::vector<Rule> rules_;
  // ... indexes by key, designed by the owner of this room
};

}  // namespace recipient_guard
