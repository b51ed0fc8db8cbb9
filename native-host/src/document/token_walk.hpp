// SPDX-License-Identifier: MPL-2.0
// Walks JSON text token by token, in step with a parser that has already found them valid, to tell
// where each stood. Inner part of json.cpp.
#pragma once

#include <cstddef>
#include <string_view>

#include "document/json.hpp"

namespace recipient_guard {

class TokenWalk {
 public:
  TokenWalk(std::string_view text, int first_line) : text_(text), line_(first_line) {}

  /// Past blanks, commas and colons to the next key or value: its place. It is passed over whole
  /// (of a list or object its bracket alone).
  Place next();
  /// The same, stopping at commas and colons too, until the token that holds or follows `offset`.
  void walk_to(std::size_t offset);

  /// Where the last token began.
  std::size_t start() const { return start_; }
  Place place() const { return place_of(start_); }
  /// Of an offset in the line where the last token began, or behind it.
  Place place_of(std::size_t offset) const;
  /// Only blanks follow.
  bool at_end();

 private:
  void skip(std::string_view characters);
  void pass_token();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::size_t line_start_ = 0;
  int line_;
};

}  // namespace recipient_guard
