// SPDX-License-Identifier: MPL-2.0
// Open addressing that looks at all slots of one line of the processor's cache before it goes on to
// the next: a look at a large table waits for memory once. Inner part of this room.
#pragma once

#include <cstddef>

namespace recipient_guard {

inline constexpr std::size_t cache_line = 64;  // octets

template <typename Slot>
inline constexpr std::size_t slots_in_line = cache_line / sizeof(Slot);

/// `slots` rounded up to whole lines, as LineProbe wants it.
template <typename Slot>
constexpr std::size_t whole_lines(std::size_t slots) {
  return (slots + slots_in_line<Slot> - 1) / slots_in_line<Slot> * slots_in_line<Slot>;
}

/// The places to look at, one after the other and without end. Precondition: `slots` are whole
/// lines, `first` is one of them.
template <typename Slot>
class LineProbe {
 public:
  LineProbe(std::size_t first, std::size_t slots) : at_(first), slots_(slots) {}

  std::size_t at() const { return at_; }

  void next() {
    const std::size_t line = at_ - at_ % in_line;
    at_ = line + (at_ + 1) % in_line;
    if (++tried_ == in_line) {
      tried_ = 0;
      at_ = line + in_line == slots_ ? 0 : line + in_line;
    }
  }

 private:
  static constexpr std::size_t in_line = slots_in_line<Slot>;
  std::size_t at_;
  std::size_t slots_;
  std::size_t tried_ = 0;  // in this line
};

}  // namespace recipient_guard
