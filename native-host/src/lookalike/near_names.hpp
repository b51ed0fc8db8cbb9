// SPDX-License-Identifier: MPL-2.0
// The near-name index: which of many names is one slip away from a typed one?
//
// A deletion-neighbourhood index (Mor and Fraenkel 1982; known from SymSpell): a name is found by
// what is left of it when one character is taken out, and so is the typed one; two names one edit
// apart share such a rest. The last label is no part of that: it is compared apart, since the names
// under one stem are few. Each hit is then checked exactly, so the table may hold bare hashes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "lookalike/domain_slip.hpp"
#include "lookalike/two_edits.hpp"

namespace recipient_guard {

/// A name of the index that is one slip from the typed domain, or from a parent of it.
struct NearName {
  DomainName near;   ///< the name as listed: navy.mil
  DomainName meant;  ///< the typed domain put right, sub-domains travelling along: fleet.navy.mil
  SlipKind slip;
  std::uint32_t id;  ///< what was given to add()
  SlipShape shape;
};

/// A typed domain with the keys it is looked up by: made once, asked of every index.
class NearQuery {
 public:
  NearQuery(const DomainName& typed, const PublicSuffixes& suffixes);

  const DomainName& typed() const { return typed_; }
  const PublicSuffixes& suffixes() const { return suffixes_; }
  struct Parent {
    DomainName name;
    std::vector<std::uint64_t> keys;
  };
  /// comparable_parents() of the typed domain.
  const std::vector<Parent>& parents() const { return parents_; }

 private:
  const DomainName& typed_;
  const PublicSuffixes& suffixes_;
  std::vector<Parent> parents_;
};

/// Only a list made for it holds more names that share what one of them is without a character, or
/// has more near names; what is beyond is not looked at, so that no list makes a check slow.
inline constexpr std::size_t most_names_a_key = 200;
inline constexpr std::size_t most_near_names = 200;
inline constexpr std::size_t most_names_two_edits_away = 50;

/// Names below one registered name are counted up to here.
inline constexpr std::size_t most_names_of_house = 16;

/// Filled where its snapshot is loaded (one by one is cheap, too), then only read, by any number of
/// threads. Copies share nothing.
class NearNames {
 public:
  /// `id` is the caller's own, told back with each find; of a name added twice the first id stays.
  /// A public suffix is accepted and never near anything: a bare `mil` makes no name to look near.
  void add(const DomainName& name, std::uint32_t id, const PublicSuffixes& suffixes);
  /// Adds many, as add() would one by one.
  class Filling;

  /// All names one slip away, each once, likeliest kind first. The exact name is not among them.
  /// Two names that mean the same domain (navy.mil and fleet.navy.mil, both listed) count as one,
  /// the longer.
  std::vector<NearName> near(const NearQuery& query) const;
  std::vector<NearName> near(const DomainName& typed, const PublicSuffixes& suffixes) const {
    return near(NearQuery(typed, suffixes));
  }
  /// Names that near() compares with the typed one.
  std::size_t compared(const NearQuery& query) const;

  /// All names two edits away (two_edits.hpp), as near() tells them, of kind `several`. Both edits
  /// in the suffix, or both left of the registered name, are none: that is another ending, or
  /// another machine of the house. Nothing where the index holds many names.
  std::vector<NearName> two_edits_away(const NearQuery& query) const;
  std::vector<NearName> two_edits_away(const DomainName& typed,
                                       const PublicSuffixes& suffixes) const {
    return two_edits_away(NearQuery(typed, suffixes));
  }

  bool contains(const DomainName& name) const;
  /// A name of the index lies below `registrable`, a registrable domain (public_suffix.hpp).
  bool contains_below(const DomainName& registrable) const;
  std::size_t size() const { return ids_.size(); }
  /// The public suffixes that were added, each once: whose slips confusable-suffix looks at.
  const std::vector<DomainName>& public_suffixes() const { return public_suffixes_; }
  /// Makes room for so many names at once, of so many octets in all where that is known.
  void reserve(std::size_t names, std::size_t octets = 0);

 private:
  std::string_view text_of(std::size_t index) const;
  static void add_keys_of(std::string_view text, std::size_t registrable,
                          std::vector<std::uint64_t>& keys);
  void note_public_suffix(std::string_view name);
  void insert_keys_of(std::size_t index);
  void insert(std::span<const std::uint64_t> keys, std::size_t index);
  enum class Bound { none, held };
  void insert_key(std::uint64_t key, std::size_t index, Bound bound);
  void prefetch(std::uint64_t key) const;
  std::size_t count_below(std::uint64_t key, std::string_view registrable) const;
  /// At most most_names_of_house; 0 for a name that is a registered one itself.
  std::size_t names_of_house(std::size_t index) const;
  bool holds(std::uint64_t key, std::string_view name) const;
  void rebuild(std::size_t slots, std::size_t names);
  void make_room_for(std::size_t names, std::size_t keys);
  template <typename Visit>
  void visit(std::uint64_t key, Visit&& visit) const;
  void candidates(const NearQuery::Parent& parent, std::vector<std::uint32_t>& found) const;

  std::string texts_;                  // all names, one behind the other
  std::vector<std::uint32_t> begins_;  // where each one starts
  std::vector<std::uint32_t> ids_;
  // Octets of the registrable domain a name lies below, 0 where it is one itself.
  std::vector<std::uint8_t> registrable_sizes_;
  // Open addressing. A slot holds index + 1 in its low `index_bits_` and as much of the key as fits
  // above; 0 is empty.
  std::vector<std::uint32_t> slots_;
  std::size_t used_ = 0;
  unsigned index_bits_ = 0;
  std::vector<DomainName> public_suffixes_;
  TwoEditNames two_edits_;
};

/// Adds many names, which are in the index when the Filling goes: most places are far away in
/// memory, and those of some names are fetched side by side.
class NearNames::Filling {
 public:
  /// Both outlive it.
  Filling(NearNames& into, const PublicSuffixes& suffixes) : into_(into), suffixes_(suffixes) {}
  ~Filling() { add_waiting(); }
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;
  /// `name` is the text() of a DomainName and outlives the Filling.
  void add(std::string_view name, std::uint32_t id);

 private:
  static constexpr std::size_t at_once = 8;
  struct Waiting {
    std::string_view name;
    std::uint32_t id = 0;
    std::string_view registrable;  // empty: `name` is a public suffix
    std::size_t keys = 0;          // how many of keys_

    /// As in registrable_sizes_.
    std::uint8_t below() const {
      return static_cast<std::uint8_t>(registrable.size() < name.size() ? registrable.size() : 0);
    }
  };
  void add_waiting();

  NearNames& into_;
  const PublicSuffixes& suffixes_;
  std::array<Waiting, at_once> waiting_;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> keys_;
};

}  // namespace recipient_guard
