// SPDX-License-Identifier: MPL-2.0
// Times as people and spreadsheets write them: RFC 3339, in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

/// Unix seconds as `2023-07-25T14:02:11Z`.
std::string time_text(std::int64_t seconds);

/// `2023-07-25T14:02:11Z`, `2023-07-25` (its first second) or whole Unix seconds from 1 on; nothing
/// for anything else.
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace recipient_guard
