// SPDX-License-Identifier: MPL-2.0
#include "address/mending.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "address/addr_spec.hpp"
#include "address/characters.hpp"
#include "address/header_form.hpp"
#include "address/tokens.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

// An address that was pasted has some such characters, not kilobytes of them.
constexpr std::size_t max_mended_octets = 2048;
// `bo b@navy.mil` was one word; of `Bob Smith bob@navy.mil` nobody knows.
constexpr int max_blanks_within = 1;

struct Mending {
  std::string text;
  bool changed = false;
  bool guess = false;          ///< something else may have been meant as well
  bool domain_parted = false;  ///< see Mended
};

bool is_line_end(char32_t point) {
  return point == '\r' || point == '\n' || point == 0x85 || point == 0x2028 || point == 0x2029;
}

// Invisible characters out, full-width forms plain, tabs and blanks of any kind as a space.
Mending sweep(std::string_view address) {
  Mending swept;
  bool line_ended = false;
  for (std::size_t at = 0; at < address.size();) {
    const CodePoint point = code_point_at(address, at);
    at += point.length;
    const char32_t plain = plain_form(point.value);
    if (plain != point.value) {
      swept.changed = true;
    }
    if (is_line_end(plain)) {
      line_ended = swept.changed = true;
    } else if (is_blank(plain)) {
      swept.text += ' ';
    } else if (plain == 0) {
      swept.guess = true;  // where a text ends, to some
    } else if (is_control(plain) || is_invisible(plain)) {
      swept.changed = true;
    } else {
      if (line_ended && !trim_spaces(swept.text).empty()) {
        swept.guess = true;  // what follows may be another line
      }
      append_utf8(swept.text, plain);
    }
  }
  return swept;
}

void trim(Mending& mending) {
  const std::string_view trimmed = trim_spaces(mending.text);
  if (trimmed.size() != mending.text.size()) {
    mending.text = std::string(trimmed);
    mending.changed = true;
  }
}

// Thunderbird puts quotes around a local part with a blank at its end: `"bob "@navy.ml`. Any other
// may be meant as it stands, and `"bob smith"` to be bob.smith as well as bobsmith.
void take_quotes_off(Mending& mending) {
  const std::string& text = mending.text;
  const std::size_t end = text.starts_with('"') ? end_of_quoted_string(text, 0) : nowhere;
  if (end == nowhere || end >= text.size() || text[end] != '@') {
    return;
  }
  const std::string_view content = std::string_view(text).substr(1, end - 2);
  const std::string_view trimmed = trim_spaces(content);
  if (trimmed.size() == content.size() || trimmed.find_first_of("\\\" ") != std::string::npos) {
    return;
  }
  mending.text = std::string(trimmed) + text.substr(end);
  mending.changed = true;
}

bool beside_mark(const std::string& text, std::size_t begin, std::size_t end) {
  static constexpr std::string_view marks = "@.";
  return begin == 0 || end == text.size() ||
         marks.find(text[begin - 1]) != std::string_view::npos ||
         marks.find(text[end]) != std::string_view::npos;
}

// Blanks beside a dot, an at-sign or an end go; within a word only so many, else it is a guess.
void leave_blanks_out(Mending& mending) {
  const std::string text = std::exchange(mending.text, {});
  const std::size_t domain = text.rfind('@') + 1;
  int within = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != ' ') {
      mending.text += text[at++];
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of(' ', at), text.size());
    mending.changed = true;
    if (!beside_mark(text, at, end) && ++within > max_blanks_within) {
      mending.guess = true;
    }
    mending.domain_parted = mending.domain_parted || (domain != 0 && domain < at);
    at = end;
  }
}

// Octet for octet, so that places stay the same.
std::string controls_blanked(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (is_control(point.value)) {
      result.append(point.length, ' ');
    } else {
      result.append(text.substr(at, point.length));
    }
    at += point.length;
  }
  return result;
}

}  // namespace

std::optional<Mended> mend(std::string_view address, FaultLies fault) {
  if (address.size() > max_mended_octets) {
    return std::nullopt;
  }
  Mending mending = sweep(address);
  trim(mending);
  take_quotes_off(mending);
  leave_blanks_out(mending);
  if (mending.guess || (!mending.changed && fault == FaultLies::within)) {
    return std::nullopt;
  }
  auto read = read_addr_spec(mending.text);
  auto* spec = std::get_if<AddrSpec>(&read);
  if (spec == nullptr) {
    return std::nullopt;
  }
  return Mended{{std::move(spec->local), std::move(spec->domain.name)}, mending.domain_parted};
}

std::optional<Mended> mend_controls(std::string_view text) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.rfind('>');
  if (open == nowhere && close == nowhere) {
    return mend(text, FaultLies::within);
  }
  if (open == nowhere || close == nowhere || close < open) {
    return std::nullopt;
  }
  // The text without them must be one name and one address; what the address holds is looked at
  // as it stood, since a line end within it makes two.
  const std::string blanked = controls_blanked(text);
  const auto form = take_apart(blanked);
  const auto* header = std::get_if<HeaderForm>(&form);
  if (header == nullptr || header->address.size() != close - open - 1) {
    return std::nullopt;
  }
  return mend(text.substr(open + 1, close - open - 1), FaultLies::elsewhere);
}

}  // namespace recipient_guard
