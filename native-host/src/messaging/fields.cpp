// SPDX-License-Identifier: MPL-2.0
#include "messaging/fields.hpp"

#include <utility>

namespace recipient_guard {
void Complaints::add(std::string text) {
  if (!first_) {
    first_ = Error{ErrorCode::bad_request, std::move(text)};
  }
}

std::string Way::text() const {
  std::string text = from == nullptr ? std::string() : from->text();
  text += text.empty() ? "" : ".";
  text += name;
  return index ? text + "[" + std::to_string(*index) + "]" : text;
}

Fields::Fields(JsonValue& value, Way way, Complaints& complaints)
    : value_(value), way_(way), complaints_(complaints) {
  if (value.object() == nullptr) {
    const std::string place = way_.text();
    complaints_.add((place.empty() ? "a request" : place) + ": an object is needed here, not " +
                    std::string(value.kind()));
  }
}

void Fields::complain(std::string_view name, std::string_view text) const {
  complaints_.add(way_to(name).text() + ": " + std::string(text));
}

void Fields::wrong_type(std::string_view name, std::string_view wanted,
                        const JsonValue& found) const {
  complain(name, std::string(wanted) + " is needed here, not " + std::string(found.kind()));
}

void Fields::missing(std::string_view name, std::string_view wanted) const {
  complain(name, "is missing; " + std::string(wanted) + " is needed here");
}

JsonValue* Fields::found(std::string_view name) const {
  return value_.find(name);
}

std::string* Fields::text(std::string_view name) const {
  JsonValue* const member = found(name);
  if (member != nullptr && member->text() == nullptr) {
    wrong_type(name, "a text", *member);
  }
  return member == nullptr ? nullptr : member->text();
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name) const {
  const JsonValue* member = found(name);
  if (member == nullptr) {
    return std::nullopt;
  }
  if (member->integer() == nullptr) {
    wrong_type(name, "a whole number", *member);
    return std::nullopt;
  }
  return *member->integer();
}

std::optional<bool> Fields::truth(std::string_view name) const {
  const JsonValue* member = found(name);
  if (member == nullptr) {
    return std::nullopt;
  }
  if (member->boolean() == nullptr) {
    wrong_type(name, "true or false", *member);
    return std::nullopt;
  }
  return *member->boolean();
}

JsonArray* Fields::list(std::string_view name) const {
  JsonValue* const member = found(name);
  if (member != nullptr && member->array() == nullptr) {
    wrong_type(name, "a list", *member);
  }
  return member == nullptr ? nullptr : member->array();
}

JsonValue* Fields::object(std::string_view name) const {
  JsonValue* const member = found(name);
  if (member != nullptr && member->object() == nullptr) {
    wrong_type(name, "an object", *member);
    return nullptr;
  }
  return member;
}

std::vector<std::string> Fields::texts(std::string_view name) const {
  std::vector<std::string> all;
  JsonArray* const members = list(name);
  for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
    std::string* const member = (*members)[i].text();
    if (member == nullptr) {
      complaints_.add(way_to(name, i).text() + ": a text is needed here, not " +
                      std::string((*members)[i].kind()));
      return {};
    }
    all.push_back(std::move(*member));
  }
  return all;
}

std::string Fields::needed_text(std::string_view name) const {
  const std::string* member = text(name);
  if (member == nullptr) {
    missing(name, "a text");
  }
  return member == nullptr ? std::string() : *member;
}

JsonArray* Fields::needed_list(std::string_view name) const {
  JsonArray* const member = list(name);
  if (member == nullptr) {
    missing(name, "a list");
  }
  return member;
}

JsonValue* Fields::needed_object(std::string_view name) const {
  JsonValue* const member = object(name);
  if (member == nullptr) {
    missing(name, "an object");
  }
  return member;
}

}  // namespace recipient_guard
