// SPDX-License-Identifier: MPL-2.0
#include "names.hpp"

#include <array>

namespace recipient_guard::bench {
namespace {

constexpr std::array<std::string_view, 64> syllables = {
    "al",  "an", "ar",  "ba",  "bel", "ben", "bri", "ca",  "cor", "da",  "del", "den", "do",
    "el",  "en", "er",  "fa",  "fin", "for", "ga",  "gen", "gra", "ha",  "hel", "hu",  "in",
    "is",  "ja", "ka",  "kel", "la",  "len", "lo",  "ma",  "mer", "mi",  "mon", "na",  "nor",
    "o",   "pa", "per", "por", "qui", "ra",  "ri",  "ro",  "sa",  "sel", "sta", "ta",  "ter",
    "tor", "u",  "va",  "ver", "vi",  "wa",  "wes", "win", "xa",  "ya",  "yo",  "zen"};
constexpr std::array<std::string_view, 16> endings = {
    "tech",  "bank",  "group", "works", "soft", "x",    "lab",  "net",
    "trade", "press", "media", "s",     "air",  "farm", "labs", "-it"};
constexpr std::array<std::string_view, 16> suffixes = {"com", "com", "com",   "com",   "com", "com",
                                                       "com", "com", "org",   "net",   "de",  "fr",
                                                       "mil", "gov", "co.uk", "gov.uk"};
constexpr std::array<std::string_view, 16> first_names = {
    "anna", "bob",  "carol", "dan",  "emma", "frank", "grace", "henry",
    "ines", "john", "karl",  "lisa", "mary", "nora",  "oscar", "paul"};

constexpr std::uint32_t bits = 24;
constexpr std::uint32_t mask = (1U << bits) - 1;

/// One to one among the numbers of 24 bits.
std::uint32_t shuffled(std::uint32_t number) {
  number = (number * 0x9e3779U) & mask;
  number ^= number >> 12U;
  number = (number * 0x2c1b3dU) & mask;
  return number ^ (number >> 11U);
}

constexpr std::uint32_t people_a_domain = 20;

}  // namespace

std::uint64_t spread(std::uint64_t number) {
  number = (number + 1) * 0x9e3779b97f4a7c15ULL;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebULL;
  return number ^ (number >> 31U);
}

std::string domain_name(std::uint32_t number) {
  const std::uint32_t digits = shuffled(number & mask);
  std::string name;
  name += syllables[digits & 63U];
  name += syllables[(digits >> 6U) & 63U];
  name += syllables[(digits >> 12U) & 63U];
  name += endings[(digits >> 18U) & 15U];
  const std::uint32_t rest = digits >> 22U;  // four suffixes a stem
  name += '.';
  name += suffixes[(spread(digits & 0x3fffffU) + rest * 5) & 15U];
  return name;
}

std::string address(std::uint32_t number) {
  const std::uint64_t dice = spread(number);
  std::string local(first_names[dice & 15U]);
  local += (dice & 64U) != 0 ? "." : "";
  local += syllables[(dice >> 8U) & 63U];
  local += syllables[(dice >> 14U) & 63U];
  local += syllables[(dice >> 20U) & 63U];
  // The seat in the house makes two namesakes at one domain differ.
  local += static_cast<char>('a' + number % people_a_domain);
  return local + "@" + domain_name(number / people_a_domain);
}

std::string with_slip(std::string name, std::uint64_t dice) {
  const std::size_t at = 1 + (dice >> 8U) % (name.size() - 2);
  const char letter = static_cast<char>('a' + (dice >> 32U) % 26);
  switch (dice & 3U) {
    case 0:
      return name.erase(at, 1);
    case 1:
      return name.insert(at, 1, letter);
    case 2:
      name[at] = letter;
      return name;
    default:
      std::swap(name[at - 1], name[at]);
      return name;
  }
}

std::string query(std::uint32_t number, std::uint32_t listed) {
  const std::uint64_t dice = spread(number + 0x100000000ULL);
  std::string text = address(static_cast<std::uint32_t>(dice % listed));
  if (number % 2 == 0) {
    return text;
  }
  const std::size_t at = text.find('@');
  const std::uint64_t more = spread(dice);
  if ((more & 0x8000U) != 0) {
    return with_slip(text.substr(0, at), more) + text.substr(at);
  }
  // Not in the suffix: whether that gives another one is no question of the index.
  const std::size_t dot = text.find('.', at);
  return text.substr(0, at + 1) + with_slip(text.substr(at + 1, dot - at - 1), more) +
         text.substr(dot);
}

}  // namespace recipient_guard::bench
