// SPDX-License-Identifier: MPL-2.0
// JSON text -> a tree of values that know where they stood. Read by nlohmann's SAX parser (RFC
// 8259, strict UTF-8), with what that parser hides: the place of every key and value, doubled keys,
// and a bound on depth. The one reader of JSON in the host.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "system/error.hpp"

namespace recipient_guard {

/// Line and column in a text, both counted from 1; the column in octets.
struct Place {
  int line = 1;
  int column = 1;
};

class JsonValue;
struct JsonMember;
using JsonArray = std::vector<JsonValue>;
using JsonObject = std::vector<JsonMember>;  // in the order of the text, keys are unique

/// One value of a document. Numbers without fraction or exponent that fit are integers.
class JsonValue {
 public:
  using Content =
      std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonArray, JsonObject>;

  Place place;
  Content content;  ///< null at first

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(content); }
  const bool* boolean() const { return std::get_if<bool>(&content); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&content); }
  const std::string* text() const { return std::get_if<std::string>(&content); }
  std::string* text() { return std::get_if<std::string>(&content); }
  const JsonArray* array() const { return std::get_if<JsonArray>(&content); }
  JsonArray* array() { return std::get_if<JsonArray>(&content); }
  const JsonObject* object() const { return std::get_if<JsonObject>(&content); }
  /// The member of that name; nothing where there is none or this is no object.
  const JsonValue* find(std::string_view key) const;
  JsonValue* find(std::string_view key);
  /// "a text", "a list" .. for an error message.
  std::string_view kind() const;
};

struct JsonMember {
  std::string key;
  Place key_place;
  JsonValue value;
};

/// What stands at the end of a way of names, member of member; null where one is missing.
template <typename... Names>
const JsonValue* member_of(const JsonValue* value, Names... way) {
  ((value = value == nullptr ? nullptr : value->find(way)), ...);
  return value;
}
/// The text, or list, that `value` is; an empty one where it is null or another.
std::string text_of(const JsonValue* value);
const JsonArray& list_of(const JsonValue* value);

/// What is wrong, and where; doubled keys are told apart because the wire gives them another code.
struct JsonFault {
  enum class Kind { syntax, doubled_key, too_deep, too_many };
  Kind kind = Kind::syntax;
  Place place;
  std::string text;  ///< "expected a comma or '}'", `key "allow" stands twice, first at line 3`
  /// Of a doubled key: all that was read, without the keys that stand twice (of a frame: to find
  /// the `id` to answer to). Of the other kinds null.
  JsonValue rest;
};

inline constexpr int max_json_depth = 16;
/// Five for each of ten thousand recipients is a fifth of it; in memory at most some 100 MB, of
/// objects in each other that have a member each.
inline constexpr std::size_t max_json_values = 1U << 18U;

/// Reads the whole of `text` as one value, of at most `max_depth` lists and objects in each other
/// and `max_values` values in all. A byte-order mark is skipped; UTF-16 is refused by name; text
/// that is no Unicode (ill-formed UTF-8, half a surrogate pair) is a fault. Any octets are
/// accepted, the work is linear in their number (times its logarithm for the keys of one object).
/// Never throws: memory that runs out is a fault too. `first_line` is where the text begins in what
/// places are told of: a line of JSON Lines, for example.
std::variant<JsonValue, JsonFault> read_json(std::string_view text, int max_depth = max_json_depth,
                                             std::size_t max_values = max_json_values,
                                             int first_line = 1);
/// The same for who never tells where a value stands: faults have their places, values have none
/// (1:1), which are a quarter of the work.
std::variant<JsonValue, JsonFault> read_json_without_places(std::string_view text,
                                                            int first_line = 1);

}  // namespace recipient_guard
