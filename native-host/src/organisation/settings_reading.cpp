// SPDX-License-Identifier: MPL-2.0
// The keys of a policy document that hold objects of their own; markings stand apart.
#include <algorithm>

#include "address/characters.hpp"
#include "organisation/document_reading.hpp"
#include "organisation/nearest.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

constexpr std::int64_t a_hundred_years = 36'500;  // days
constexpr std::int64_t largest_limit = 1'000'000;

/// One suffix or domain, as text of `confusable`.
std::optional<DomainName> read_suffix(DocumentReading& reading, const Member& field) {
  const std::string* text = read_text(reading, field);
  if (text == nullptr) {
    return std::nullopt;
  }
  auto entry = read_entry(*text);
  if (const auto* good = std::get_if<Entry>(&entry);
      good != nullptr && good->form == EntryForm::domain) {
    return good->domain;
  }
  const auto bare = text->find_first_not_of(".*=@");
  std::string advice = "; write the name of a domain";
  if (bare != std::string::npos && bare > 0 &&
      std::holds_alternative<Entry>(read_entry(text->substr(bare)))) {
    advice = "; write " + in_quotes(text->substr(bare));
  }
  reading.fault(field.value.place, in_quotes(*text) + " is no suffix" + advice);
  return std::nullopt;
}

std::optional<PolicyVerdict> read_check_verdict(DocumentReading& reading, const Member& field) {
  return read_one_of(reading, field,
                     {PolicyVerdict::off, PolicyVerdict::warn, PolicyVerdict::block});
}

void read_pair(DocumentReading& reading, const JsonValue& value) {
  if (value.object() == nullptr) {
    reading.fault(value.place,
                  "a pair of \"confusable\" is an object with \"meant\" and \"typed\""
                  ", not " +
                      std::string(value.kind()));
    return;
  }
  std::optional<DomainName> meant;
  std::optional<DomainName> typed;
  std::optional<PolicyVerdict> verdict;
  for (const JsonMember& member : *value.object()) {
    const Member field = field_of("confusable.", member);
    if (is_annotation(reading, member)) {
      continue;
    }
    if (member.key == "meant") {
      meant = read_suffix(reading, field);
    } else if (member.key == "typed") {
      typed = read_suffix(reading, field);
    } else if (member.key == "verdict") {
      verdict = read_check_verdict(reading, field);
    } else {
      fault_unknown_key(reading, member, {"meant", "typed", "verdict"});
    }
  }
  if (!has_all(reading, value, "a pair of \"confusable\"", {"meant", "typed"}) || !meant ||
      !typed) {
    return;
  }
  if (*meant == *typed) {
    reading.fault(value.place, "\"meant\" and \"typed\" are the same");
    return;
  }
  auto& pairs = reading.policy().confusable;
  const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const ConfusablePair& pair) {
    return pair.meant == *meant && pair.typed == *typed;
  });
  const ConfusablePair pair{*meant, *typed, verdict, reading.source(value.place)};
  if (same != pairs.end()) {
    reading.note_replaced("the pair " + meant->text() + ", " + typed->text(), *same->source,
                          *pair.source);
    *same = pair;
  } else {
    pairs.push_back(pair);
  }
}

/// `{"verdict": .., "limit": .., "lists": [..]}`, onto what an earlier document said.
void read_check_object(DocumentReading& reading, const Member& field, const CheckName& check,
                       CheckSetting& setting) {
  const SourcePlace source = reading.source(field.key_place);
  std::vector<std::string_view> known{"verdict"};
  known.insert(known.end(), check.numbers.begin(), check.numbers.end());
  known.insert(known.end(), check.entry_lists.begin(), check.entry_lists.end());
  const auto is_in = [](const std::vector<std::string_view>& names, std::string_view key) {
    return std::find(names.begin(), names.end(), key) != names.end();
  };
  for (const JsonMember& member : *field.value.object()) {
    const Member inner = field_of(field.name + ".", member);
    if (is_annotation(reading, member)) {
      continue;
    }
    if (member.key == "verdict") {
      if (const auto verdict = read_check_verdict(reading, inner)) {
        setting.verdict = verdict;
        setting.source = source;
      }
    } else if (is_in(check.numbers, member.key)) {
      if (const auto number = read_number(reading, inner, 1, largest_limit)) {
        setting.numbers.insert_or_assign(member.key, CheckSetting::Number{*number, source});
      }
    } else if (is_in(check.entry_lists, member.key)) {
      read_entries(reading, inner, setting.entries[member.key]);
    } else {
      fault_unknown_key(reading, member, known);
    }
  }
}

