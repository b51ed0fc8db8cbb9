// SPDX-License-Identifier: MPL-2.0
// A judgement in words, for a person at a terminal.
#pragma once

#include <string>
#include <string_view>

#include "verdict/judgement.hpp"

namespace recipient_guard {

enum class Colour { off, on };

/// A few lines for each recipient and message finding, UTF-8, each line with its end. What came
/// from outside is escaped, so that no address can steer the terminal.
std::string in_words(const Judgement& judgement, Colour colour);

/// The organisation's help with a block: in the language of `locale` (POSIX: "de_AT.UTF-8"), else
/// in English, else in any; lines as those of in_words(), headed like a recipient's since they
/// belong to no single one. None where there is no help.
std::string help_in_words(const Judgement& judgement, std::string_view locale);

/// One sentence on a finding, without its end: what is the matter and what follows.
std::string sentence_on(const Finding& finding);

}  // namespace recipient_guard
