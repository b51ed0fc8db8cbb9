// SPDX-License-Identifier: MPL-2.0
// What a name looks like: letters that are taken for each other become one (UTS #39,
// section 4, by ICU's uspoof; beside it a table of our own of what the standard has for no twins).
#pragma once

#include <string>
#include <string_view>

#include "address/mailbox.hpp"

namespace recipient_guard {

/// The domain's characters, its A-labels in Unicode (RFC 5890).
std::u32string characters_of(const DomainName& name);

/// Two names with one skeleton look the same: accents are dropped, Cyrillic, Greek and other twins
/// become Latin letters, then 0 becomes o; 1 and i become l; m is written rn, w vv, d cl.
std::u32string skeleton_of(std::u32string_view characters);

/// Only twins of other scripts become Latin letters; accents stay. For a name that hides another
/// script this is the name that people read.
std::u32string latin_twin_of(std::u32string_view characters);

}  // namespace recipient_guard
