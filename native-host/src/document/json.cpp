// SPDX-License-Identifier: MPL-2.0
#include "document/json.hpp"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "document/encoding.hpp"
#include "document/token_walk.hpp"

namespace recipient_guard {
namespace {

/// nlohmann's words for a syntax error, without their frame of exception number and position and
/// without the token that was read, which can be megabytes of anything.
std::string bare_message(std::string_view what) {
  if (what.find("number overflow") != std::string_view::npos) {
    return "the number is too large";
  }
  if (what.find("invalid literal") != std::string_view::npos) {
    return "no value of JSON begins here; texts stand in double quotes";
  }
  if (what.find("ill-formed UTF-8") != std::string_view::npos) {
    return "ill-formed UTF-8; save it as UTF-8";
  }
  if (const auto frame = what.find(" - "); frame != std::string_view::npos) {
    what.remove_prefix(frame + 3);
  }
  std::string expected;
  if (const auto at = what.rfind("; expected "); at != std::string_view::npos) {
    expected = what.substr(at);
    what = what.substr(0, at);
  }
  if (const auto read = what.find("; last read: '"); read != std::string_view::npos) {
    return std::string(what.substr(0, read));
  }
  if (expected == "; expected '}'" || expected == "; expected ']'") {
    expected.replace(0, 11, "; expected a comma or ");
  }
  return std::string(what) + expected;
}

/// For an error message: in quotes, ASCII only, not longer than a line.
std::string shown_key(std::string_view key) {
  constexpr std::size_t longest = 60;
  const bool cut = key.size() > longest;
  const nlohmann::json text = std::string(key.substr(0, longest)) + (cut ? ".." : "");
  return text.dump(-1, ' ', true, nlohmann::json::error_handler_t::ignore);
}

bool is_closing(char c) {
  return c == '}' || c == ']';
}

/// Better words for the mistakes that people make by hand.
std::optional<std::string> homely_message(std::string_view text, std::size_t start,
                                          std::size_t offset) {
  if (offset >= text.size()) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos ? "the text is empty"
                                                                       : "the text ends too early";
  }
  const char c = text[start];
  if (text[offset] == '\0') {
    return "a NUL character stands here";
  }
  if (c == '/' || c == '#') {
    return "JSON has no comments; write it as text of a key \"$comment\"";
  }
  if (c == '\'') {
    return "texts stand in double quotes";
  }
  const auto before =
      start == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", start - 1);
  if (is_closing(c) && before != std::string_view::npos && text[before] == ',') {
    return std::string("a comma stands before '") + c + "'";
  }
  return std::nullopt;
}

bool quote_is_never_closed(std::string_view message) {
  return message.find("missing closing quote") != std::string_view::npos;
}

/// Builds the tree from the events of nlohmann's parser (its SAX interface).
class Builder {
 public:
  enum class Places { told, left_out };

  Builder(std::string_view text, int max_depth, std::size_t max_values, int first_line,
          Places places)
      : text_(text),
        walk_(text, first_line),
        has_places_(places == Places::told),
        max_depth_(max_depth),
        max_values_(max_values) {}

