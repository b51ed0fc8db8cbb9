// SPDX-License-Identifier: MPL-2.0
// Sub-domains that lose their dot and stick to the name behind: usibm.com for us.ibm.com.
#pragma once

#include <string_view>
#include <vector>

namespace recipient_guard {

/// What `name` begins with of the labels that so many organisations use as a sub-domain of their
/// mail that the name behind one, where it is listed, is likelier than chance: countries and
/// continents, mail hosts, offices. The shortest first.
std::vector<std::string_view> common_subdomains_in_front(std::string_view name);

}  // namespace recipient_guard
