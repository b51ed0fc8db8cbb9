// SPDX-License-Identifier: MPL-2.0
// "did you mean": which known word is a mistyped one nearest to? For keys and values of documents;
// of addresses and domains that is lookalike's business.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// The one of `known` that is fewest edits (insert, delete, replace, swap neighbours) from `typed`,
/// case aside; the first where several are. Nothing where even that is more than a third of the
/// letters, at least one, away.
std::optional<std::string_view> nearest_of(std::string_view typed,
                                           const std::vector<std::string_view>& known);

}  // namespace recipient_guard
