// SPDX-License-Identifier: MPL-2.0
// Did the message leave as it was allowed? Compared by field and address, as sets: Thunderbird
// drops doubled recipients, and the order says nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

struct Destination {
  Field field = Field::to;
  std::string address;  ///< Mailbox::key(), the text where it cannot be read, or a newsgroup

  auto operator<=>(const Destination&) const = default;
};

/// To whom a message goes: by To, Cc and Bcc, and to which newsgroups.
struct Destinations {
  std::vector<Destination> addresses;     ///< sorted, each once
  std::vector<Field> unseen_list_fields;  ///< where a list stands whose members cannot be seen
};

Destinations destinations_of(const Message& message);

/// The same where the message may leave, and nothing where it may not. Precondition: `judgement` is
/// of `message`; the addresses read for it are not read again.
std::optional<Destinations> allowed_by(const Message& message, Judgement judgement);

/// False where somebody was added, lost or moved, or a newsgroup added. Nothing where nobody can
/// say, because all that came in addition may have been members of a list that could not be seen.
std::optional<bool> left_as_allowed(const Destinations& allowed, const Destinations& left);

}  // namespace recipient_guard
