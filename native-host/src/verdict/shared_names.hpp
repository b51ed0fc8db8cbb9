// SPDX-License-Identifier: MPL-2.0
// Local parts that name a desk, not a person: info@ here is not the info@ there.
#pragma once

#include "address/mailbox.hpp"

namespace recipient_guard {

bool is_shared_name(const LocalPart& local);

}  // namespace recipient_guard
