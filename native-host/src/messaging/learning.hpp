// SPDX-License-Identifier: MPL-2.0
// What the user's people learn from mail that left and from "it is right". One place for native
// messages and `check --batch`.
#pragma once

#include <cstdint>

#include "messaging/answers.hpp"
#include "people/people.hpp"
#include "verdict/judgement.hpp"
#include "verdict/message.hpp"

namespace recipient_guard {

/// The person said of `card` that it is right: ends the question of each of its findings that may be
/// settled so, and of no other. A finding that blocks is not settled by its override.
void settle(People& people, const Card& card);

/// The same for every recipient and message finding that `judgement` questions.
void settle_all(People& people, const Judgement& judgement);

/// `message` left. `judgement` is what was open about it when it did (with all answers taken in):
/// who is questioned there left without "it is right" and counts as overridden. The message's time
/// is set.
void learn_from_sent(People& people, const Message& message, const Judgement& judgement,
                     const PublicSuffixes& suffixes);

/// Adds what `offer` says of `card`'s address to the trusted contacts.
void trust(People& people, const Card& card, TrustOffer offer, const PublicSuffixes& suffixes);

}  // namespace recipient_guard
