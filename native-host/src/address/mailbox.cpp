// SPDX-License-Identifier: MPL-2.0
#include "address/mailbox.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "address/characters.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

/// What a character in lower case is to a domain name.
enum class InName : std::uint8_t { no, letter_digit, hyphen, dot };

constexpr std::array<InName, 256> in_names = [] {
  std::array<InName, 256> all{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789")) {
    all[static_cast<unsigned char>(c)] = InName::letter_digit;
  }
  all['-'] = InName::hyphen;
  all['.'] = InName::dot;
  return all;
}();

// RFC 5322, 3.2.3 (atext) and the dot. A million addresses are read letter by letter.
constexpr std::array<bool, 256> dot_atom_characters = [] {
  std::array<bool, 256> fits{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789.!#$%&'*+-/=?^_`{|}~")) {
    fits[static_cast<unsigned char>(c)] = true;
  }
  return fits;
}();

bool is_dot_atom_character(char c) {
  return dot_atom_characters[static_cast<unsigned char>(c)];
}

/// A local part that stands in `text` from `begin` to `end`, as append_folded() says.
void fold(std::string& text, std::size_t begin, std::size_t end, bool dots_are_free) {
  lower_ascii(std::span(text).subspan(begin, end - begin));
  if (dots_are_free && text.find_first_not_of('.', begin) < end) {
    const auto first = text.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = text.begin() + static_cast<std::ptrdiff_t>(end);
    text.erase(std::remove(first, last, '.'), last);
  }
}

}  // namespace

std::string joined(std::string_view local, std::string_view domain) {
  std::string text;
  text.reserve(local.size() + 1 + domain.size());
  text.append(local).append(1, '@').append(domain);
  return text;
}

std::vector<std::string_view> labels_of(std::string_view domain) {
  std::vector<std::string_view> labels;
  for (std::size_t dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.')) {
    labels.push_back(domain.substr(0, dot));
    domain.remove_prefix(dot + 1);
  }
  labels.push_back(domain);
  return labels;
}

std::size_t count_labels(std::string_view domain) {
  return static_cast<std::size_t>(std::count(domain.begin(), domain.end(), '.')) + 1;
}

bool DomainName::is_text(std::string_view text) {
  if (text.empty() || text.size() > max_domain_octets) {
    return false;
  }
  InName before = InName::dot;
  std::size_t begin = 0;  // of the label
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const InName now =
        at < text.size() ? in_names[static_cast<unsigned char>(text[at])] : InName::dot;
    const bool is_edge = before == InName::dot || now == InName::dot;
    if (now == InName::no ||
        (is_edge && before != InName::letter_digit && now != InName::letter_digit)) {
      return false;
    }
    if (now == InName::dot) {
      if (at - begin > max_label_octets) {
        return false;
      }
      begin = at + 1;
    }
    before = now;
  }
  return true;
}

std::optional<DomainName> DomainName::from_ascii(std::string_view text) {
  if (text.size() > max_domain_octets) {
    return std::nullopt;
  }
  std::string lower = ascii_lower(text);
  return is_text(lower) ? std::optional(DomainName(std::move(lower))) : std::nullopt;
}

bool DomainName::is_below(const DomainName& parent) const {
  const std::size_t length = parent.text_.size();
  return text_.size() > length + 1 && text_.ends_with(parent.text_) &&
         text_[text_.size() - length - 1] == '.';
}

std::optional<LocalPart> LocalPart::from_text(std::string_view text) {
  if (text.empty() || text.size() > max_local_part_octets) {
    return std::nullopt;
  }
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      if (!is_dot_atom_character(text[at++])) {
        return std::nullopt;
      }
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    if (!point.valid) {
      return std::nullopt;
    }
    const bool fits =
        !is_control(point.value) && !is_invisible(point.value) && !is_no_character(point.value);
    if (!fits) {
      return std::nullopt;
    }
    at += point.length;
  }
  return LocalPart(std::string(text));
}

std::string LocalPart::folded() const {
  return ascii_lower(text_);
}

bool LocalPart::has_misplaced_dots() const {
  return text_.starts_with('.') || text_.ends_with('.') || text_.find("..") != std::string::npos;
}

std::optional<Mailbox> Mailbox::from_text(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  auto local = LocalPart::from_text(text.substr(0, at));
  auto domain = DomainName::from_ascii(text.substr(at + 1));
  return local && domain ? std::optional(Mailbox{*std::move(local), *std::move(domain)})
                         : std::nullopt;
}

bool has_free_dots(std::string_view domain) {
  return domain == "gmail.com" || domain == "googlemail.com";
}

void append_folded(std::string& into, std::string_view local, std::string_view domain) {
  const std::size_t begin = into.size();
  into += local;
  fold(into, begin, into.size(), has_free_dots(domain));
}

std::string Mailbox::key() const {
  std::string key;
  key.reserve(local.text().size() + 1 + domain.text().size());
  append_key(key);
  return key;
}

void Mailbox::append_key(std::string& into) const {
  append_folded(into, local.text(), domain.text());
  into += '@';
  into += domain.text();
}

std::string key_of(std::string mailbox_text) {
  const std::size_t at = std::min(mailbox_text.rfind('@'), mailbox_text.size());
  fold(mailbox_text, 0, at, has_free_dots(std::string_view(mailbox_text).substr(at + 1)));
  return mailbox_text;
}

}  // namespace recipient_guard
