// SPDX-License-Identifier: MPL-2.0
// Policies and messages made by hand, for what is measured without files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "organisation/policy.hpp"
#include "verdict/message.hpp"

namespace recipient_guard::bench {

/// A policy that allows `entries` entries, `listed(number)` each; ends the program where one cannot
/// be read.
Policy policy_of(std::uint32_t entries, const std::function<std::string(std::uint32_t)>& listed,
                 const PublicSuffixes& suffixes);

/// A message to one address.
Message message_to(std::string text);

}  // namespace recipient_guard::bench
