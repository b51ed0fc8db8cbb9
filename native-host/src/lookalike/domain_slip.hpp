// SPDX-License-Identifier: MPL-2.0
// The slip between two domains, and how a slip in a listed name travels to what lies below it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "lookalike/keyboards.hpp"
#include "lookalike/slip.hpp"

namespace recipient_guard {

enum class SlipPlace {
  subdomain,  ///< in a label left of the registrable name
  name,       ///< in the label that was registered
  suffix,     ///< in the public suffix
};

/// What weighing a slip needs to know of it.
struct SlipShape {
  SlipPlace place = SlipPlace::name;
  /// Of a substitution, or of an insertion beside its neighbour key: the layouts where it is one.
  KeyboardLayouts neighbouring_keys;
  bool wrong_doubled = false;        ///< a substitution that doubles another letter: exoon, exxon
  bool first_character = false;      ///< of its label
  bool last_character = false;       ///< of its label
  bool number_at_end = false;        ///< only a number at one end of a label differs: room1, room2
  bool digits_swapped = false;       ///< two neighbouring digits changed places: 8706, 8760
  bool digit_among_letters = false;  ///< a digit put in between two letters
  bool first_digit = false;          ///< a digit put in where the registered label has none
  bool digit_for_letter = false;     ///< or a letter for a digit
  /// Only a state's letters at one end differ, or pd and fd: essexct, essexvt.
  bool body_code = false;
  /// Another code of two letters, but in the registered label: co.uk, co.us; uk.example.com, us ..
  bool country_code = false;
  bool only_marks = false;        ///< nothing but dots and hyphens differs, many as they may be
  bool other_characters = false;  ///< a homoglyph that holds letters outside ASCII
  bool several_twins = false;     ///< a homoglyph in ASCII that one exchange does not make
  /// There are labels before the registered one, and the slip is in none of them.
  bool shared_subdomain = false;
  bool same_letters = false;   ///< of two edits: all letters are there, in another order
  bool two_in_length = false;  ///< of two edits: two characters more, or two fewer
  bool both_replaced = false;  ///< of two edits: two letters stand for two others
  /// Of a slip in a sub-domain: names of the index below the same registered one, as far as they
  /// are counted (near_names.hpp); 0 where the slip is of no index.
  std::size_t names_of_house = 0;
  std::size_t name_length = 0;   ///< characters in the registered label of the near name
  std::size_t label_length = 0;  ///< characters in the label of the near name that holds the slip
  std::size_t letters = 0;       ///< characters of the whole near name, marks left out
};

/// The slip between two whole domains, `typed` and `meant`; nothing where they are equal or more
/// than one slip apart. Kinds from homoglyph to substitution: another whole suffix, or one glued
/// on, is for confusable_suffixes.hpp and for whoever knows what is listed.
struct DomainSlip {
  SlipKind kind;
  SlipShape shape;
};
std::optional<DomainSlip> slip_between(const DomainName& typed, const DomainName& meant,
                                       const PublicSuffixes& suffixes);

/// The shape of two edits between two whole domains, place `suffix` where one of them is in the
/// public suffix; nothing where the registered labels are equal.
std::optional<SlipShape> shape_of_two_edits(const DomainName& typed, const DomainName& meant,
                                            const PublicSuffixes& suffixes);

/// The typed domain and those above it that a listed name may stand for, the longest first: with
/// `fleet.nayv.mil` also `nayv.mil`, never a public suffix; at most `most_parents` of them.
inline constexpr std::size_t most_parents = 10;
std::vector<DomainName> comparable_parents(const DomainName& typed, const PublicSuffixes& suffixes);

/// `typed` with its ending `old_end` (all of it, or a run of whole labels) replaced by `new_end`;
/// nothing where the outcome is no domain (too long).
std::optional<DomainName> with_end_replaced(const DomainName& typed, const DomainName& old_end,
                                            const DomainName& new_end);

}  // namespace recipient_guard
