// SPDX-License-Identifier: MPL-2.0
// An address header of a message (RFC 5322, 3.4, with the obsolete forms that stand in old mail) as
// single mailboxes in display form. Inner part of this room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// The mailboxes of `field` (unfolded, without its name) in order, members of groups included,
/// empty ones left out; at most `max_mailboxes`, then one more to tell that there were others.
/// Names are quoted where they must be and not elsewhere, so that their encoded-words are read also
/// where a program wrote them in quotes; a comment stands for a missing name. The address is taken
/// over as it stands. What cannot be told apart safely is given whole, for the reader of addresses
/// to refuse. Linear in the length of `field`.
std::vector<std::string> mailboxes_of(std::string_view field, std::size_t max_mailboxes);

}  // namespace recipient_guard
