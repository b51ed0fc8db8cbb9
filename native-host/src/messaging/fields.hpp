// SPDX-License-Identifier: MPL-2.0
// Members of a request's objects, by name and type, with an error that names the way to the wrong
// one: `message.recipients[3].field: ..`. Unknown members are passed over: a newer peer may send
// more than this one knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/json.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// Collects the first error of one request; shared by the readers of all its objects.
class Complaints {
 public:
  void add(std::string text);
  const std::optional<Error>& first() const { return first_; }

 private:
  std::optional<Error> first_;
};

class Fields {
 public:
  /// `value`, found at `path` ("" for the request itself), must be an object.
  Fields(const JsonValue& value, std::string path, Complaints& complaints);

  /// Nothing where the member is missing or of another type; the latter is complained of.
  const std::string* text(std::string_view name) const;
  std::optional<std::int64_t> whole_number(std::string_view name) const;
  std::optional<bool> truth(std::string_view name) const;
  const JsonArray* list(std::string_view name) const;
  const JsonValue* object(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;

  /// As above, and missing is complained of too. The text lives as long as the value.
  std::string needed_text(std::string_view name) const;
  const JsonArray* needed_list(std::string_view name) const;
  const JsonValue* needed_object(std::string_view name) const;

  /// The way to a member, for errors.
  std::string path_of(std::string_view name) const;
  std::string path_of(std::string_view name, std::size_t index) const;
  void complain(std::string_view name, std::string_view text) const;

 private:
  const JsonValue* found(std::string_view name) const;
  void wrong_type(std::string_view name, std::string_view wanted, const JsonValue& found) const;
  void missing(std::string_view name, std::string_view wanted) const;

  const JsonValue& value_;
  std::string path_;
  Complaints& complaints_;
};

}  // namespace recipient_guard
