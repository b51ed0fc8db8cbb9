// SPDX-License-Identifier: MPL-2.0
// A judgement in words, for a person at a terminal.
#pragma once

#include <string>

#include "verdict/judgement.hpp"

namespace recipient_guard {

enum class Colour { off, on };

/// A few lines for each recipient and message finding, UTF-8, each line with its end. What came
/// from outside is escaped, so that no address can steer the terminal.
std::string in_words(const Judgement& judgement, Colour colour);

/// One sentence on a finding, without its end: what is the matter and what follows.
std::string sentence_on(const Finding& finding);

}  // namespace recipient_guard
