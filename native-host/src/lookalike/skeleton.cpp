// SPDX-License-Identifier: MPL-2.0
#include "lookalike/skeleton.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "address/idna.hpp"

namespace recipient_guard {
namespace {

/// Latin letters with a mark, from `first` on: the letter without it. A blank is no twin (capitals,
/// which IDNA lowers, and letters that look like none of a to z).
struct Run {
  char32_t first;
  std::string_view plain;
};

// clang-format off
constexpr std::array accented = std::to_array<Run>({
    {0x00df,
     "baaaaaa ceeeeiiiidnooooo ouuuuypy"},
    {0x0100,
     " a a a c c c c d d e e e e e g g g g h h i i i i i   j kk l l l "
     "  l n n n  n o o o   r r r s s s s t t t u u u u u u w y  z z zs"},
    {0x0180,
     "b       c   d     f      kl   n  o   p       t  u   y z         "
     "              a i o u u u u u  a a     g k o o  j    g   n a    "
     " a a e e i i o o r r u u s t   h d     a e o o o o ylntj    c  s"
     "z      e j q r y"},
    {0x1e00,
     " a b b b c d d d d d e e e e e f g h h h h h i i k k k l l l l m"
     " m m n n n n o o o o p p r r r r s s s s s t t t t u u u u u v v"
     " w w w w w x x y z z zhtwy"},
    {0x1ea0,
     " a a a a a a a a a a a a e e e e e e e e i i o o o o o o o o o o"
     " o o u u u u u u u y y y y"},
});

/// Letters of other scripts, and rare Latin ones, that are read as a Latin letter. Sorted.
struct Twin {
  char32_t character;
  char latin;
};
constexpr std::array twins = std::to_array<Twin>({
    {0x0251, 'a'}, {0x0253, 'b'}, {0x0255, 'c'}, {0x0256, 'd'}, {0x0257, 'd'}, {0x025b, 'e'},
    {0x0260, 'g'}, {0x0261, 'g'}, {0x0266, 'h'}, {0x0268, 'i'}, {0x0269, 'i'}, {0x026a, 'i'},
    {0x026b, 'l'}, {0x026f, 'w'}, {0x0271, 'm'}, {0x0272, 'n'}, {0x0273, 'n'}, {0x0274, 'n'},
    {0x0275, 'o'}, {0x0280, 'r'}, {0x0282, 's'}, {0x0288, 't'}, {0x028b, 'v'}, {0x028f, 'y'},
    {0x0290, 'z'}, {0x029f, 'l'}, {0x03ac, 'a'}, {0x03ad, 'e'}, {0x03ae, 'n'}, {0x03af, 'i'},
    {0x03b1, 'a'}, {0x03b2, 'b'}, {0x03b3, 'y'}, {0x03b5, 'e'}, {0x03b7, 'n'}, {0x03b9, 'i'},
    {0x03ba, 'k'}, {0x03bd, 'v'}, {0x03bf, 'o'}, {0x03c1, 'p'}, {0x03c3, 'o'}, {0x03c4, 't'},
    {0x03c5, 'u'}, {0x03c7, 'x'}, {0x03c9, 'w'}, {0x03ca, 'i'}, {0x03cc, 'o'}, {0x03cd, 'u'},
    {0x03ce, 'w'}, {0x03f2, 'c'}, {0x03f3, 'j'}, {0x0430, 'a'}, {0x0431, '6'}, {0x0432, 'b'},
    {0x0433, 'r'}, {0x0435, 'e'}, {0x0438, 'u'}, {0x043a, 'k'}, {0x043c, 'm'}, {0x043d, 'h'},
    {0x043e, 'o'}, {0x043f, 'n'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'},
    {0x0445, 'x'}, {0x044c, 'b'}, {0x0450, 'e'}, {0x0451, 'e'}, {0x0455, 's'}, {0x0456, 'i'},
    {0x0457, 'i'}, {0x0458, 'j'}, {0x045b, 'h'}, {0x045c, 'k'}, {0x045e, 'y'}, {0x0461, 'w'},
    {0x0475, 'v'}, {0x0491, 'r'}, {0x04ab, 'c'}, {0x04af, 'y'}, {0x04bb, 'h'}, {0x04bd, 'e'},
    {0x04cf, 'l'}, {0x0501, 'd'}, {0x051b, 'q'}, {0x051d, 'w'}, {0x0561, 'w'}, {0x0563, 'q'},
    {0x0566, 'q'}, {0x0570, 'h'}, {0x0578, 'n'}, {0x057c, 'n'}, {0x057d, 'u'}, {0x0581, 'g'},
    {0x0584, 'f'}, {0x0585, 'o'}, {0x05d5, 'l'}, {0x05df, 'l'}, {0x05e1, 'o'}, {0x0647, 'o'},
    {0x0665, 'o'}, {0x06f5, 'o'}, {0x0966, 'o'}, {0x0e50, 'o'}, {0x0ed0, 'o'}, {0x1010, 'o'},
    {0x101d, 'o'}, {0x10ff, 'o'}, {0x1d00, 'a'}, {0x1d04, 'c'}, {0x1d05, 'd'}, {0x1d07, 'e'},
    {0x1d0a, 'j'}, {0x1d0b, 'k'}, {0x1d0d, 'm'}, {0x1d0f, 'o'}, {0x1d18, 'p'}, {0x1d1b, 't'},
    {0x1d1c, 'u'}, {0x1d20, 'v'}, {0x1d21, 'w'}, {0x1d22, 'z'}, {0x1d83, 'g'}, {0xab83, 'w'},
    {0xab93, 'z'}, {0xaba9, 'y'}, {0xabaa, 's'},
});
// clang-format on

char32_t without_mark(char32_t c) {
  for (const Run& run : accented) {
    if (c >= run.first && c - run.first < run.plain.size()) {
      const char plain = run.plain[c - run.first];
      return plain == ' ' ? c : static_cast<char32_t>(plain);
    }
  }
  return c;
}

char32_t latin(char32_t c) {
  const auto* const at =
      std::lower_bound(twins.begin(), twins.end(), c,
                       [](const Twin& twin, char32_t wanted) { return twin.character < wanted; });
  return at != twins.end() && at->character == c ? static_cast<char32_t>(at->latin) : c;
}

constexpr bool is_combining_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff);
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

/// One code point of valid UTF-8; moves `at` behind it.
char32_t next_code_point(std::string_view utf8, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(utf8[at++]);
  if (lead < 0x80) {
    return lead;
  }
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  auto value = static_cast<char32_t>(lead & (0x3f >> more));
  for (int i = 0; i < more && at < utf8.size(); ++i) {
    value = (value << 6) | (static_cast<unsigned char>(utf8[at++]) & 0x3f);
  }
  return value;
}

}  // namespace

std::u32string characters_of(const DomainName& name) {
  const std::string& ascii = name.text();
  if (ascii.find("xn--") == std::string::npos) {
    return {ascii.begin(), ascii.end()};
  }
  const std::string utf8 = to_unicode(name);
  std::u32string characters;
  characters.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    characters.push_back(next_code_point(utf8, at));
  }
  return characters;
}

std::u32string latin_twin_of(std::u32string_view characters) {
  std::u32string twin(characters);
  std::transform(twin.begin(), twin.end(), twin.begin(), latin);
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
      c = latin(without_mark(c));
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
