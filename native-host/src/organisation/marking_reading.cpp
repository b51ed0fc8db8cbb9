// SPDX-License-Identifier: MPL-2.0
// `markings` of a policy document.
#include <algorithm>

#include "organisation/document_reading.hpp"
#include "organisation/quoting.hpp"

namespace recipient_guard {
namespace {

void read_marking_places(DocumentReading& reading, const Member& field, Marking& marking) {
  const JsonArray* list = read_list(reading, field, "\"subject\", \"attachments\"");
  if (list == nullptr) {
    return;
  }
  marking.in_subject = marking.in_attachments = false;
  for (const JsonValue& value : *list) {
    const auto place =
        read_choice(reading, {field.name, value.place, value}, {"subject", "attachments"});
    marking.in_subject |= place == 0U;
    marking.in_attachments |= place == 1U;
  }
  if (list->empty()) {
    reading.fault(field.value.place, in_quotes(field.name) +
                                         " is empty; leave the key out to look "
                                         "in both");
  }
}

void read_marking_words(DocumentReading& reading, const Member& field, Marking& marking) {
  const JsonArray* list = read_list(reading, field, "texts");
  if (list == nullptr) {
    return;
  }
  if (list->empty()) {
    reading.fault(field.value.place, in_quotes(field.name) + " is empty; a marking needs a word");
  }
  for (const JsonValue& value : *list) {
    if (const std::string* word = read_text(reading, {field.name, value.place, value})) {
      marking.words.push_back(*word);
    }
  }
}

void read_marking_member(DocumentReading& reading, const JsonMember& member, Marking& marking) {
  const Member field = field_of("markings.", member);
  if (member.key == "name") {
    if (const std::string* name = read_text(reading, field)) {
      marking.name = *name;
    }
  } else if (member.key == "in") {
    read_marking_places(reading, field, marking);
  } else if (member.key == "words") {
    read_marking_words(reading, field, marking);
  } else if (member.key == "only") {
    read_entries(reading, field, marking.only);
  } else if (member.key == "otherwise") {
    if (const auto verdict =
            read_one_of(reading, field, {PolicyVerdict::warn, PolicyVerdict::block})) {
      marking.otherwise = *verdict;
    }
  } else {
    fault_unknown_key(reading, member, {"name", "in", "words", "only", "otherwise"});
  }
}

void read_marking(DocumentReading& reading, const JsonValue& value) {
  if (value.object() == nullptr) {
    reading.fault(value.place, "a marking is an object, not " + std::string(value.kind()));
    return;
  }
  Marking marking;
  marking.in_subject = marking.in_attachments = true;
  marking.source = reading.source(value.place);
  for (const JsonMember& member : *value.object()) {
    if (!is_annotation(reading, member)) {
      read_marking_member(reading, member, marking);
    }
  }
  if (!has_all(reading, value, "a marking", {"name", "words", "only"})) {
    return;
  }
  auto& markings = reading.policy().markings;
  const auto same = std::find_if(markings.begin(), markings.end(),
                                 [&](const Marking& other) { return other.name == marking.name; });
  if (same != markings.end()) {
    reading.note_replaced("the marking " + in_quotes(marking.name), same->source, marking.source);
    *same = std::move(marking);
  } else {
    markings.push_back(std::move(marking));
  }
}

}  // namespace

void read_markings(DocumentReading& reading, const Member& field) {
  if (const JsonArray* list = read_list(reading, field, "markings")) {
    for (const JsonValue& value : *list) {
      read_marking(reading, value);
    }
  }
}

}  // namespace recipient_guard
