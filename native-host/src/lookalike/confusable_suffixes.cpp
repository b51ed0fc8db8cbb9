// SPDX-License-Identifier: MPL-2.0
#include "lookalike/confusable_suffixes.hpp"

#include <array>

namespace recipient_guard {
namespace {

constexpr bool needs_name = true;

// Endings that exist: one that does not is a slip of an allowed ending by rule, without a row here.
constexpr std::array table = std::to_array<ConfusableSuffix>({
    {"mil", "ml", "Mali: the i left out; 117,000 messages in half of 2023"},
    {"gov", "gop", "a party's ending: p, the letter after o, for v"},
    {"gov", "got", "a company's ending: t for v"},
    {"gov", "goo", "a company's ending: o pressed twice, v not at all"},
    {"gov", "mov", "a film ending: m for g"},
    {"gov.uk", "gov", "the country left out; that is the United States", needs_name},
    {"gov.uk", "gov.ua", "Ukraine: a for k"},
    {"mod.uk", "mod.co.uk", "the usual British ending put in"},
    {"mod.uk", "mod.org.uk", "the usual British ending put in"},
    {"nhs.uk", "nhs.co.uk", "the usual British ending put in"},
    {"nhs.uk", "nhs.org.uk", "the usual British ending put in"},
    {"nhs.uk", "nhs.gov.uk", "the government's ending put in"},
    {"police.uk", "police.co.uk", "the usual British ending put in"},
    {"police.uk", "police.gov.uk", "the government's ending put in"},
    {"com", "co", "Colombia: the m left out; sold as short for company"},
    {"com", "cm", "Cameroon: the o left out; catches all mail since 2006"},
    {"com", "om", "Oman: the c left out"},
    {"com", "cam", "a for o"},
    {"com", "bom", "b for c, two keys along"},
    {"org", "ong", "n for r; French and Spanish for the same"},
    {"net", "ne", "Niger: the t left out"},
    {"net", "et", "Ethiopia: the n left out"},
    {"net", "bet", "b, the key beside n"},
    {"int", "in", "India: the t left out", needs_name},
    {"int", "it", "Italy: the n left out", needs_name},
    {"int", "ink", "k for t"},
    {"edu", "eu", "the European Union: the d left out", needs_name},
    {"co.uk", "co", "the country left out; that is Colombia", false, 1},
    {"co.uk", "uk", "the co left out", needs_name, 2},
    {"ac.uk", "ac", "the country left out; that is Ascension", false, 1},
    {"com.au", "com", "the country left out", needs_name, 1},
    {"co.nz", "co", "the country left out; that is Colombia", false, 2},
    {"co.za", "co", "the country left out; that is Colombia", false, 2},
    {"co.in", "co", "the country left out; that is Colombia", false, 2},
    {"co.jp", "co", "the country left out; that is Colombia", false, 2},
});

}  // namespace

std::span<const ConfusableSuffix> confusable_suffixes() {
  return table;
}

}  // namespace recipient_guard
