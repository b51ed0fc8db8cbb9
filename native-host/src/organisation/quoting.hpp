// SPDX-License-Identifier: MPL-2.0
// How messages quote what stands in a document or on the wire.
#pragma once

#include <string>
#include <string_view>

namespace recipient_guard {

/// `text` for an error message: in double quotes, safe to show, cut where it is longer than a line.
std::string in_quotes(std::string_view text);

}  // namespace recipient_guard
