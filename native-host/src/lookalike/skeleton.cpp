// SPDX-License-Identifier: MPL-2.0
#include "lookalike/skeleton.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "address/idna.hpp"
#include "address/utf8.hpp"

namespace recipient_guard {
namespace {

/// What people read as a Latin letter though UTS #39 has it for no twin of one, or for a twin of
/// another: small capitals, and Cyrillic and Greek letters that differ a little. Sorted.
struct Twin {
  char32_t character;
  char latin;
};
// clang-format off
constexpr std::array read_as = std::to_array<Twin>({
    {0x00df, 'b'}, {0x00f0, 'd'}, {0x00fe, 'p'}, {0x0138, 'k'}, {0x014b, 'n'}, {0x017f, 's'},
    {0x0188, 'c'}, {0x0221, 'd'}, {0x0234, 'l'}, {0x0235, 'n'}, {0x0236, 't'}, {0x0237, 'j'},
    {0x023f, 's'}, {0x0240, 'z'}, {0x024b, 'q'}, {0x0255, 'c'}, {0x025b, 'e'}, {0x0271, 'm'},
    {0x0272, 'n'}, {0x0274, 'n'}, {0x0280, 'r'}, {0x0288, 't'}, {0x028b, 'v'}, {0x029f, 'l'},
    {0x03b2, 'b'}, {0x03b5, 'e'}, {0x03ba, 'k'}, {0x03c4, 't'}, {0x03c7, 'x'}, {0x03c9, 'w'},
    {0x0432, 'b'}, {0x0438, 'u'}, {0x043a, 'k'}, {0x043c, 'm'}, {0x043d, 'h'}, {0x043f, 'n'},
    {0x0442, 't'}, {0x044c, 'b'}, {0x0491, 'r'}, {0x04cf, 'l'}, {0x1010, 'o'}, {0x1d00, 'a'},
    {0x1d05, 'd'}, {0x1d07, 'e'}, {0x1d0a, 'j'}, {0x1d0b, 'k'}, {0x1d0d, 'm'}, {0x1d18, 'p'},
    {0x1d1b, 't'}, {0xaba9, 'y'},
});
// clang-format on

bool is_combining_mark(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

icu::UnicodeString without_marks(const icu::UnicodeString& text) {
  icu::UnicodeString rest;
  for (int at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    if (!is_combining_mark(static_cast<char32_t>(c))) {
      rest.append(c);
    }
  }
  return rest;
}

/// The letter below its accents, where Unicode takes it apart.
char32_t without_accents(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) {
    return c;
  }
  const icu::UnicodeString apart = nfd->normalize(static_cast<UChar32>(c), status);
  const icu::UnicodeString rest = without_marks(apart);
  return U_SUCCESS(status) && rest.countChar32() == 1 ? static_cast<char32_t>(rest.char32At(0)) : c;
}

/// The twin in plain ASCII by the standard's table, else `c`.
char32_t standard_twin(char32_t c) {
  // Opened once, at the first name that is not plain ASCII; safe to be read by several threads.
  static const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>(uspoof_open(&status),
                                                                   uspoof_close);
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  if (checker != nullptr) {
    uspoof_getSkeletonUnicodeString(checker.get(), 0, icu::UnicodeString(static_cast<UChar32>(c)),
                                    skeleton, &status);
  }
  const icu::UnicodeString rest = without_marks(skeleton);
  if (U_FAILURE(status) || checker == nullptr) {
    return c;
  }
  if (rest == u"rn") {
    return U'm';
  }
  const bool is_ascii = rest.length() == 1 && rest.charAt(0) < 0x80;
  return is_ascii ? static_cast<char32_t>(u_tolower(rest.charAt(0))) : c;
}

/// The Latin letter that `c`, outside ASCII, is read as; else what it is without its accents.
char32_t latin(char32_t c) {
  const char32_t base = without_accents(c);
  if (base < 0x80) {
    return base;
  }
  const auto* const at =
      std::lower_bound(read_as.begin(), read_as.end(), base,
                       [](const Twin& twin, char32_t wanted) { return twin.character < wanted; });
  return at != read_as.end() && at->character == base ? static_cast<char32_t>(at->latin)
                                                      : standard_twin(base);
}

bool is_latin(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return U_SUCCESS(status) && (script == USCRIPT_LATIN || script == USCRIPT_COMMON);
}

/// Two letters side by side that are taken for `c`; empty if none are. Written out rather than
/// drawn together: vvv may be read as v and w in two ways, but w is vv in one.
constexpr std::u32string_view written_out(char32_t c) {
  switch (c) {
    case U'm':
      return U"rn";
    case U'w':
      return U"vv";
    case U'd':
      return U"cl";
    default:
      return {};
  }
}

}  // namespace

std::u32string characters_of(const DomainName& name) {
  const std::string& ascii = name.text();
  if (ascii.find("xn--") == std::string::npos) {
    return {ascii.begin(), ascii.end()};
  }
  return code_points_of(to_unicode(name));
}

std::u32string latin_twin_of(std::u32string_view characters) {
  std::u32string twin(characters);
  std::transform(twin.begin(), twin.end(), twin.begin(),
                 [](char32_t c) { return is_latin(c) ? c : latin(c); });
  return twin;
}

std::u32string skeleton_of(std::u32string_view characters) {
  std::u32string skeleton;
  skeleton.reserve(characters.size());
  for (char32_t c : characters) {
    if (c > 0x7f) {
      if (is_combining_mark(c)) {
        continue;
      }
      c = latin(c);
    }
    if (c == U'0') {
      c = U'o';
    } else if (c == U'1' || c == U'i') {
      c = U'l';
    }
    const std::u32string_view two = written_out(c);
    if (two.empty()) {
      skeleton.push_back(c);
    } else {
      skeleton += two;
    }
  }
  return skeleton;
}

}  // namespace recipient_guard
