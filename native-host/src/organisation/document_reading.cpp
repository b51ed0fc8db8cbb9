// SPDX-License-Identifier: MPL-2.0
// The table of keys of a policy document (docs/POLICY).
#include "organisation/document_reading.hpp"

#include <algorithm>

#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

/// 2^53 - 1: whole numbers that every JSON reader keeps.
constexpr std::int64_t largest_whole = 9'007'199'254'740'991;
/// Far more than any list that a person would write into a document rather than a list file.
constexpr std::size_t max_document_values = 2'500'000;

void read_format(DocumentReading& r, const Member& f) {
  const std::int64_t* number = f.value.integer();
  if (number == nullptr || *number != 1) {
    r.fault(f.value.place, "this version reads \"format\": 1 alone");
  }
}

void read_organisation(DocumentReading& r, const Member& f) {
  const std::string* text = read_text(r, f);
  if (text == nullptr) {
    return;
  }
  PolicyBuild& build = r.build;
  if (build.organisation_stands_at.empty()) {
    build.organisation_stands_at = r.at(f.value.place);
    build.policy.organisation = *text;
    r.note(f);
  } else if (build.policy.organisation != *text) {
    r.fault(f.value.place, "\"organisation\" is " + in_quotes(*text) + " here, but " +
                               in_quotes(build.policy.organisation) + " at " +
                               build.organisation_stands_at);
  }
}

void read_revision(DocumentReading& r, const Member& f) {
  if (const auto number = read_number(r, f, 0, largest_whole)) {
    if (*number >= r.policy().revision) {
      r.set(f, number, r.policy().revision);
    }
  }
}

void read_list_names(DocumentReading& r, const Member& f, RuleKind kind) {
  const JsonArray* list = read_list(r, f, "paths");
  if (list == nullptr) {
    return;
  }
  for (const JsonValue& value : *list) {
    if (const std::string* name = read_text(r, {f.name, value.place, value})) {
      r.lists.push_back({*name, value.place, kind});
    }
  }
}

constexpr KnownKey known_keys[] = {
    {"format", read_format},
    {"organisation", read_organisation},
    {"revision", read_revision},
    {"mode",
     [](DocumentReading& r, const Member& f) {
       r.set(f, read_one_of(r, f, {PolicyMode::watch, PolicyMode::enforce}), r.policy().mode);
     }},
    {"senders",
     [](DocumentReading& r, const Member& f) { read_entries(r, f, r.policy().senders); }},
    {"own",
     [](DocumentReading& r, const Member& f) {
       // Both as who is inside and as who is allowed; a faulty entry is told once.
       read_entries(r, f, r.policy().rules, RuleKind::own);
       if (f.value.array() != nullptr) {
         for (const JsonValue& value : *f.value.array()) {
           if (value.text() == nullptr) {
             continue;
           }
           const auto entry = read_entry(*value.text());
           if (const auto* good = std::get_if<Entry>(&entry)) {
             r.policy().own.add(*good, r.source(value.place), RuleKind::own);
           }
         }
       }
     }},
    {"allow", [](DocumentReading& r,
                 const Member& f) { read_entries(r, f, r.policy().rules, RuleKind::allow); }},
    {"allow_files",
     [](DocumentReading& r, const Member& f) { read_list_names(r, f, RuleKind::allow); }},
    {"block", [](DocumentReading& r,
                 const Member& f) { read_entries(r, f, r.policy().rules, RuleKind::block); }},
    {"block_files",
     [](DocumentReading& r, const Member& f) { read_list_names(r, f, RuleKind::block); }},
    {"ask", [](DocumentReading& r, const Member& f) { read_entries(r, f, r.policy().ask); }},
    {"protect",
     [](DocumentReading& r, const Member& f) { read_entries(r, f, r.policy().protect); }},
    {"builtin_protect",
     [](DocumentReading& r, const Member& f) {
       r.set(f, read_flag(r, f), r.policy().builtin_protect);
     }},
    {"confusable", read_confusable},
    {"strangers",
     [](DocumentReading& r, const Member& f) {
       r.set(f,
             read_one_of(r, f, {PolicyVerdict::allow, PolicyVerdict::warn, PolicyVerdict::block}),
             r.policy().strangers);
     }},
    {"known",
     [](DocumentReading& r, const Member& f) {
       r.set(f, read_one_of(r, f, {KnownContacts::allow, KnownContacts::ignore}), r.policy().known);
     }},
    {"checks", read_checks},
    {"markings", read_markings},
    {"personal_trust",
     [](DocumentReading& r, const Member& f) {
       r.set(f,
             read_one_of(r, f,
                         {PersonalTrust::none, PersonalTrust::addresses, PersonalTrust::domains}),
             r.policy().personal_trust);
     }},
    {"override", read_override},
    {"help", read_help},
    {"history", read_history},
    {"audit", read_audit},
};

}  // namespace

void read_policy_document(DocumentReading& reading, std::string_view text) {
  const auto read = read_json(text, max_json_depth, max_document_values);
  if (const auto* fault = std::get_if<JsonFault>(&read)) {
    reading.fault(fault->place, fault->text);
    return;
  }
  const auto& document = std::get<JsonValue>(read);
  if (document.object() == nullptr) {
    reading.fault(document.place,
                  "a policy document is an object, not " + std::string(document.kind()));
    return;
  }
  read_members(reading, *document.object(), "", known_keys);
  if (document.find("format") == nullptr) {
    reading.fault(document.place, "\"format\" is missing; write \"format\": 1");
  }
}

}  // namespace recipient_guard
