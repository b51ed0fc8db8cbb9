// SPDX-License-Identifier: MPL-2.0
#include "address/mailbox.hpp"

#include <algorithm>

#include "address/characters.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

bool is_letter_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= max_label_octets && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
           return is_letter_digit(c) || c == '-';
         });
}

// RFC 5322, 3.2.3 (atext) and the dot.
bool is_dot_atom_character(char c) {
  return is_letter_digit(c) ||
         std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<DomainName> DomainName::from_ascii(std::string_view text) {
  if (text.empty() || text.size() > max_domain_octets)
    return std::nullopt;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = std::min(text.find('.', begin), text.size());
    if (!is_label(text.substr(begin, dot - begin)))
      return std::nullopt;
    if (dot == text.size())
      break;
    begin = dot + 1;
  }
  return DomainName(ascii_lower(text));
}

std::size_t DomainName::label_count() const {
  return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '.')) + 1;
}

std::vector<std::string_view> DomainName::labels() const {
  std::vector<std::string_view> labels;
  std::string_view rest = text_;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    labels.push_back(rest.substr(0, dot));
    rest.remove_prefix(dot + 1);
  }
  labels.push_back(rest);
  return labels;
}

bool DomainName::is_below(const DomainName& parent) const {
  const std::size_t length = parent.text_.size();
  return text_.size() > length + 1 && text_.ends_with(parent.text_) &&
         text_[text_.size() - length - 1] == '.';
}

std::optional<LocalPart> LocalPart::from_text(std::string_view text) {
  if (text.empty() || text.size() > max_local_part_octets)
    return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.valid)
      return std::nullopt;
    const bool fits = point.value < 0x80 ? is_dot_atom_character(static_cast<char>(point.value))
                                         : !is_control(point.value) && !is_invisible(point.value) &&
                                               !is_no_character(point.value);
    if (!fits)
      return std::nullopt;
    at += point.length;
  }
  return LocalPart(std::string(text));
}

std::string LocalPart::folded() const {
  return ascii_lower(text_);
}

std::string Mailbox::key() const {
  std::string folded = local.folded();
  if (domain.text() == "gmail.com" || domain.text() == "googlemail.com") {
    std::string dotless = folded;
    std::erase(dotless, '.');
    if (!dotless.empty())
      folded = std::move(dotless);
  }
  return folded + "@" + domain.text();
}

}  // namespace recipient_guard
