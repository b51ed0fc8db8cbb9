// SPDX-License-Identifier: MPL-2.0
// The keys under which the near-name index files a name, and those under which it looks one up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// Hashes of: the whole name; the name without one character of its stem (all but the last label)
/// or its last dot; stem and dot alone; the name without dots and hyphens; its skeleton. Each once.
/// `skeleton` is skeleton_of(name).
void keys_of_listed(std::u32string_view name, std::u32string_view skeleton,
                    std::vector<std::uint64_t>& keys);

/// The same of a typed name, which also gives up characters of its last label.
void keys_of_typed(std::u32string_view name, std::u32string_view skeleton,
                   std::vector<std::uint64_t>& keys);

/// The key of the whole name alone.
std::uint64_t key_of(std::u32string_view name);

}  // namespace recipient_guard
