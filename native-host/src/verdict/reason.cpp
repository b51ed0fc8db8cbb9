// SPDX-License-Identifier: MPL-2.0
#include "verdict/reason.hpp"

#include <algorithm>
#include <array>

namespace recipient_guard {
namespace {

constexpr std::uint8_t a = by_address_entry;
constexpr std::uint8_t d = by_domain_entry;
constexpr std::uint8_t t = by_trust;
constexpr std::uint8_t k = by_known;
constexpr std::uint8_t s = by_settled;
constexpr std::optional<Verdict> warn = Verdict::warn;
constexpr std::optional<Verdict> block = Verdict::block;
constexpr std::optional<Verdict> off;

constexpr bool fixed = true;
constexpr bool free = false;
constexpr bool proposes = true;
constexpr bool plain = false;
constexpr bool of_domain = true;
constexpr bool of_address = false;
constexpr bool lookalike = true;
constexpr bool other = false;

constexpr auto to_bits(int bits) {
  return static_cast<std::uint8_t>(bits);
}

using R = Reason;
// clang-format off
constexpr std::array table = std::to_array<ReasonTraits>({
    {R::unreadable_address,      "unreadable-address",      block, fixed, to_bits(a),             proposes, of_address, other},
    {R::blocked_by_organisation, "blocked-by-organisation", block, fixed, by_nothing,             plain,    of_address, other},
    {R::asked_by_organisation,   "asked-by-organisation",   warn,  free,  by_nothing,             plain,    of_address, other},
    {R::not_on_allowlist,        "not-on-allowlist",        off,   free,  to_bits(a | d | t | k), plain,    of_address, other},
    {R::confusable_suffix,       "confusable-suffix",       warn,  free,  to_bits(a | d | t | k | s), proposes, of_domain, lookalike},
    {R::homoglyph_domain,        "homoglyph-domain",        warn,  free,  to_bits(a | t | k | s), proposes, of_domain,  lookalike},
    {R::lookalike_domain,        "lookalike-domain",        warn,  free,  to_bits(a | d | t | k | s), proposes, of_domain, lookalike},
    {R::lookalike_address,       "lookalike-address",       warn,  free,  to_bits(a | t | k | s), proposes, of_address, lookalike},
    {R::known_elsewhere,         "known-elsewhere",         warn,  free,  to_bits(a | t | k | s), proposes, of_address, lookalike},
    {R::misleading_name,         "misleading-name",         warn,  free,  to_bits(a | t | k | s), proposes, of_address, other},
    {R::unusual_address,         "unusual-address",         warn,  free,  to_bits(a | t | k | s), plain,    of_address, other},
    {R::no_such_suffix,          "no-such-suffix",          warn,  free,  to_bits(a | d | t | k | s), proposes, of_domain, other},
    {R::unknown_members,         "unknown-members",         warn,  free,  to_bits(s),             plain,    of_address, other},
    {R::odd_one_out,             "odd-one-out",             warn,  free,  to_bits(s),             proposes, of_address, other},
    {R::new_in_reply,            "new-in-reply",            off,   free,  to_bits(a | d | t),     plain,    of_address, other},
    {R::reply_diverted,          "reply-diverted",          warn,  free,  to_bits(a | t | k | s), proposes, of_address, other},
    {R::posting,                 "posting",                 warn,  free,  to_bits(a | s),         plain,    of_address, other},
    {R::marking,                 "marking",                 off,   free,  by_nothing,             plain,    of_address, other},
    {R::visible_crowd,           "visible-crowd",           warn,  free,  by_nothing,             plain,    of_address, other},
});
// clang-format on

static_assert(std::ranges::all_of(table, [](const ReasonTraits& row) {
  return &row == &table[static_cast<std::size_t>(row.reason)];
}));

constexpr std::array<std::string_view, 3> verdict_names = {"allow", "warn", "block"};

}  // namespace

std::string_view name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Reason reason) {
  return traits_of(reason).name;
}

std::optional<Reason> reason_of(std::string_view name) {
  const auto* const at = std::find_if(table.begin(), table.end(),
                                      [&](const ReasonTraits& row) { return row.name == name; });
  return at == table.end() ? std::nullopt : std::optional(at->reason);
}

std::span<const ReasonTraits> reason_table() {
  return table;
}

const ReasonTraits& traits_of(Reason reason) {
  return table[static_cast<std::size_t>(reason)];
}

namespace {

std::string_view left_out(const ReasonTraits& row) {
  if (row.reason == Reason::not_on_allowlist) {
    return "as strangers says";
  }
  if (row.reason == Reason::marking) {
    return "as the marking says";
  }
  return row.default_verdict ? name_of(*row.default_verdict) : "off";
}

}  // namespace

CheckVocabulary check_vocabulary() {
  CheckVocabulary vocabulary;
  for (const ReasonTraits& row : table) {
    CheckName name{row.name, row.fixed, {}, {}, left_out(row)};
    if (row.reason == Reason::visible_crowd) {
      name.numbers = {"limit"};
    } else if (row.reason == Reason::posting) {
      name.entry_lists = {"lists"};
    }
    vocabulary.push_back(std::move(name));
  }
  return vocabulary;
}

}  // namespace recipient_guard
