// SPDX-License-Identifier: MPL-2.0
// JSON as the host writes it, everywhere: ASCII, everything else as \u escapes (RFC 8259, 7), no
// blanks. Broken UTF-8 becomes U+FFFD, so that no text can spoil an answer.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace recipient_guard {

/// Writes one value piece by piece, in order. The caller keeps begin_ and end_ in balance and gives
/// each member of an object a key.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name) { return quoted(name, true); }
  JsonWriter& null();
  /// `text` is JSON already.
  JsonWriter& raw(std::string_view text);
  JsonWriter& value(std::string_view text) { return quoted(text, false); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);  ///< four digits behind the point; not finite: null
  JsonWriter& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
    return raw(std::to_string(number));
  }

  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  JsonWriter& member(std::string_view name, const char* content) {
    return key(name).value(std::string_view(content));
  }

 private:
  JsonWriter& quoted(std::string_view text, bool is_key);
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

/// `text` as a JSON text with its quotes, appended to `out`.
void append_json_text(std::string& out, std::string_view text);

}  // namespace recipient_guard
