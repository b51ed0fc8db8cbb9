// SPDX-License-Identifier: MPL-2.0
// The keys under which the near-name index files a name, and those under which it looks one up.
// All names are the text() of a DomainName. Inner part of this room.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// Appends hashes of: the whole name, always first; its skeleton; the name without one character of
/// its stem (all but the last label) or its last dot; stem and dot alone; the name without dots and
/// hyphens. Each once.
void add_keys_of_listed(std::string_view name, std::vector<std::uint64_t>& keys);

/// The same of a typed name, which also gives up characters of its last label.
void add_keys_of_typed(std::string_view name, std::vector<std::uint64_t>& keys);

/// The key of the whole name alone.
std::uint64_t key_of_name(std::string_view name);

/// Of all names below `registrable`; no name begins with a dot.
std::uint64_t key_below(std::string_view registrable);

}  // namespace recipient_guard
