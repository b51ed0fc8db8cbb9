// SPDX-License-Identifier: MPL-2.0
// What is known of the user's own contacts: trusted, written to before, answered, settled.
// Held in memory; a later store makes it last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "address/mailbox.hpp"
#include "lookalike/near_names.hpp"

namespace recipient_guard {

class People {
 public:
  // designed by the owner of this room; see the judge's needs:
  // trust(mailbox) / trust(domain); is_trusted
  // wrote_to(mailbox, time, overridden); is_known(mailbox, now)   (K of the contract)
  // answered(mailbox, time): a sent reply with it as answered.from
  // settle(reason code name, subject key): "it is right" (S); is_settled
};

}  // namespace recipient_guard