  bool null() { return add<std::nullptr_t>(nullptr); }
  bool boolean(bool value) { return add<bool>(value); }
  bool number_integer(std::int64_t value) { return add<std::int64_t>(value); }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return add<std::int64_t>(static_cast<std::int64_t>(value));
    }
    return add<double>(static_cast<double>(value));
  }
  bool number_float(double value, const std::string& /*as_written*/) { return add<double>(value); }
  // Copied, so that the reader keeps the room it grew for the next one.
  bool string(const std::string& value) { return add<std::string>(value); }
  bool binary(nlohmann::json::binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*members*/) { return open<JsonObject>(); }
  bool start_array(std::size_t /*members*/) { return open<JsonArray>(); }

  bool end_array() {
    next_place();
    open_.pop_back();
    return true;
  }

  bool end_object() {
    next_place();
    take_out_doubled_keys(std::get<JsonObject>(open_.back()->content));
    open_.pop_back();
    return true;
  }

  bool key(const std::string& value) {
    const Place place = next_place();
    auto& members = std::get<JsonObject>(open_.back()->content);
    if (members.empty()) {
      members.reserve(usual_members);
    }
    JsonMember& member = members.emplace_back();
    member.key = value;
    member.key_place = place;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& exception) {
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    walk_.walk_to(offset);
    const std::string message = bare_message(exception.what());
    const bool inside_text =
        std::string_view(exception.what()).find("invalid string") != std::string_view::npos &&
        offset < text_.size();
    auto homely = homely_message(text_, walk_.start(), offset);
    if (quote_is_never_closed(message)) {
      homely = "the text that begins here has no closing quote";
    }
    fault_ = JsonFault{JsonFault::Kind::syntax,
                       inside_text ? walk_.place_of(offset) : walk_.place(),
                       homely.value_or(message),
                       {}};
    return false;
  }

  bool has_fault() const { return fault_.has_value(); }
  JsonValue value() { return std::move(root_); }

  std::variant<JsonValue, JsonFault> finish(bool parsed) {
    // The parser takes a NUL for the end of the text.
    if (parsed && !walk_.at_end()) {
      return JsonFault{JsonFault::Kind::syntax, walk_.place(), "a NUL character stands here", {}};
    }
    if (!fault_) {
      return std::move(root_);
    }
    if (fault_->kind == JsonFault::Kind::doubled_key) {
      fault_->rest = std::move(root_);
    }
    return std::move(*fault_);
  }

 private:
  static constexpr std::size_t usual_members = 4;

  Place next_place() { return has_places_ ? walk_.next() : Place(); }

  /// Where the next value belongs; nothing where the bound is reached.
  JsonValue* place_for_value() {
    const Place place = next_place();
    if (++values_ > max_values_) {
      fault_ = JsonFault{JsonFault::Kind::too_many,
                         place,
                         "the text holds more than " + std::to_string(max_values_) + " values",
                         {}};
      return nullptr;
    }
    JsonValue* target = &root_;
    if (!open_.empty()) {
      if (auto* array = std::get_if<JsonArray>(&open_.back()->content)) {
        if (array->empty()) {
          array->reserve(usual_members);
        }
        target = &array->emplace_back();
      } else {
        target = &std::get<JsonObject>(open_.back()->content).back().value;
      }
    }
    target->place = place;
    return target;
  }

  template <typename Kind, typename Value>
  bool add(const Value& value) {
    JsonValue* target = place_for_value();
    if (target == nullptr) {
      return false;
    }
    target->content.emplace<Kind>(value);
    return true;
  }

  template <typename Kind>
  bool open() {
    JsonValue* target = place_for_value();
    if (target == nullptr) {
      return false;
    }
    if (open_.size() >= static_cast<std::size_t>(max_depth_)) {
      fault_ = JsonFault{
          JsonFault::Kind::too_deep,
          target->place,
          "lists and objects stand more than " + std::to_string(max_depth_) + " deep in each other",
          {}};
      return false;
    }
    target->content.emplace<Kind>();
    // Stays valid: the list or object around it grows only when this one is closed.
    open_.push_back(target);
    return true;
  }

  /// Of few members each is compared with each, which takes no memory.
  static bool has_surely_none_doubled(const JsonObject& members) {
    constexpr std::size_t few = 16;
    for (std::size_t i = 0; members.size() <= few && i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (members[i].key == members[j].key) {
          return false;
        }
      }
    }
    return members.size() <= few;
  }

  void take_out_doubled_keys(JsonObject& members) {
    if (has_surely_none_doubled(members)) {
      return;
    }
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const int compared = members[a].key.compare(members[b].key);
      return compared < 0 || (compared == 0 && a < b);
    });
    std::vector<bool> doubled(members.size());
    bool any = false;
    for (std::size_t i = 1; i < order.size(); ++i) {
      const JsonMember& first = members[order[i - 1]];
      const JsonMember& second = members[order[i]];
      if (first.key == second.key) {
        any = doubled[order[i - 1]] = doubled[order[i]] = true;
        note_doubled(first, second);
      }
    }
    if (any) {
      std::size_t number = 0;
      std::erase_if(members, [&](const JsonMember&) { return bool{doubled[number++]}; });
    }
  }

  /// The first in the order of the text is told.
  void note_doubled(const JsonMember& first, const JsonMember& second) {
    const auto before = [](Place a, Place b) {
      return a.line < b.line || (a.line == b.line && a.column < b.column);
    };
    if (!fault_ || before(second.key_place, fault_->place)) {
      fault_ = JsonFault{JsonFault::Kind::doubled_key,
                         second.key_place,
                         "key " + shown_key(second.key) + " stands twice, first at line " +
                             std::to_string(first.key_place.line) + ", column " +
                             std::to_string(first.key_place.column),
                         {}};
    }
  }

  std::string_view text_;
  TokenWalk walk_;
  bool has_places_;
  int max_depth_;
  std::size_t max_values_;
  std::size_t values_ = 0;
  JsonValue root_;
  std::vector<JsonValue*> open_;
  std::optional<JsonFault> fault_;
};

}  // namespace

