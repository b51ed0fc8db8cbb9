// SPDX-License-Identifier: MPL-2.0
// One Guard on one pair of pipes, with policy and contacts looked at again and again beside it.
#pragma once

#include <chrono>

#include "messaging/guard.hpp"
#include "messaging/upkeep.hpp"
#include "system/error.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {

/// A change of a policy document, and what another host has learned, is in force within a second.
inline constexpr std::chrono::milliseconds upkeep_interval{500};

/// Serves until the peer goes (Done) or the stream fails; see Session::run(). The upkeep is done on
/// a thread of its own, so that no request waits for a large policy. If that thread is still at
/// work when the connection ends, the process ends here and now: says what the outcome was where
/// that is no Done, and has its status.
Result<Done> serve_connection(PrivateStdio pipes, Guard& guard, Upkeep& upkeep);

}  // namespace recipient_guard
