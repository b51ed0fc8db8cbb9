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

/// The way to a value, for errors; put into words only where there is one. What it was reached from
/// outlives it.
struct Way {
  const Way* from = nullptr;
  std::string_view name{};  ///< empty: a request itself
  std::optional<std::size_t> index{};

  std::string text() const;  ///< `message.recipients[3]`
};

class Fields {
 public:
  /// `value`, found at `way`, must be an object. A way from here is told while this lives.
  Fields(JsonValue& value, Way way, Complaints& complaints);
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  /// Nothing where the member is missing or of another type; the latter is complained of. What is
  /// pointed to stands in the value, and may be moved out of it.
  std::string* text(std::string_view name) const;
  std::optional<std::int64_t> whole_number(std::string_view name) const;
  std::optional<bool> truth(std::string_view name) const;
  JsonArray* list(std::string_view name) const;
  JsonValue* object(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;  ///< moved out of the value

  /// As above, and missing is complained of too.
  std::string needed_text(std::string_view name) const;
  JsonArray* needed_list(std::string_view name) const;
  JsonValue* needed_object(std::string_view name) const;

  Way way_to(std::string_view name, std::optional<std::size_t> index = {}) const {
    return {&way_, name, index};
  }
  void complain(std::string_view name, std::string_view text) const;

 private:
  JsonValue* found(std::string_view name) const;
  void wrong_type(std::string_view name, std::string_view wanted, const JsonValue& found) const;
  void missing(std::string_view name, std::string_view wanted) const;

  JsonValue& value_;
  Way way_;
  Complaints& complaints_;
};

}  // namespace recipient_guard
