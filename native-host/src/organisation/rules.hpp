// SPDX-License-Identifier: MPL-2.0
// The organisation's entries as one immutable table that answers: which entry decides?
//
// Precedence (docs/POLICY): the most specific entry: address, `=domain`, then the longest domain
// (`*.x` just above `x`); with equals, block beats allow.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "address/mailbox.hpp"
#include "address/reader.hpp"
#include "organisation/entry.hpp"

namespace recipient_guard {

/// Where an entry stands: `policy.d/10-defence.json:9`.
struct SourcePlace {
  std::uint32_t document = 0;  ///< index into Policy::documents; below max_source_documents
  std::uint32_t line = 0;      ///< from 1; below max_source_lines

  bool operator==(const SourcePlace&) const = default;
};

inline constexpr std::uint32_t max_source_documents = 1U << 16U;
inline constexpr std::uint32_t max_source_lines = 1U << 27U;

enum class RuleKind { own, allow, block };

struct Rule {
  Entry entry;
  RuleKind kind = RuleKind::allow;
  SourcePlace source;
};

/// A rule as it is kept: the text of its entry without the mark of its form (`=`, `*.`).
struct ListedRule {
  EntryForm form = EntryForm::domain;
  std::string_view text;
  RuleKind kind = RuleKind::allow;
  SourcePlace source;

  bool names_address() const { return !names_domain(form); }
};
/// Its text as long as `rule` lives.
ListedRule as_listed(const Rule& rule);
/// .. and back again.
Rule made_of(const ListedRule& listed);

/// Entries, each with its place and, in Policy::rules, its kind. Elsewhere (ask, protect, senders,
/// a marking's `only` ..) all are of kind allow and only "is it covered?" matters.
///
/// Filled once where its snapshot is loaded, then only read, from any number of threads. A million
/// entries take some 40 MB: what stands here is packed. The text of what is told stands here, too,
/// as long as this set lives.
class EntrySet {
 public:
  /// Precondition: the place is within the bounds named above. Of equal entries the first is told,
  /// a block before any other.
  void add(const Rule& rule);
  void add(const Entry& entry, SourcePlace source, RuleKind kind = RuleKind::allow) {
    add(Rule{entry, kind, source});
  }
  /// In their order.
  void add(std::span<const ListedRule> rules);

  /// The most specific entry that covers, nothing where none does. Linear in the length of the
  /// name.
  std::optional<ListedRule> covering(const Mailbox& mailbox) const;
  /// Before covering() is asked of several: what it will look at, if they are listed by address, is
  /// fetched from memory side by side.
  void fetch(std::span<const Mailbox* const> mailboxes) const;
  /// The same asked without the entry.
  bool covers(const Mailbox& mailbox) const;
  /// As for an address at that domain that is not listed itself.
  std::optional<ListedRule> covering(const DomainName& domain) const;
  /// The entry that is this address that cannot be read, whole (Unreadable::verbatim).
  std::optional<ListedRule> covering_verbatim(std::string_view address) const;
  /// Whichever of them fits what was read.
  std::optional<ListedRule> covering(const Reading& reading) const;

  bool empty() const { return packed_.empty(); }
  std::size_t size() const { return packed_.size(); }
  struct Count {
    std::size_t entries = 0;
    std::size_t octets = 0;  ///< of their texts
  };
  /// Of entries that name an address that can be read, and are no block.
  Count count_of_addresses() const;
  /// .. and of those that name a domain.
  Count count_of_domains() const;
  /// In the order of add(). Precondition: index < size().
  Rule rule(std::size_t index) const { return made_of(listed(index)); }
  /// The same where it stands. Precondition: index < size().
  ListedRule listed(std::size_t index) const {
    const Packed& packed = packed_[index];
    return {static_cast<EntryForm>(packed.form),
            text_of(packed),
            static_cast<RuleKind>(packed.kind),
            {packed.document, packed.line}};
  }
  bool has_blocks() const { return has_blocks_; }
  /// All of them, made anew: for short lists and for reports.
  std::vector<Rule> rules() const;

  /// Room for so many entries more, of so many octets in all.
  void reserve(std::size_t entries, std::size_t octets);

 private:
  // 12 octets an entry; its text, without `=` and `*.`, stands in texts_.
  struct Packed {
    std::uint32_t text_at;
    std::uint16_t length;
    std::uint16_t document;
    std::uint32_t line : 27;
    std::uint32_t form : 3;
    std::uint32_t kind : 2;
  };

  std::string_view text_of(const Packed& packed) const {
    return std::string_view(texts_).substr(packed.text_at, packed.length);
  }
  std::optional<std::uint32_t> find(const Mailbox& mailbox) const;
  std::optional<std::uint32_t> find(EntryForm form, std::string_view key) const;
  std::optional<std::uint32_t> find_domain(std::string_view name) const;
  Count count(bool (*of_form)(EntryForm)) const;
  struct Unplaced {
    std::uint32_t number;
    std::uint32_t hash;
  };
  std::optional<Unplaced> pack(const ListedRule& rule);
  void note_odd_key(std::string key, std::uint32_t number);
  void place(const Unplaced& one);
  void make_room_for(std::size_t entries);
  void grow_slots(std::size_t size);

  /// Whether an entry of that form and so many labels may be there: most sets hold few kinds, and
  /// each look at the slots is one far away in memory.
  bool may_hold(EntryForm form, std::size_t labels) const {
    return ((labels_of_form_[static_cast<std::size_t>(form)] >> std::min(labels, most_labels)) &
            1U) != 0;
  }

  std::vector<Packed> packed_;
  std::string texts_;
  static constexpr std::size_t most_labels = 31;
  std::array<std::uint32_t, 5> labels_of_form_{};  // bit n: an entry of n labels; 0: an address
  // Open addressing over packed_, hashed by form and lower-case text.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // its number + 1; 0 is free
  };
  std::vector<Slot> slots_;
  std::size_t used_slots_ = 0;
  bool has_blocks_ = false;
  std::string key_being_packed_;  // one room for all of them
  // Addresses whose key is another text than their own in lower case: dots at gmail.com.
  std::unordered_map<std::string, std::uint32_t> by_odd_key_;
};

}  // namespace recipient_guard