JsonValue* JsonValue::find(std::string_view key) {
  if (auto* members = std::get_if<JsonObject>(&content)) {
    for (JsonMember& member : *members) {
      if (member.key == key) {
        return &member.value;
      }
    }
  }
  return nullptr;
}

const JsonValue* JsonValue::find(std::string_view key) const {
  return const_cast<JsonValue*>(this)->find(key);
}

std::string_view JsonValue::kind() const {
  constexpr std::string_view kinds[] = {
      "null",   "true or false", "a whole number", "a decimal number",
      "a text", "a list",        "an object"};
  static_assert(std::size(kinds) == std::variant_size_v<Content>);
  return kinds[content.index()];
}

std::string text_of(const JsonValue* value) {
  const std::string* const text = value == nullptr ? nullptr : value->text();
  return text == nullptr ? std::string() : *text;
}

const JsonArray& list_of(const JsonValue* value) {
  static const JsonArray none;
  const JsonArray* const list = value == nullptr ? nullptr : value->array();
  return list == nullptr ? none : *list;
}

std::variant<JsonValue, JsonFault> read_json_without_places(std::string_view text, int first_line) {
  try {
    const bool is_odd = refused_encoding(text) || text.starts_with(utf8_byte_order_mark) ||
                        text.find('\0') != std::string_view::npos;
    Builder builder(text, max_json_depth, max_json_values, first_line, Builder::Places::left_out);
    if (!is_odd && nlohmann::json::sax_parse(text.begin(), text.end(), &builder) &&
        !builder.has_fault()) {
      return builder.value();
    }
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): told by the second reading
  }
  return read_json(text, max_json_depth, max_json_values, first_line);
}

std::variant<JsonValue, JsonFault> read_json(std::string_view text, int max_depth,
                                             std::size_t max_values, int first_line) {
  const Place begin{first_line, 1};
  try {
    if (const auto encoding = refused_encoding(text)) {
      return JsonFault{JsonFault::Kind::syntax,
                       begin,
                       "the text is " + std::string(*encoding) + "; save it as UTF-8",
                       {}};
    }
    text = without_byte_order_mark(text);
    if (text.starts_with(utf8_byte_order_mark)) {
      return JsonFault{JsonFault::Kind::syntax, begin, "a second byte-order mark stands here", {}};
    }
    Builder builder(text, max_depth, max_values, first_line, Builder::Places::told);
    const bool parsed = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    return builder.finish(parsed);
  } catch (const std::exception&) {
    return JsonFault{JsonFault::Kind::too_many, begin, "the memory does not suffice for it", {}};
  }
}

}  // namespace recipient_guard
