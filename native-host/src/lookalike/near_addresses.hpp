// SPDX-License-Identifier: MPL-2.0
// Which of many addresses may be one slip away from a typed one at the same domain?
//
// The typed local part is turned into every local part that one slip could have made it of, and
// each is looked up by a fingerprint of 31 bits. A slip leaves two thirds of a local part as they
// were meant; these have fingerprints too, so that letters are only tried in a third where somebody
// shares the rest, and only those that stand in the third of whoever does. A fingerprint may be
// another's by chance, so whoever asks looks each find up among the addresses themselves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/mailbox.hpp"
#include "lookalike/local_part_slip.hpp"
#include "lookalike/print_table.hpp"

namespace recipient_guard {

struct NearLocalPart {
  LocalPart local;  ///< folded, as in Mailbox::key()
  LocalPartSlip slip;
};

/// No address has so many neighbours but on a list made to have them; more are not looked at.
inline constexpr std::size_t most_near_addresses = 200;

/// Filled where its snapshot is loaded, then only read, by any number of threads.
class NearAddresses {
 public:
  /// What the caller knows of a typed address. Where it was added itself, letters need not be tried
  /// for its own sake; `unknown` is right of any, and slower.
  enum class Typed { unknown, was_added };

  void add(const Mailbox& mailbox);
  class Filling;
  /// Makes room for so many addresses at once.
  void reserve(std::size_t addresses);
  /// Local parts that were probably added at the domain of `typed`, each once; not that of `typed`
  /// itself. Those whose slip says nothing are left out.
  std::vector<NearLocalPart> near(const Mailbox& typed, Typed knowledge = Typed::unknown) const;

 private:
  /// Of a whole address, and of "somebody at that domain".
  struct Whole {
    std::uint32_t print = 0;  // 0: a free slot
  };
  /// Of a local part without one third.
  struct Rest {
    std::uint32_t print = 0;    // the highest bit: added more than once
    std::uint32_t letters = 0;  // that stand in the third left out, a bit each
  };
  struct Probe;

  std::vector<Probe> probes(std::string_view local, std::string_view reversed, std::uint64_t domain,
                            Typed knowledge) const;
  std::vector<std::string> guesses(std::string_view local, std::uint64_t domain,
                                   Typed knowledge) const;

  PrintTable<Whole> wholes_;
  PrintTable<Rest> rests_;
};

/// Adds many addresses, by their parts. They are in the index when the Filling goes: most places
/// are far away in memory, and those of some addresses are fetched side by side.
class NearAddresses::Filling {
 public:
  explicit Filling(NearAddresses& into) : into_(into) {}
  ~Filling() { insert_waiting(); }
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;
  /// Local part as in Mailbox::key(); `domain` outlives the Filling.
  void add(std::string_view folded_local, std::string_view domain);

 private:
  static constexpr std::size_t at_once = 16;  // addresses
  static constexpr std::size_t most_wholes = 2;
  static constexpr std::size_t most_rests = 3;
  void insert_waiting();

  NearAddresses& into_;
  std::string_view last_domain_;
  std::uint64_t domain_hash_ = 0;
  std::array<Whole, at_once * most_wholes> wholes_;
  std::size_t waiting_wholes_ = 0;
  std::array<Rest, at_once * most_rests> rests_;
  std::size_t waiting_rests_ = 0;
};

}  // namespace recipient_guard
