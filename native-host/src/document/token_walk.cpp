// SPDX-License-Identifier: MPL-2.0
#include "document/token_walk.hpp"

#include <algorithm>

namespace recipient_guard {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_values = " \t\r\n,:";
constexpr std::string_view ends_of_words = " \t\r\n,:[]{}\"";

std::size_t length_of_digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

/// Of the number that `text` begins with (RFC 8259, 6), none is 0. As a parser takes it: of `01`
/// the zero alone.
std::size_t length_of_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = length_of_digits(text.substr(at));
  if (whole == 0) {
    return 0;
  }
  at += text[at] == '0' ? 1 : whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t digits = length_of_digits(text.substr(at + 1));
    at += digits == 0 ? 0 : digits + 1;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t sign =
        at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 1 : 0;
    const std::size_t digits = length_of_digits(text.substr(at + 1 + sign));
    at += digits == 0 ? 0 : digits + 1 + sign;
  }
  return at;
}

/// Of a number or literal, valid or not.
std::size_t length_of_word(std::string_view text) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (text.starts_with(literal)) {
      return literal.size();
    }
  }
  const std::size_t number = length_of_number(text);
  return number != 0 ? number : std::min(text.find_first_of(ends_of_words), text.size());
}

}  // namespace

void TokenWalk::skip(std::string_view characters) {
  const std::size_t end = std::min(text_.find_first_not_of(characters, at_), text_.size());
  const std::string_view skipped = text_.substr(at_, end - at_);
  for (std::size_t line_end = skipped.find('\n'); line_end != std::string_view::npos;
       line_end = skipped.find('\n', line_end + 1)) {
    ++line_;
    line_start_ = at_ + line_end + 1;
  }
  at_ = start_ = end;
}

void TokenWalk::pass_token() {
  if (at_ == text_.size()) {
    return;
  }
  if (text_[at_] == '"') {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
  } else if (ends_of_words.find(text_[at_]) != std::string_view::npos) {
    ++at_;
  } else {
    at_ += length_of_word(text_.substr(at_));
  }
}

Place TokenWalk::next() {
  skip(between_values);
  pass_token();
  return place();
}

void TokenWalk::walk_to(std::size_t offset) {
  const auto is_word = [&] {
    return start_ < at_ && ends_of_words.find(text_[start_]) == std::string_view::npos;
  };
  do {
    skip(blanks);
    pass_token();
    // A word is found wrong by the character behind it.
  } while ((at_ < offset || (at_ == offset && !is_word())) && at_ < text_.size());
}

Place TokenWalk::place_of(std::size_t offset) const {
  int line = line_;
  std::size_t line_start = line_start_;
  for (std::size_t i = start_; i < offset && i < text_.size(); ++i) {
    if (text_[i] == '\n') {
      ++line;
      line_start = i + 1;
    }
  }
  return {line, static_cast<int>(offset - line_start) + 1};
}

bool TokenWalk::at_end() {
  skip(blanks);
  return at_ == text_.size();
}

}  // namespace recipient_guard
