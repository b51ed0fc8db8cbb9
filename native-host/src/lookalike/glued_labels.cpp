// SPDX-License-Identifier: MPL-2.0
#include "lookalike/glued_labels.hpp"

#include <algorithm>
#include <array>

namespace recipient_guard {
namespace {

// Sorted, so that of two the shorter stands before what it begins.
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

}  // namespace

std::vector<std::string_view> common_subdomains_in_front(std::string_view name) {
  std::vector<std::string_view> found;
  for (const std::string_view label : labels) {
    // Nearly all differ in the first character, which takes no call.
    if (name.substr(0, 1) == label.substr(0, 1) && name.starts_with(label)) {
      found.push_back(label);
    }
  }
  return found;
}

}  // namespace recipient_guard
