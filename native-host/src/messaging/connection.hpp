// SPDX-License-Identifier: MPL-2.0
// One Guard on one pair of pipes, with the policy looked at again and again beside it.
#pragma once

#include <chrono>

#include "messaging/guard.hpp"
#include "organisation/policy_source.hpp"
#include "system/error.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {

/// A change of a policy document is in force within a second.
inline constexpr std::chrono::milliseconds policy_interval{500};

/// Serves until the peer goes (Done) or the stream fails; see Session::run(). The policy is
/// refreshed on a thread of its own, so that no request waits for a large one. If that thread is
/// still loading when the connection ends, the process ends here and now, with the status of the
/// outcome.
Result<Done> serve_connection(PrivateStdio pipes, Guard& guard, PolicySource& policy);

}  // namespace recipient_guard
