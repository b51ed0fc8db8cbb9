// SPDX-License-Identifier: MPL-2.0
// What the user's people learn from a message that left and from "it is right", as plain facts: the
// caller puts them where they last, or into a People in memory.
#pragma once

#include <vector>

#include "people/facts.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// "It is right" was said of `recipient`: each of its questions that may be settled so (S), those
/// merged behind others included, and no other. A finding that blocks stays a block whatever is
/// settled.
std::vector<SettledQuestion> settled_by(const RecipientJudgement& recipient);

/// Each of those that could be read, with the name shown beside it, in To, Cc and Bcc: questioned
/// in `open` (what of `judgement` no "it is right" had answered when the message left) counts as
/// overridden, and so does an overridden block whatever was answered; everyone else counts as
/// rightly written to. Precondition: both have the same recipients. A reply also teaches that its
/// `answered.from` was answered. Does not ask the policy whether anything may be learned
/// (history.learn): the caller does. The message's time is set.
Facts learned_from(const Message& message, const Judgement& judgement, const Judgement& open);

/// What is open of `judgement` where "it is right" was said of every recipient.
Judgement all_answered(Judgement judgement);

/// The same of a message that left before the guard was there to ask: who looks like a slip of
/// somebody else counts as overridden, whatever else would be asked today does not; and a reply to
/// one alone counts as an answer to it, since whom it answered is not told.
Facts learned_from_past(const Message& message, const Judgement& judgement);

}  // namespace recipient_guard
