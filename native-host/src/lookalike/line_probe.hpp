// SPDX-License-Identifier: MPL-2.0
// Open addressing that looks at all slots of one line of the processor's cache before it goes on to
// the next: a look at a large table waits for memory once. Inner part of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace recipient_guard {

inline constexpr std::size_t cache_line = 64;  // octets

template <typename Slot>
inline constexpr std::size_t slots_in_line = cache_line / sizeof(Slot);

/// `slots` rounded up to whole lines, as LineProbe wants it.
template <typename Slot>
constexpr std::size_t whole_lines(std::size_t slots) {
  return (slots + slots_in_line<Slot> - 1) / slots_in_line<Slot> * slots_in_line<Slot>;
}

/// The lines to look at, one after the other and without end. In the first one the slot `first`
/// comes first, those before it behind the last. Precondition: `slots` are whole lines, `first` is
/// one of them.
template <typename Slot>
class LineProbe {
 public:
  static constexpr std::size_t in_line = slots_in_line<Slot>;

  LineProbe(std::size_t first, std::size_t slots)
      : line_(first - first % in_line), first_(first % in_line), slots_(slots) {}

  /// Where the line begins, and the first slot in it.
  std::size_t line() const { return line_; }
  std::size_t first() const { return first_; }
  /// The place of the i-th slot, of in_line, in their order.
  std::size_t at(std::size_t i) const { return line_ + (first_ + i) % in_line; }

  void next() {
    line_ = line_ + in_line == slots_ ? 0 : line_ + in_line;
    first_ = 0;
  }

 private:
  std::size_t line_;
  std::size_t first_;
  std::size_t slots_;
};

/// A line of slots of 32 bits, in the order of its LineProbe, a bit for each: all are compared at
/// once, without a branch, which goes wrong about every time in a table that is mostly full.
struct LineLook {
  std::uint32_t free = 0;    ///< the slot is 0
  std::uint32_t marked = 0;  ///< it is not, nor is one before it, and of `mask` it holds `mark`

  LineLook(const std::uint32_t* line, std::size_t first, std::uint32_t mark, std::uint32_t mask) {
    Four free_ones{};
    Four marked_ones{};
    Four bits{1, 2, 4, 8};
    for (std::size_t i = 0; i < in_line; i += 4, bits <<= 4U) {
      Four slots;
      std::memcpy(&slots, line + i, sizeof slots);
      free_ones |= (slots == 0) & bits;
      marked_ones |= ((slots & mask) == mark) & bits;
    }
    free = in_order(any(free_ones), first);
    const std::uint32_t before_free = (free & (0U - free)) - 1U;
    marked = in_order(any(marked_ones), first) & before_free;
  }

 private:
  static constexpr std::size_t in_line = slots_in_line<std::uint32_t>;
  using Four [[gnu::vector_size(16)]] = std::uint32_t;

  static std::uint32_t any(Four four) { return (four[0] | four[1]) | (four[2] | four[3]); }
  static std::uint32_t in_order(std::uint32_t bits, std::size_t first) {
    return ((bits >> first) | (bits << (in_line - first))) & ((1U << in_line) - 1U);
  }
};

}  // namespace recipient_guard
