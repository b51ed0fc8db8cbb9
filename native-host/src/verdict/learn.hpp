// SPDX-License-Identifier: MPL-2.0
// What the user's people learn from a message that left and from "it is right".
#pragma once

#include "address/public_suffix.hpp"
#include "people/people.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// "It is right" was said of a recipient that carries `findings`: ends for good each of these
/// questions that may be settled so (S), those merged behind them included, and no other. A finding
/// that blocks stays a block whatever is settled.
void settle(People& people, const RecipientJudgement& recipient);

/// `message` left; `judgement` is what was open about it when it did. Who is questioned there
/// counts as overridden, everyone else as rightly written to; with `right` all were confirmed as
/// right, but an overridden block counts as overridden all the same. Reply-To, groups and what
/// could not be read teach nothing; a reply also teaches that its `answered.from` was answered.
/// Does not ask the policy whether anything may be learned (history.learn): the caller does. The
/// message's time is set.
void learn(People& people, const Message& message, const Judgement& judgement, bool right,
           const PublicSuffixes& suffixes);

}  // namespace recipient_guard
