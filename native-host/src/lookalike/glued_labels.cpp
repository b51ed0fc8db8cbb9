// SPDX-License-Identifier: MPL-2.0
#include "lookalike/glued_labels.hpp"

#include <algorithm>
#include <array>

namespace recipient_guard {
namespace {

// Sorted.
constexpr std::array labels = std::to_array<std::string_view>({
    "africa", "americas", "apac",     "asia",   "at",    "au",    "be",   "br",    "ca",
    "ch",     "cn",       "corp",     "de",     "dk",    "email", "emea", "es",    "eu",
    "europe", "exchange", "fr",       "global", "group", "hk",    "hq",   "ie",    "in",
    "int",    "intl",     "it",       "jp",     "kr",    "latam", "list", "lists", "mail",
    "mail1",  "mail2",    "mailhost", "mx",     "na",    "nl",    "no",   "nz",    "pl",
    "pt",     "ru",       "se",       "sg",     "smtp",  "staff", "tw",   "uk",    "us",
    "usa",    "webmail",  "www",      "za",
});
static_assert(std::is_sorted(labels.begin(), labels.end()));
static_assert(std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
  return label.size() >= shortest_subdomain && label.size() <= longest_subdomain;
}));

}  // namespace

bool is_common_subdomain(std::string_view label) {
  return std::binary_search(labels.begin(), labels.end(), label);
}

}  // namespace recipient_guard
