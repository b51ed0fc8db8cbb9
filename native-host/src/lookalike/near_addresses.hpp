// SPDX-License-Identifier: MPL-2.0
// Which of many addresses may be one slip away from a typed one at the same domain?
//
// The typed local part is turned into every local part that one slip could have made it of, and
// each is looked up by a fingerprint of 32 bits: a few octets an address, some ten microseconds a
// search, and one look-up where nobody at that domain was added. A fingerprint may be another's by
// chance, so whoever asks looks each find up among the addresses themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/mailbox.hpp"
#include "lookalike/local_part_slip.hpp"

namespace recipient_guard {

struct NearLocalPart {
  LocalPart local;  ///< folded, as in Mailbox::key()
  LocalPartSlip slip;
};

/// Filled where its snapshot is loaded, then only read, by any number of threads.
class NearAddresses {
 public:
  void add(const Mailbox& mailbox);
  /// Makes room for so many addresses at once.
  void reserve(std::size_t addresses);
  /// Local parts that were probably added at the domain of `typed`, each once; not that of `typed`
  /// itself. Those whose slip says nothing are left out.
  std::vector<NearLocalPart> near(const Mailbox& typed) const;

 private:
  void insert(std::uint32_t print);
  bool holds(std::uint32_t print) const;
  void grow(std::size_t slots);
  std::vector<std::string> guesses(std::string_view local, std::uint64_t domain) const;

  std::vector<std::uint32_t> slots_;  // open addressing; 0 is free
  std::size_t used_ = 0;
};

}  // namespace recipient_guard
