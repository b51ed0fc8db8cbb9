// SPDX-License-Identifier: MPL-2.0
// Values of a policy document by their types, and the faults that name place and remedy.
#include <algorithm>
#include <iterator>

#include "organisation/document_reading.hpp"
#include "organisation/nearest.hpp"
#include "organisation/policy_source.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

std::string comma_list(const std::vector<std::string_view>& words) {
  std::string list;
  for (const std::string_view word : words) {
    list += (list.empty() ? "" : ", ") + in_quotes(word);
  }
  return list;
}

std::string wrong_type(const Member& field, std::string_view wanted) {
  return in_quotes(field.name) + " takes " + std::string(wanted) + ", not " +
         std::string(field.value.kind());
}

}  // namespace

void add_fault(PolicyBuild& build, Error fault) {
  if (build.faults.size() < max_policy_faults) {
    build.faults.push_back(std::move(fault));
  }
}

std::string DocumentReading::at(Place place) const {
  return file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

void DocumentReading::fault(Place place, const std::string& text) {
  add_fault(build, {ErrorCode::bad_policy, at(place) + ": " + text});
}

void DocumentReading::note_replaced(std::string what, SourcePlace first, SourcePlace later) {
  if (first.document == later.document) {
    build.replaced.push_back({std::move(what), first, later});
  }
}

void DocumentReading::note(const Member& field) {
  policy().set_at.insert_or_assign(field.name, source(field.key_place));
}

void fault_unknown_key(DocumentReading& reading, const JsonMember& member,
                       const std::vector<std::string_view>& known) {
  const auto nearest = nearest_of(member.key, known);
  reading.fault(member.key_place, "unknown key " + in_quotes(member.key) +
                                      (nearest ? ", did you mean " + in_quotes(*nearest) + "?"
                                               : "; known are " + comma_list(known)));
}

bool is_annotation(DocumentReading& reading, const JsonMember& member) {
  if (member.key == "$schema" && member.value.text() == nullptr) {
    reading.fault(member.value.place,
                  wrong_type({"$schema", member.key_place, member.value}, "a text"));
  }
  return member.key == "$schema" || member.key == "$comment";
}

void read_members(DocumentReading& reading, const JsonObject& members, std::string_view prefix,
                  std::span<const KnownKey> known) {
  for (const JsonMember& member : members) {
    if (is_annotation(reading, member)) {
      continue;
    }
    const auto key = std::ranges::find(known, member.key, &KnownKey::name);
    if (key != known.end()) {
      key->read(reading, field_of(prefix, member));
      continue;
    }
    std::vector<std::string_view> names;
    std::ranges::transform(known, std::back_inserter(names), &KnownKey::name);
    fault_unknown_key(reading, member, names);
  }
}

Member field_of(std::string_view prefix, const JsonMember& member) {
  return {std::string(prefix) + member.key, member.key_place, member.value};
}

bool has_all(DocumentReading& reading, const JsonValue& object, std::string_view what,
             const std::vector<std::string_view>& wanted) {
  bool all = true;
  for (const std::string_view key : wanted) {
    if (object.find(key) == nullptr) {
      reading.fault(object.place, std::string(what) + " needs " + in_quotes(key));
      all = false;
    }
  }
  return all;
}

const JsonObject* read_object(DocumentReading& reading, const Member& field) {
  const JsonObject* object = field.value.object();
  if (object == nullptr) {
    reading.fault(field.value.place, wrong_type(field, "an object"));
  }
  return object;
}

const JsonArray* read_list(DocumentReading& reading, const Member& field,
                           std::string_view of_what) {
  const JsonArray* list = field.value.array();
  if (list == nullptr) {
    const std::string* text = field.value.text();
    reading.fault(field.value.place,
                  wrong_type(field, "a list of " + std::string(of_what)) +
                      (text != nullptr ? "; write [" + in_quotes(*text) + "]" : ""));
  }
  return list;
}

const std::string* read_text(DocumentReading& reading, const Member& field) {
  const std::string* text = field.value.text();
  if (text == nullptr) {
    reading.fault(field.value.place, wrong_type(field, "a text"));
    return nullptr;
  }
  if (text->find_first_not_of(" \t\r\n") == std::string::npos) {
    reading.fault(field.value.place, in_quotes(field.name) + " is empty; leave the key out");
    return nullptr;
  }
  return text;
}

std::optional<bool> read_flag(DocumentReading& reading, const Member& field) {
  const bool* flag = field.value.boolean();
  if (flag == nullptr) {
    reading.fault(field.value.place, wrong_type(field, "true or false"));
    return std::nullopt;
  }
  return *flag;
}

std::optional<std::int64_t> read_number(DocumentReading& reading, const Member& field,
                                        std::int64_t least, std::int64_t most) {
  const std::int64_t* number = field.value.integer();
  if (number == nullptr) {
    reading.fault(field.value.place, wrong_type(field, "a whole number"));
    return std::nullopt;
  }
  if (*number < least || *number > most) {
    reading.fault(field.value.place, in_quotes(field.name) + " is " + std::to_string(*number) +
                                         "; it lies between " + std::to_string(least) + " and " +
                                         std::to_string(most));
    return std::nullopt;
  }
  return *number;
}

std::optional<std::size_t> read_choice(DocumentReading& reading, const Member& field,
                                       const std::vector<std::string_view>& known) {
  const std::string* text = field.value.text();
  if (text == nullptr) {
    reading.fault(field.value.place, wrong_type(field, "one of " + comma_list(known)));
    return std::nullopt;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == *text) {
      return i;
    }
  }
  const auto nearest = nearest_of(*text, known);
  reading.fault(field.value.place, "unknown value " + in_quotes(*text) + " for " +
                                       in_quotes(field.name) +
                                       (nearest ? ", did you mean " + in_quotes(*nearest) + "?"
                                                : "; it is one of " + comma_list(known)));
  return std::nullopt;
}

void read_entries(DocumentReading& reading, const Member& field, EntrySet& into, RuleKind kind) {
  const JsonArray* list = read_list(reading, field, "entries");
  if (list == nullptr) {
    return;
  }
  for (const JsonValue& value : *list) {
    const std::string* text = value.text();
    if (text == nullptr) {
      reading.fault(value.place, "an entry of " + in_quotes(field.name) + " is a text, not " +
                                     std::string(value.kind()));
      continue;
    }
    const auto entry = read_entry(*text);
    if (const auto* fault = std::get_if<EntryFault>(&entry)) {
      reading.fault(value.place, fault->text);
      continue;
    }
    into.add(std::get<Entry>(entry), reading.source(value.place), kind);
  }
}

}  // namespace recipient_guard
