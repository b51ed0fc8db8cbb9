// SPDX-License-Identifier: MPL-2.0
// Sub-domains that lose their dot and stick to the name behind: usibm.com for us.ibm.com.
#pragma once

#include <string_view>

namespace recipient_guard {

/// Labels that so many organisations use as a sub-domain of their mail that the name behind one,
/// where it is listed, is likelier than chance: countries and continents, mail hosts, offices.
bool is_common_subdomain(std::string_view label);

/// Characters of the shortest and the longest of them.
inline constexpr std::size_t shortest_subdomain = 2;
inline constexpr std::size_t longest_subdomain = 8;

}  // namespace recipient_guard
