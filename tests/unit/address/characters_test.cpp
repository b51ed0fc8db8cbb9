// SPDX-License-Identifier: MPL-2.0
#include "address/characters.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "address/utf8.hpp"

using namespace recipient_guard;

TEST_CASE("UTF-8 of every scalar value is read back, and of nothing else") {
  for (char32_t point = 0; point <= 0x10ffff; ++point) {
    if (point >= 0xd800 && point <= 0xdfff) {
      continue;
    }
    std::string text;
    append_utf8(text, point);
    const CodePoint read = code_point_at(text, 0);
    REQUIRE(read.valid);
    REQUIRE(read.value == point);
    REQUIRE(read.length == text.size());
  }
  for (const std::string text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xe2\x82",
        "\xe2(\xa1"}) {
    CHECK_FALSE(is_utf8(text));
    CHECK_FALSE(code_point_at(text, 0).valid);
    CHECK(code_point_at(text, 0).length == 1);
  }
}

TEST_CASE("what is seen as nothing, as a blank, or turns its neighbours round is invisible") {
  for (const char32_t point :
       {U'\u00a0',     U'\u00ad', U'\u034f', U'\u061c', U'\u115f',     U'\u1680',     U'\u17b4',
        U'\u180e',     U'\u2000', U'\u200a', U'\u200b', U'\u200c',     U'\u200d',     U'\u200e',
        U'\u200f',     U'\u202a', U'\u202e', U'\u202f', U'\u205f',     U'\u2060',     U'\u2064',
        U'\u2066',     U'\u2069', U'\u206f', U'\u2800', U'\u3000',     U'\u3164',     U'\ufe00',
        U'\ufe0f',     U'\ufeff', U'\uffa0', U'\ufff9', U'\U0001d173', U'\U000e0001', U'\U000e0041',
        U'\U000e0100', U'\u06dd', U'\u070f'}) {
    INFO(static_cast<unsigned>(point));
    CHECK(is_invisible(point));
  }
  for (const char32_t point : {U' ', U'a', U'@', U'\u00e4', U'\u0430', U'\u4f8b', U'\u05d0',
                               U'\u0301', U'\u2010', U'\U0001f600', U'\ufffd'}) {
    CHECK_FALSE(is_invisible(point));
  }
}

TEST_CASE("a tab and a space of any width are blank, what has none is not") {
  for (const char32_t point :
       {U' ', U'\t', U'\u00a0', U'\u1680', U'\u2003', U'\u202f', U'\u3000'}) {
    CHECK(is_blank(point));
  }
  for (const char32_t point : {U'a', U'\n', U'\u200b', U'\u00ad', U'\u2028', U'\ufeff'}) {
    CHECK_FALSE(is_blank(point));
  }
}

TEST_CASE("controls and line separators are controls, and nothing that is printed") {
  for (const char32_t point : {U'\0', U'\t', U'\n', U'\x1f', U'\x7f', char32_t{0x80},
                               char32_t{0x85}, char32_t{0x9f}, U'\u2028', U'\u2029'}) {
    CHECK(is_control(point));
  }
  for (const char32_t point : {U' ', U'~', U'\u00a0', U'\u200b'}) {
    CHECK_FALSE(is_control(point));
  }
}

TEST_CASE("full-width and small forms have a plain one") {
  CHECK(plain_form(U'\uff20') == U'@');
  CHECK(plain_form(U'\uff01') == U'!');
  CHECK(plain_form(U'\uff5e') == U'~');
  CHECK(plain_form(U'\uff41') == U'a');
  CHECK(plain_form(U'\ufe50') == U',');
  CHECK(plain_form(U'\ufe52') == U'.');
  CHECK(plain_form(U'\ufe54') == U';');
  CHECK(plain_form(U'\ufe55') == U':');
  CHECK(plain_form(U'\ufe59') == U'(');
  CHECK(plain_form(U'\ufe64') == U'<');
  CHECK(plain_form(U'\ufe68') == U'\\');
  CHECK(plain_form(U'\ufe6b') == U'@');
  CHECK(plain_form(U'\u3000') == U' ');
  for (const char32_t point : {U'\ufe51', U'\ufe53', U'\ufe58', U'\ufe5d', U'\ufe67', U'a',
                               U'\uff5f', U'\u3002', U'\ufe6c'}) {
    INFO(static_cast<unsigned>(point));
    CHECK(plain_form(point) == point);
  }
}

TEST_CASE("normal forms and lower case") {
  CHECK(nfc("a\xcc\x88") == "\xc3\xa4");
  CHECK(nfc("navy") == "navy");
  CHECK(nfkc("\xef\xbd\x81") == "a");
  CHECK(nfc("").empty());
  CHECK(simple_lower("\xc3\x84"
                     "B") ==
        "\xc3\xa4"
        "b");
  CHECK(ascii_lower("\xc3\x84"
                    "B") ==
        "\xc3\x84"
        "b");
  CHECK(trim_spaces("  a b ") == "a b");
  CHECK(trim_spaces("   ").empty());
}

TEST_CASE("ASCII letters are lowered wherever they stand, and no other octet changes") {
  for (std::size_t size = 0; size < 40; ++size) {
    for (int octet = 0; octet < 256; ++octet) {
      const std::string text(size, static_cast<char>(octet));
      const bool is_capital = octet >= 'A' && octet <= 'Z';
      CHECK(ascii_lower(text) ==
            std::string(size, static_cast<char>(is_capital ? octet + 'a' - 'A' : octet)));
    }
  }
  CHECK(ascii_lower("Bob.SMITH@Navy.Mil\xC3\x89[Z]") == "bob.smith@navy.mil\xC3\x89[z]");
}

TEST_CASE("the beginning of a text ends with a whole character") {
  const std::string text = "a\xe2\x82\xac";
  CHECK(utf8_prefix(text, 9) == text);
  CHECK(utf8_prefix(text, 4) == text);
  CHECK(utf8_prefix(text, 3) == "a");
  CHECK(utf8_prefix(text, 1) == "a");
  CHECK(utf8_prefix(text, 0).empty());
  CHECK(shortened(text, 4) == text);
  CHECK(shortened(text, 3) == "a..");
}

TEST_CASE("code points are read and written back; an octet that is no UTF-8 stands for itself") {
  CHECK(code_points_of("a\xc3\xb6") == U"a\u00f6");
  CHECK(code_points_of("a\xff") == U"a\u00ff");
  CHECK(utf8_of(U"a\u00f6\U0001f600") == "a\xc3\xb6\xf0\x9f\x98\x80");
}
