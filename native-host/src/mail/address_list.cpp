// SPDX-License-Identifier: MPL-2.0
#include "mail/address_list.hpp"

#include <string>
#include <utility>

#include "address/characters.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Old programs wrote their own character set into headers: octets that are no UTF-8 are taken for
/// ISO 8859-1, so that the name at least has its ASCII letters. Encoded-words are left to the
/// reader of addresses.
std::string name_in_utf8(std::string_view text) {
  const bool utf8 = is_utf8(text);
  std::string name;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const char32_t value = utf8 ? point.value : static_cast<unsigned char>(text[at]);
    at += utf8 ? point.length : 1;
    if (value == ' ' || is_control(value)) {
      if (!name.empty() && name.back() != ' ') {
        name += ' ';
      }
    } else {
      append_utf8(name, value);
    }
  }
  if (name.ends_with(' ')) {
    name.pop_back();
  }
  return name;
}

bool needs_quotes(std::string_view name) {
  return name.find_first_of("()<>[]:;@\\,.\"") != std::string_view::npos;
}

std::string in_display_form(const std::string& name, std::string_view address) {
  if (name.empty()) {
    return std::string(address);
  }
  std::string text;
  if (needs_quotes(name)) {
    text += '"';
    for (const char c : name) {
      if (c == '"' || c == '\\') {
        text += '\\';
      }
      text += c;
    }
    text += '"';
  } else {
    text = name;
  }
  text += " <";
  text += address;
  text += '>';
  return text;
}

/// The parts of one element of the list, filled by the scanner below.
class Element {
 public:
  void phrase(char c) { phrase_ += c; }
  void comment(char c) { comment_ += c; }
  void begin_comment() {
    // Inside an address a comment is a trick, outside it is a name.
    comment_inside_ = comment_inside_ || (!in_angles_ && !phrase_.empty() && phrase_.back() != ' ');
    if (!comment_.empty()) {
      comment_ += ' ';
    }
    comment_at_ = phrase_.size();
    has_comment_ = true;
  }
  void begin_angles() {
    malformed_ = malformed_ || has_angles_;
    has_angles_ = in_angles_ = true;
  }
  void end_angles() { in_angles_ = false; }
  void angles(char c) { angles_ += c; }
  bool in_angles() const { return in_angles_; }
  void behind_angles() { malformed_ = true; }
  bool has_angles() const { return has_angles_; }
  void break_off() { malformed_ = true; }

  /// Empty where nothing stands there. `raw` is the element as it was written.
  std::string finish(std::string_view raw) const {
    if (malformed_ || in_angles_) {
      return std::string(trim(raw));
    }
    if (has_angles_) {
      return in_display_form(name_of(phrase_, comment_), trim(angles_));
    }
    const std::string_view address = trim(phrase_);
    if (!has_comment_ || address.empty()) {
      return std::string(address.empty() ? std::string_view() : trim(raw));
    }
    // `bob@navy.mil (Bob Smith)`; text behind the comment, or one within, is refused later.
    const bool at_an_end = trim(std::string_view(phrase_).substr(comment_at_)).empty() ||
                           trim(std::string_view(phrase_).substr(0, comment_at_)).empty();
    if (!at_an_end || comment_glued(address)) {
      return std::string(trim(raw));
    }
    return in_display_form(name_of({}, comment_), address);
  }

 private:
  bool comment_glued(std::string_view address) const {
    return comment_inside_ && address.find('@') == std::string_view::npos;
  }

  static std::string name_of(std::string_view phrase, std::string_view comment) {
    std::string name = name_in_utf8(phrase);
    const std::string remark = name_in_utf8(comment);
    if (remark.empty()) {
      return name;
    }
    return name.empty() ? remark : name + " (" + remark + ")";
  }

  std::string phrase_;
  std::string comment_;
  std::string angles_;
  std::size_t comment_at_ = 0;
  bool has_comment_ = false;
  bool comment_inside_ = false;
  bool has_angles_ = false;
  bool in_angles_ = false;
  bool malformed_ = false;
};

class Scanner {
 public:
  Scanner(std::string_view field, std::size_t max_mailboxes)
      : field_(field), max_mailboxes_(max_mailboxes) {}

  std::vector<std::string> scan() {
    for (at_ = 0; at_ < field_.size() && found_.size() <= max_mailboxes_; ++at_) {
      step(field_[at_]);
    }
    if (in_quotes_ || depth_ > 0) {
      element_.break_off();
    }
    end_element();
    return std::move(found_);
  }

 private:
  void step(char c) {
    if (in_quotes_) {
      quoted(c);
    } else if (depth_ > 0) {
      commented(c);
    } else if (c == '(') {
      depth_ = 1;
      element_.begin_comment();
    } else if (element_.in_angles()) {
      in_angles(c);
    } else {
      outside(c);
    }
  }

  void quoted(char c) {
    if (c == '\\' && at_ + 1 < field_.size()) {
      keep(c, true);
      ++at_;
      keep(field_[at_], false);
    } else if (c == '"') {
      in_quotes_ = false;
      keep(c, true);
    } else {
      keep(c, false);
    }
  }

  /// In a bare or angled address the quotes belong to it; of a name they are taken off.
  void keep(char c, bool is_syntax) {
    if (element_.in_angles()) {
      element_.angles(c);
    } else if (!is_syntax) {
      element_.phrase(c);
    }
  }

  void commented(char c) {
    if (c == '\\' && at_ + 1 < field_.size()) {
      element_.comment(field_[++at_]);
      return;
    }
    depth_ += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth_ > 0) {
      element_.comment(c);
    }
  }

  void in_angles(char c) {
    if (c == '"') {
      in_quotes_ = true;
      element_.angles(c);
    } else if (c == '>') {
      element_.end_angles();
    } else {
      element_.angles(c);
    }
  }

  void outside(char c) {
    if (c == ',' || c == ';') {
      end_element();
    } else if (c == ':' && !element_.has_angles()) {
      begin_element(at_ + 1);  // what stood before is the name of a group
    } else if (c == '<') {
      element_.begin_angles();
    } else if (c == '"') {
      in_quotes_ = true;
      quotes_seen_ = true;
    } else {
      if (element_.has_angles() && c != ' ' && c != '\t') {
        element_.behind_angles();
      }
      element_.phrase(c == '\t' ? ' ' : c);
    }
  }

  void end_element() {
    const std::string_view raw = field_.substr(begin_, at_ - begin_);
    // Without angles the quotes were part of an address: it is given as it stands.
    std::string text =
        quotes_seen_ && !element_.has_angles() ? std::string(trim(raw)) : element_.finish(raw);
    if (!text.empty()) {
      found_.push_back(std::move(text));
    }
    begin_element(at_ + 1);
  }

  void begin_element(std::size_t at) {
    element_ = Element();
    quotes_seen_ = false;
    begin_ = at;
  }

  std::string_view field_;
  std::size_t max_mailboxes_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  int depth_ = 0;
  bool in_quotes_ = false;
  bool quotes_seen_ = false;
  Element element_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> mailboxes_of(std::string_view field, std::size_t max_mailboxes) {
  return Scanner(field, max_mailboxes).scan();
}

}  // namespace recipient_guard
