// SPDX-License-Identifier: MPL-2.0
// Every constant of the model of slips, in natural log-odds. A score is the sum of its terms; a
// finding is made where it reaches the threshold.
//
// Noisy channel: how likely is it that a person who meant B typed A, against how likely it is that
// they meant A? Terms for the first speak of the kind of slip and of how well B is known, terms for
// the second of what speaks for A itself: it is short (so many names are near it), known, part of
// the thread that is answered.
#pragma once

#include <cstddef>
#include <cstdint>

#include "lookalike/slip.hpp"

namespace recipient_guard::weights {

inline constexpr double threshold = 0;
/// Findings that follow from a rule, not from weighing, are told with this score.
inline constexpr double certain = 20;

/// Before anything is looked at: some 0.6 of 1,000 first contacts are slips, and far more than one
/// of 1,000 has a near name by chance.
inline constexpr double prior = -1.5;

/// By kind, in the order of SlipKind: how often people make it, against how often two right names
/// differ so.
inline constexpr double by_kind[] = {
    2.5,   // homoglyph
    -1.5,  // digits: numbered machines
    1.0,   // doubled
    1.0,   // undoubled
    1.2,   // transposition
    2.0,   // dot
    0.8,   // hyphen
    0.8,   // deletion
    0.6,   // insertion
    -0.2,  // substitution
    0.0,   // suffix
    -4.0,  // several
};

inline constexpr double neighbouring_keys = 1.0;
inline constexpr double first_character = -0.8;
inline constexpr double trailing_number = -6.0;
inline constexpr double trailing_code = -5.0;
inline constexpr double country_code = -6.0;
inline constexpr double in_subdomain = -1.5;

/// By characters in the registered label of the near name: short names are near many.
constexpr double by_length(std::size_t length) {
  constexpr double table[] = {-6.0, -5.0, -4.0, -2.4, -0.4, 0.6, 1.2, 1.6, 2.0, 2.4, 2.6};
  constexpr std::size_t last = sizeof table / sizeof table[0] - 1;
  return table[length < last ? length : last];
}

/// A slip in the ending: the stem is the same, which chance seldom brings about.
inline constexpr double in_suffix = 3.0;
/// The typed ending does not exist: nobody can have meant it.
inline constexpr double no_such_suffix = 6.0;

/// Letters of another script in the typed name.
inline constexpr double other_script = 6.0;

/// What is known of the name that may have been meant.
inline constexpr double own = 1.5;
inline constexpr double listed = 0.5;
inline constexpr double protect = 1.0;
inline constexpr double built_in = 1.5;
inline constexpr double known_domain = 1.0;      ///< and `per_message` more
inline constexpr double per_message = 0.4;       ///< times ln(messages to it), at most `most_messages`
inline constexpr double most_messages = 2.5;
inline constexpr double person_known = 6.0;      ///< this very person is known there

/// What speaks for the name that was typed.
inline constexpr double typed_domain_known = -3.0;
inline constexpr double typed_in_thread = -6.0;

/// Confusable endings.
inline constexpr double pair = 4.0;
inline constexpr double pair_rank = -2.5;        ///< times the pair's rank
inline constexpr double slip_of_ending = 3.5;    ///< of an allowed ending, giving none that exists
inline constexpr double glued = 4.5;
inline constexpr double covered_by_name = 1.5;   ///< not by a bare ending alone

/// Two local parts at one domain (lookalike-address). Companies hold many people of near names, so
/// the prior is low and the more people are known there the less one slip says. Chosen on the
/// tuning half of real local-part slips, with the replay of busy senders beside it.
inline constexpr double person_prior = -1.0;
inline constexpr double person_kind[] = {
    3.0,   // homoglyph
    -0.5,  // digits: a number where there was none
    1.2,   // doubled
    1.2,   // undoubled
    1.5,   // transposition
    1.2,   // dot
    1.2,   // hyphen
    1.0,   // deletion
    1.0,   // insertion
    0.2,   // substitution
    0.0,   // suffix
    0.0,   // several
};
/// By letters and digits of the local part that may have been meant.
constexpr double by_person_length(std::size_t letters) {
  constexpr double table[] = {-6.0, -5.0, -4.0, -1.5, -0.8, 0.0, 0.6, 1.0, 1.4, 1.7, 2.0};
  constexpr std::size_t last = sizeof table / sizeof table[0] - 1;
  return table[letters < last ? letters : last];
}
inline constexpr double person_neighbouring_keys = 1.0;
inline constexpr double person_first_character = -1.5;
inline constexpr double person_other_initial = -2.5;  ///< jsmith, ksmith
inline constexpr double person_separator = 1.0;
inline constexpr double person_plural = -2.5;
inline constexpr double person_listed = 1.0;
inline constexpr double person_trusted = 2.0;
inline constexpr double person_written_to = 1.0;  ///< and `per_message` more
inline constexpr double person_crowd = -0.3;      ///< times ln(contacts at the domain)
inline constexpr double typed_shared_name = -3.0;
inline constexpr double name_fits_typed = -5.0;   ///< a word of the display name
inline constexpr double name_fits_meant = 3.0;

/// Misplaced dots where somebody with such an address is known at that very domain.
inline constexpr double odd_dots_are_usual = -3.0;

/// Corrections so close in score that none is the main one; more than `most_meant` are a guess.
inline constexpr double tie = 1.5;
inline constexpr std::size_t most_meant = 3;

/// So many times the messages make a name far better known.
inline constexpr std::uint32_t far_better_known = 10;

}  // namespace recipient_guard::weights
