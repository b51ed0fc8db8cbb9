// SPDX-License-Identifier: MPL-2.0
// A table of fingerprints of 31 bits, which alone say where they stand: it grows without a look at
// what they are of. Inner part of this room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "lookalike/line_probe.hpp"

namespace recipient_guard {

inline constexpr unsigned print_bits = 31;
inline constexpr std::uint32_t print_mask = (std::uint32_t{1} << print_bits) - 1;

/// Open addressing, filled to two thirds. A Slot has a member `print`, 0 in a free one; its highest
/// bit is the slot's own.
template <typename Slot>
class PrintTable {
 public:
  bool empty() const { return slots_.empty(); }

  /// For so many prints more.
  void make_room_for(std::size_t prints) {
    const std::size_t needed = (used_ + prints) * 3 / 2 + 1;
    if (needed > slots_.size()) {
      grow(std::max(needed, slots_.size() * 2));
    }
  }

  /// Brings the place of `print` near. Precondition: not empty.
  void prefetch(std::uint32_t print) const { __builtin_prefetch(&slots_[place_of(print)], 1); }

  /// The slot of `print`, free where it is a new one: whoever asks fills it then. Precondition:
  /// room was made.
  Slot& slot_for(std::uint32_t print) {
    Slot& slot = slots_[place_for(print)];
    used_ += slot.print == 0 ? 1U : 0U;
    return slot;
  }

  /// Null where it was not added. Precondition: not empty.
  const Slot* find(std::uint32_t print) const {
    const Slot& slot = slots_[place_for(print)];
    return slot.print == 0 ? nullptr : &slot;
  }

  /// Something stands where `print` would: one look, and only if so find() is worth its own.
  bool is_taken(std::uint32_t print) const { return slots_[place_of(print)].print != 0; }

 private:
  /// Spreads the prints evenly over the slots, without a division (Lemire 2019).
  std::size_t place_of(std::uint32_t print) const {
    return static_cast<std::size_t>((std::uint64_t{print} * slots_.size()) >> print_bits);
  }

  /// Where it is, or the free slot that it would get.
  std::size_t place_for(std::uint32_t print) const {
    for (LineProbe<Slot> probe(place_of(print), slots_.size());; probe.next()) {
      for (std::size_t i = 0; i < probe.in_line; ++i) {
        const Slot& slot = slots_[probe.at(i)];
        if (slot.print == 0 || (slot.print & print_mask) == print) {
          return probe.at(i);
        }
      }
    }
  }

  void grow(std::size_t size) {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(whole_lines<Slot>(size)));
    used_ = 0;
    for (const Slot& slot : old) {
      if (slot.print != 0) {
        slot_for(slot.print & print_mask) = slot;
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace recipient_guard