void read_check(DocumentReading& reading, const JsonMember& member) {
  const auto& vocabulary = reading.vocabulary;
  const auto check = std::find_if(vocabulary.begin(), vocabulary.end(),
                                  [&](const CheckName& row) { return row.code == member.key; });
  if (check == vocabulary.end()) {
    std::vector<std::string_view> known;
    for (const CheckName& row : vocabulary) {
      if (!row.fixed) {
        known.push_back(row.code);
      }
    }
    const auto nearest = nearest_of(member.key, known);
    reading.fault(member.key_place,
                  "unknown check " + in_quotes(member.key) +
                      (nearest ? ", did you mean " + in_quotes(*nearest) + "?"
                               : "; the reason codes are listed in docs/PROTOCOL"));
    return;
  }
  if (check->fixed) {
    reading.fault(member.key_place,
                  "the verdict of " + in_quotes(member.key) + " is not set here: it is fixed");
    return;
  }
  const Member field = field_of("checks.", member);
  CheckSetting& setting = reading.policy().checks[member.key];
  if (member.value.object() != nullptr) {
    read_check_object(reading, field, *check, setting);
  } else if (const auto verdict = read_check_verdict(reading, field)) {
    setting.verdict = verdict;
    setting.source = reading.source(field.key_place);
  }
}

void read_override_of(DocumentReading& reading, const Member& field, Override& into) {
  reading.set(field,
              read_one_of(reading, field, {Override::none, Override::click, Override::reason}),
              into);
}

/// A language tag, roughly (RFC 5646): "en", "pt-BR".
bool is_language(std::string_view key) {
  if (key.size() < 2 || key.size() > 35 || key.front() == '-' || key.back() == '-') {
    return false;
  }
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return is_ascii_alphanumeric(c) || c == '-'; });
}

}  // namespace

void read_confusable(DocumentReading& reading, const Member& field) {
  if (const JsonArray* list = read_list(reading, field, "pairs")) {
    for (const JsonValue& value : *list) {
      read_pair(reading, value);
    }
  }
}

void read_checks(DocumentReading& reading, const Member& field) {
  if (const JsonObject* object = read_object(reading, field)) {
    for (const JsonMember& member : *object) {
      if (!is_annotation(reading, member)) {
        read_check(reading, member);
      }
    }
  }
}

void read_override(DocumentReading& reading, const Member& field) {
  static constexpr KnownKey known[] = {
      {"warn", [](DocumentReading& r,
                  const Member& f) { read_override_of(r, f, r.policy().override_warn); }},
      {"block", [](DocumentReading& r,
                   const Member& f) { read_override_of(r, f, r.policy().override_block); }},
  };
  if (const JsonObject* members = read_object(reading, field)) {
    read_members(reading, *members, "override.", known);
  }
}

void read_help(DocumentReading& reading, const Member& field) {
  const JsonObject* object = read_object(reading, field);
  if (object == nullptr) {
    return;
  }
  for (const JsonMember& member : *object) {
    if (is_annotation(reading, member)) {
      continue;
    }
    if (!is_language(member.key)) {
      reading.fault(member.key_place,
                    in_quotes(member.key) + " is no language; write it as \"en\" or \"pt-BR\"");
      continue;
    }
    const Member one = field_of("help.", member);
    if (const std::string* text = read_text(reading, one)) {
      reading.policy().help.insert_or_assign(member.key, *text);
      reading.note(one);
    }
  }
}

void read_history(DocumentReading& reading, const Member& field) {
  static constexpr KnownKey known[] = {
      {"learn", [](DocumentReading& r,
                   const Member& f) { r.set(f, read_flag(r, f), r.policy().history_learn); }},
      {"keep_days",
       [](DocumentReading& r, const Member& f) {
         r.set(f, read_number(r, f, 1, a_hundred_years), r.policy().history_keep_days);
       }},
  };
  if (const JsonObject* members = read_object(reading, field)) {
    read_members(reading, *members, "history.", known);
  }
}

void read_audit(DocumentReading& reading, const Member& field) {
  using Record = AuditSettings::Record;
  using Addresses = AuditSettings::Addresses;
  static constexpr KnownKey known[] = {
      {"record",
       [](DocumentReading& r, const Member& f) {
         r.set(f, read_one_of(r, f, {Record::none, Record::questioned, Record::all}),
               r.policy().audit.record);
       }},
      {"always",
       [](DocumentReading& r, const Member& f) { read_entries(r, f, r.policy().audit.always); }},
      {"addresses",
       [](DocumentReading& r, const Member& f) {
         r.set(f, read_one_of(r, f, {Addresses::full, Addresses::domain}),
               r.policy().audit.addresses);
       }},
      {"keep_days",
       [](DocumentReading& r, const Member& f) {
         r.set(f, read_number(r, f, 1, a_hundred_years), r.policy().audit.keep_days);
       }},
      {"syslog", [](DocumentReading& r,
                    const Member& f) { r.set(f, read_flag(r, f), r.policy().audit.syslog); }},
  };
  if (const JsonObject* members = read_object(reading, field)) {
    read_members(reading, *members, "audit.", known);
  }
}

}  // namespace recipient_guard
