// SPDX-License-Identifier: MPL-2.0
#include "messaging/contact_writer.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "address/idna.hpp"
#include "address/reader.hpp"
#include "document/time_text.hpp"
#include "messaging/json_writer.hpp"
#include "verdict/trust_permit.hpp"

namespace recipient_guard {
namespace {

/// Of a list in an answer: leaves room in the frame for what stands around it.
constexpr std::size_t max_list_octets = 800 * 1024;
/// Of one list among several.
constexpr std::size_t max_part_octets = 300 * 1024;

void entry_members(JsonWriter& json, const Trusted& trusted) {
  const std::string text = trusted.entry.text();
  const bool is_domain = std::holds_alternative<DomainName>(trusted.entry.of);
  json.member("entry", text).member("kind", is_domain ? "domain" : "address");
  json.member("shown", shown_address(text));
  json.member("time", trusted.time).member("source", trusted.source);
}

void number_or_null(JsonWriter& json, std::string_view name, std::optional<std::int64_t> number) {
  json.key(name);
  number ? json.value(*number) : json.null();
}

void settled_list(JsonWriter& json, const std::string& out,
                  std::span<const SettledSince> questions) {
  const std::size_t begin = out.size();
  std::size_t told = 0;
  json.key("settled").begin_array();
  for (const SettledSince& one : questions) {
    if (out.size() - begin > max_part_octets) {
      break;
    }
    json.begin_object().member("code", one.question.reason);
    json.member("subject", one.question.subject).member("time", one.time).end_object();
    ++told;
  }
  json.end_array();
  if (told < questions.size()) {
    json.member("more_settled", questions.size() - told);
  }
}

void groups(JsonWriter& json, const std::string& out, std::span<const KeptGroup> kept) {
  const std::size_t begin = out.size();
  std::size_t told = 0;
  json.key("groups").begin_array();
  for (const KeptGroup& group : kept) {
    if (out.size() - begin > max_part_octets) {
      break;
    }
    json.begin_object().key("others").begin_array();
    for (const std::string& other : group.others) {
      json.value(other);
    }
    json.end_array().member("messages", group.messages).member("last", group.last).end_object();
    ++told;
  }
  json.end_array();
  if (told < kept.size()) {
    json.member("more_groups", kept.size() - told);
  }
}

}  // namespace

std::string shown_address(const std::string& address) {
  const std::size_t at = address.rfind('@');
  const std::size_t begin = at == std::string::npos ? 0 : at + 1;
  const auto domain = DomainName::from_ascii(std::string_view(address).substr(begin));
  return escape_for_display(domain ? address.substr(0, begin) + to_unicode(*domain) : address);
}

std::string trusted_json(const Trusted& trusted, std::optional<bool> added) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  entry_members(json, trusted);
  if (added) {
    json.member("added", *added);
  }
  json.end_object();
  return out;
}

std::string trust_list_json(std::span<const Trusted> entries, const std::string& after,
                            const Policy* policy, ListLength length) {
  if (!after.empty()) {
    const auto at = std::find_if(entries.begin(), entries.end(), [&](const Trusted& trusted) {
      return trusted.entry.text() == after;
    });
    entries = at == entries.end()
                  ? std::span<const Trusted>()
                  : entries.subspan(static_cast<std::size_t>(at - entries.begin() + 1));
  }
  std::string out;
  JsonWriter json(out);
  std::size_t told = 0;
  json.begin_object().key("entries").begin_array();
  for (const Trusted& trusted : entries) {
    if (length == ListLength::page && out.size() > max_list_octets) {
      break;
    }
    json.begin_object();
    entry_members(json, trusted);
    if (policy != nullptr && !trust_in_force(trusted.entry, *policy)) {
      json.member("in_force", false);
      if (const auto rule = blocking_rule(trusted.entry, *policy)) {
        json.member("rule", policy->shown(rule->source));
      }
    }
    json.end_object();
    ++told;
  }
  json.end_array().member("more", entries.size() - told).key("personal_trust");
  policy == nullptr ? json.null() : json.value(name_of(policy->personal_trust));
  json.end_object();
  return out;
}

std::string kept_json(const Kept& kept, bool known) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("address", kept.address).member("shown", shown_address(kept.address));
  json.member("messages", kept.messages).member("overridden", kept.overridden);
  number_or_null(json, "first", kept.first);
  number_or_null(json, "last", kept.last);
  json.member("known", known).key("known_from");
  kept.known_from ? json.value(day_text(*kept.known_from)) : json.null();
  json.member("answered", kept.answered);
  number_or_null(json, "answered_last", kept.answered_last);
  json.key("trusted");
  if (kept.trusted) {
    json.begin_object().member("time", kept.trusted->time);
    json.member("source", kept.trusted->source).end_object();
  } else {
    json.null();
  }
  json.key("names").begin_array();
  for (const KeptName& name : kept.names) {
    json.begin_object().member("name", name.name).member("messages", name.messages);
    json.member("last", name.last).end_object();
  }
  json.end_array();
  groups(json, out, kept.groups);
  settled_list(json, out, kept.settled);
  json.key("books").begin_array();
  for (const std::string& book : kept.books) {
    json.value(book);
  }
  json.end_array().end_object();
  return out;
}

std::string sums_json(const KeptSums& sums) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("contacts", sums.contacts).member("written_to", sums.written_to);
  json.member("trusted", sums.trusted).member("groups", sums.groups);
  number_or_null(json, "oldest", sums.oldest);
  json.key("books").begin_array();
  const std::size_t begin = out.size();
  for (const KeptBook& book : sums.books) {
    if (out.size() - begin > max_part_octets) {
      break;
    }
    json.begin_object().member("source", book.source).member("addresses", book.addresses);
    json.end_object();
  }
  json.end_array();
  settled_list(json, out, sums.settled);
  json.end_object();
  return out;
}

}  // namespace recipient_guard
