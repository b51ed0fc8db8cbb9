// SPDX-License-Identifier: MPL-2.0
#include "address/tokens.hpp"

#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != nowhere;
}

bool is_printable(char c) {
  return c > ' ' && c < '\x7f';
}

// The full-width and the small commercial at.
bool is_other_at(std::string_view text, std::size_t at) {
  const CodePoint point = code_point_at(text, at);
  return point.valid && (point.value == 0xff20 || point.value == 0xfe6b);
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), last_word_end_(text.rfind("?=")) {}

  Specials run() {
    while (at_ < text_.size()) {
      step();
    }
    return found_;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"') {
      return quoted_string();
    }
    if (c == '\\') {
      return backslash();
    }
    if (c == '(') {
      return comment();
    }
    if (c == '[') {
      return literal();
    }
    if (c == '=' && text_.substr(at_, 2) == "=?") {
      return encoded_word();
    }
    if (is_one_of(c, ")]")) {
      found_.unbalanced = true;
    }
    count(c);
    ++at_;
  }

  void count(char c) {
    switch (c) {
      case '<':
        if (found_.opens++ == 0) {
          found_.first_open = at_;
        }
        break;
      case '>':
        if (found_.closes++ == 0) {
          found_.first_close = at_;
        }
        break;
      case '@':
        ++found_.ats;
        ++found_.plain_ats;
        found_.last_at = at_;
        break;
      case ',':
        ++found_.commas;
        break;
      case ';':
        ++found_.semicolons;
        break;
      case ':':
        if (found_.colons++ == 0) {
          found_.first_colon = at_;
        }
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0xef && is_other_at(text_, at_)) {
          ++found_.ats;
        }
    }
  }

  void quoted_string() {
    const std::size_t end = end_of_quoted_string(text_, at_);
    if (end == nowhere) {
      found_.unbalanced = true;
    }
    at_ = end == nowhere ? text_.size() : end;
  }

  // Outside of quotes a backslash escapes for some and is a letter for others: the same to all
  // only where the next character is nothing special to anybody.
  void backslash() {
    if (at_ + 1 >= text_.size() || is_one_of(text_[at_ + 1], "\"<>@,;:()[]=")) {
      found_.ambiguous = true;
      ++at_;
      return;
    }
    at_ += 2;
  }

  void comment() {
    ++found_.comments;
    std::size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '(') {
        ++depth;
      } else if (c == ')') {
        --depth;
      } else if (is_one_of(c, "\"\\[]<>@,;:") || text_.substr(at_, 2) == "=?") {
        found_.ambiguous = true;
      }
      if (depth == 0) {
        ++at_;
        return;
      }
    }
    found_.unbalanced = true;
  }

  void literal() {
    ++found_.literals;
    const std::size_t end = text_.find(']', at_);
    if (end == nowhere) {
      found_.unbalanced = true;
      at_ = text_.size();
      return;
    }
    for (++at_; at_ < end; ++at_) {
      const bool odd = is_one_of(text_[at_], "\"\\[()<>@,;") || text_.substr(at_, 2) == "=?";
      if (odd) {
        found_.ambiguous = true;
      }
    }
    at_ = end + 1;
  }

  // Thunderbird looks for the end of an encoded word from every `=?` on, past quotes and brackets.
  void encoded_word() {
    const std::size_t length = encoded_word_length(text_, at_);
    const bool ends_later = last_word_end_ != nowhere && last_word_end_ > at_;
    if (length == 0 && ends_later) {
      found_.odd_encoded_word = true;
    }
    at_ += length == 0 ? 2 : length;
  }

  std::string_view text_;
  std::size_t last_word_end_;
  std::size_t at_ = 0;
  Specials found_;
};

}  // namespace

Specials find_specials(std::string_view text) {
  return Scanner(text).run();
}

std::size_t encoded_word_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 2;
  const auto skip = [&](std::string_view excluded) {
    const std::size_t begin = end;
    while (end < text.size() && is_printable(text[end]) && !is_one_of(text[end], excluded)) {
      ++end;
    }
    return end > begin && end < text.size() && text[end] == '?';
  };
  static constexpr std::string_view never = "?\"()<>@,;:[]\\";
  if (text.substr(at, 2) != "=?" || !skip(never)) {
    return 0;
  }
  if (end + 2 >= text.size() || !is_one_of(text[end + 1], "BbQq") || text[end + 2] != '?') {
    return 0;
  }
  end += 3;
  if (!skip(never) || text.substr(end, 2) != "?=") {
    return 0;
  }
  return end + 2 - at;
}

std::size_t end_of_quoted_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return nowhere;
}

}  // namespace recipient_guard
