// SPDX-License-Identifier: MPL-2.0
#include "lookalike/keyboards.hpp"

#include <catch2/catch.hpp>

using namespace recipient_guard;

namespace {

constexpr KeyboardLayouts none;
constexpr KeyboardLayouts qwerty{KeyboardLayout::qwerty};
constexpr KeyboardLayouts qwertz{KeyboardLayout::qwertz};
constexpr KeyboardLayouts azerty{KeyboardLayout::azerty};
constexpr KeyboardLayouts all = KeyboardLayouts::all();

}  // namespace

TEST_CASE("keys are neighbours on the layouts on which they lie side by side") {
  CHECK(layouts_with_neighbours(U'g', U'h') == all);
  CHECK(layouts_with_neighbours(U'k', U'l') == all);
  CHECK(layouts_with_neighbours(U'n', U'h') == all);
  CHECK(layouts_with_neighbours(U't', U'z') == qwertz);
  CHECK(layouts_with_neighbours(U't', U'y') == (qwerty | azerty));
  CHECK(layouts_with_neighbours(U'n', U'm') == (qwerty | qwertz));
  CHECK(layouts_with_neighbours(U'l', U'm') == azerty);
  CHECK(layouts_with_neighbours(U'a', U'z') == (qwerty | azerty));
  CHECK(layouts_with_neighbours(U'2', U'q') == (qwerty | qwertz));
}

TEST_CASE("a key is beside the other as the other is beside it") {
  for (char32_t a = U'-'; a <= U'z'; ++a) {
    for (char32_t b = U'-'; b <= U'z'; ++b) {
      REQUIRE(layouts_with_neighbours(a, b) == layouts_with_neighbours(b, a));
    }
  }
}

TEST_CASE("keys far apart, one key, and what is on no key have no layout") {
  CHECK(layouts_with_neighbours(U'a', U'p') == none);
  CHECK(layouts_with_neighbours(U'g', U'g') == none);
  CHECK(layouts_with_neighbours(U'\u0430', U's') == none);
  CHECK(layouts_with_neighbours(U'\0', U's') == none);
}

TEST_CASE("a locale tells the keyboard by its territory") {
  CHECK(layouts_of_locale("de_DE.UTF-8") == qwertz);
  CHECK(layouts_of_locale("de_AT.UTF-8@euro") == qwertz);
  CHECK(layouts_of_locale("fr_CH.UTF-8") == qwertz);
  CHECK(layouts_of_locale("cs_CZ") == qwertz);
  CHECK(layouts_of_locale("hu_HU.ISO-8859-2") == qwertz);
  CHECK(layouts_of_locale("en_DE.UTF-8") == qwertz);
  CHECK(layouts_of_locale("fr_FR.UTF-8") == azerty);
  CHECK(layouts_of_locale("fr_BE.UTF-8") == azerty);
  CHECK(layouts_of_locale("nl_BE.UTF-8") == azerty);
  CHECK(layouts_of_locale("de_BE") == azerty);
  CHECK(layouts_of_locale("fr_CA.UTF-8") == qwerty);
  CHECK(layouts_of_locale("de_IT.UTF-8") == qwerty);
  CHECK(layouts_of_locale("pl_PL.UTF-8") == qwerty);
  CHECK(layouts_of_locale("nl_NL.UTF-8") == qwerty);
  CHECK(layouts_of_locale("en_GB.UTF-8") == qwerty);
  CHECK(layouts_of_locale("ja_JP.UTF-8") == qwerty);
  CHECK(layouts_of_locale("fr_LU.UTF-8") == (qwertz | azerty));
}

TEST_CASE("a locale without a territory of its own tells it by its language") {
  CHECK(layouts_of_locale("de") == qwertz);
  CHECK(layouts_of_locale("fr") == azerty);
  CHECK(layouts_of_locale("fr_SN.UTF-8") == azerty);
  CHECK(layouts_of_locale("hsb.UTF-8") == qwertz);
  CHECK(layouts_of_locale("es_UY.UTF-8") == qwerty);
}

TEST_CASE("a locale that is none tells nothing") {
  for (const char* locale : {"", "C", "POSIX", "C.UTF-8", "de-DE", "de_DEU", "DE_de", "_DE",
                             "/usr/share/x", "_", "de_D "}) {
    CAPTURE(locale);
    CHECK(layouts_of_locale(locale) == none);
  }
}

TEST_CASE("X keyboards tell where their letters lie, several together") {
  CHECK(layouts_of_xkb("us", "") == qwerty);
  CHECK(layouts_of_xkb("de", "nodeadkeys") == qwertz);
  CHECK(layouts_of_xkb("ch", "fr") == qwertz);
  CHECK(layouts_of_xkb("be", "") == azerty);
  CHECK(layouts_of_xkb("ca", "") == qwerty);
  CHECK(layouts_of_xkb("us,de", "") == (qwerty | qwertz));
  CHECK(layouts_of_xkb("us,ru", ",winkeys") == qwerty);
  CHECK(layouts_of_xkb("de,fr", ",oss") == (qwertz | azerty));
}

TEST_CASE("a variant of an X keyboard may move the letters") {
  CHECK(layouts_of_xkb("cz", "qwerty") == qwerty);
  CHECK(layouts_of_xkb("pl", "qwertz") == qwertz);
  CHECK(layouts_of_xkb("ro", "winkeys") == qwertz);
  CHECK(layouts_of_xkb("de", "us") == qwerty);
  CHECK(layouts_of_xkb("cm", "french") == azerty);
  CHECK(layouts_of_xkb("vn", "fr") == azerty);
  CHECK(layouts_of_xkb("de,us", "neo_qwerty,") == qwerty);
}

TEST_CASE("an X keyboard with other letters, or with these in another order, tells nothing") {
  CHECK(layouts_of_xkb("", "") == none);
  CHECK(layouts_of_xkb("ru", "") == none);
  CHECK(layouts_of_xkb("us", "dvorak") == none);
  CHECK(layouts_of_xkb("de", "neo") == none);
  CHECK(layouts_of_xkb("fr", "bepo_latin9") == none);
  CHECK(layouts_of_xkb("al at", "") == none);
  CHECK(layouts_of_xkb(",,", ",") == none);
}

TEST_CASE("layouts are read and told by their names") {
  CHECK(read_layouts("qwertz") == qwertz);
  CHECK(read_layouts("azerty,qwerty") == (qwerty | azerty));
  CHECK(read_layouts("all") == all);
  CHECK(names_of(qwerty | azerty) == std::vector<std::string_view>{"qwerty", "azerty"});
  CHECK(names_of(none).empty());
  for (const char* wrong : {"", "QWERTY", "qwerty,", ",qwerty", "dvorak", "all,qwerty"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_layouts(wrong));
  }
}
