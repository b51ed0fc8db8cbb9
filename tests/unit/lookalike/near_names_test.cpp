// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_names.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "address/idna.hpp"

using namespace recipient_guard;

namespace {

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

DomainName name(const std::string& text) {
  const auto domain = DomainName::from_ascii(text);
  REQUIRE(domain);
  return *domain;
}

DomainName international(const std::string& utf8) {
  const auto read = to_domain_name(utf8);
  REQUIRE(std::holds_alternative<MappedDomain>(read));
  return std::get<MappedDomain>(read).name;
}

NearNames index_of(const std::vector<std::string>& texts) {
  NearNames names;
  for (const std::string& text : texts) {
    names.add(name(text), static_cast<std::uint32_t>(names.size()), suffixes());
  }
  return names;
}

NearName only(const NearNames& names, const std::string& typed) {
  const auto found = names.near(name(typed), suffixes());
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("an empty index finds nothing") {
  CHECK(NearNames().near(name("navy.ml"), suffixes()).empty());
  CHECK_FALSE(NearNames().contains(name("navy.mil")));
}

TEST_CASE("the sub-domains that were typed travel along in what was meant") {
  const NearName found = only(index_of({"navy.mil"}), "fleet.nayv.mil");
  CHECK(found.near.text() == "navy.mil");
  CHECK(found.meant.text() == "fleet.navy.mil");
  CHECK(found.slip == SlipKind::transposition);
}

TEST_CASE("a lost dot is found though the two names have other registrable parts") {
  CHECK(only(index_of({"se.ibm.com"}), "seibm.com").meant.text() == "se.ibm.com");
  CHECK(only(index_of({"us.ibm.com"}), "usibmcom").slip == SlipKind::dot);
  CHECK(only(index_of({"navy.mil"}), "navymil").meant.text() == "navy.mil");
  CHECK(only(index_of({"navy.mil"}), "fleet.navymil").meant.text() == "fleet.navy.mil");
}

TEST_CASE("a hyphen typed for a dot, or hyphens elsewhere, are found however many they are") {
  CHECK(only(index_of({"us.ngrid.com"}), "us-ngrid.com").slip == SlipKind::dot);
  CHECK(only(index_of({"svdp.edu.org"}), "svdp-edu.org").slip == SlipKind::dot);
  CHECK(only(index_of({"coral-energy.com"}), "coralenergy.com").slip == SlipKind::hyphen);
  CHECK(only(index_of({"stoke-on-trent.com"}), "stokeontrent.com").slip == SlipKind::hyphen);
  CHECK(only(index_of({"stokeontrent.com"}), "stoke-ontr.ent.com").slip == SlipKind::dot);
}

TEST_CASE("a bare public suffix is accepted, and makes no name to look near") {
  NearNames names = index_of({"mil", "co.uk", "mil"});
  CHECK(names.size() == 0);
  CHECK(names.near(name("navy.mi"), suffixes()).empty());
  CHECK(names.near(name("ml"), suffixes()).empty());
  REQUIRE(names.public_suffixes().size() == 2);
  CHECK(names.public_suffixes().front().text() == "mil");
}

TEST_CASE("a listed name is not near itself, but another listed name may be") {
  const NearNames names = index_of({"navy.mil", "nary.mil"});
  CHECK(only(names, "navy.mil").near.text() == "nary.mil");
}

TEST_CASE("of a name added twice the first id stays") {
  NearNames names;
  names.add(name("navy.mil"), 5, suffixes());
  names.add(name("navy.mil"), 6, suffixes());
  CHECK(names.size() == 1);
  CHECK(only(names, "nvay.mil").id == 5);
}

TEST_CASE("where a name and a name below it are listed, one correction is told") {
  CHECK(only(index_of({"navy.mil", "fleet.navy.mil"}), "fleet.nayv.mil").near.text() ==
        "fleet.navy.mil");
}

TEST_CASE("letters of other scripts that look the same are found, through all their spellings") {
  const NearNames names = index_of({"navy.mil", "paypal.com"});
  for (const char* const typed : {"n\xd0\xb0vy.mil",  // Cyrillic a
                                  "\xd0\xbf"
                                  "avy.mil",             // Cyrillic pe for n
                                  "n\xc3\xa1vy.mil",     // a with acute
                                  "na\xce\xbdy.mil"}) {  // Greek nu for v
    INFO(typed);
    const auto found = names.near(international(typed), suffixes());
    REQUIRE(found.size() == 1);
    CHECK(found.front().meant.text() == "navy.mil");
    CHECK(found.front().slip == SlipKind::homoglyph);
  }
}

TEST_CASE("a slip in an international name is counted in its letters, not in its A-label") {
  NearNames names;
  names.add(international("m\xc3\xbcnchen.de"), 1, suffixes());
  const auto found = names.near(international("m\xc3\xbcnhcen.de"), suffixes());
  REQUIRE(found.size() == 1);
  CHECK(found.front().slip == SlipKind::transposition);
}

TEST_CASE("the shape of a slip tells where it sits") {
  CHECK(only(index_of({"navy.mil"}), "navy.ml").shape.place == SlipPlace::suffix);
  CHECK(only(index_of({"navy.mil"}), "nvy.mil").shape.place == SlipPlace::name);
  CHECK(only(index_of({"gas.pemex.com"}), "gaas.pemex.com").shape.place == SlipPlace::subdomain);
  CHECK(only(index_of({"navy.mil"}), "nvy.mil").shape.name_length == 4);
  CHECK(only(index_of({"list1.example.com"}), "list2.example.com").shape.number_at_end);
  CHECK_FALSE(only(index_of({"8760.com"}), "8706.com").shape.number_at_end);
  CHECK(only(index_of({"essexct.gov"}), "essexvt.gov").shape.body_code);
  CHECK(only(index_of({"nccourts.gov"}), "nycourts.gov").shape.body_code);
  CHECK(only(index_of({"culvercitypd.gov"}), "culvercityfd.gov").shape.body_code);
  CHECK_FALSE(only(index_of({"pdculvercity.gov"}), "fdculvercity.gov").shape.body_code);
  CHECK_FALSE(only(index_of({"culvercitypd.gov"}), "culvercityod.gov").shape.body_code);
  CHECK_FALSE(only(index_of({"gmail.com"}), "gamil.com").shape.body_code);
  CHECK(only(index_of({"example.co.uk"}), "example.co.us").shape.country_code);
  CHECK(only(index_of({"uk.example.com"}), "us.example.com").shape.country_code);
  CHECK_FALSE(only(index_of({"bp.com"}), "bk.com").shape.country_code);
  // What stands for a code is none.
  CHECK_FALSE(only(index_of({"example.co.uk"}), "example.c9.uk").shape.country_code);
  CHECK_FALSE(only(index_of({"oag.state.fl.us"}), "oag.state.fl.su").shape.country_code);
  CHECK_FALSE(only(index_of({"er.oge.com"}), "eo.oge.com").shape.country_code);
  CHECK(only(index_of({"ca.oge.com"}), "ga.oge.com").shape.country_code);
  // The labels before the registered one, where they are right.
  CHECK(only(index_of({"andrew.cmu.edu"}), "andrew.cmue.edu").shape.shared_subdomain);
  CHECK(only(index_of({"oag.state.fl.us"}), "oag.state.fl.su").shape.shared_subdomain);
  CHECK_FALSE(only(index_of({"er.oge.com"}), "eo.oge.com").shape.shared_subdomain);
  CHECK_FALSE(only(index_of({"cmu.edu"}), "andrew.cmue.edu").shape.shared_subdomain);
  CHECK(only(index_of({"mail3.example.com"}), "mailb.example.com").shape.digit_for_letter);
  CHECK(only(index_of({"example.com"}), "example3.com").shape.first_digit);
  CHECK_FALSE(only(index_of({"example4.com"}), "example43.com").shape.first_digit);
  CHECK_FALSE(only(index_of({"mail.example.com"}), "mail3.example.com").shape.first_digit);
  CHECK(only(index_of({"hotmail.com"}), "hotmaik.com").shape.neighbouring_keys ==
        KeyboardLayouts::all());
  CHECK(only(index_of({"hotmail.com"}), "hozmail.com").shape.neighbouring_keys ==
        KeyboardLayouts(KeyboardLayout::qwertz));
  CHECK(only(index_of({"hotmail.com"}), "jotmail.com").shape.first_character);
  CHECK(only(index_of({"hotmail.com"}), "hotmai.com").shape.last_character);
  CHECK(only(index_of({"hotmail.com"}), "hotmails.com").shape.last_character);
  CHECK_FALSE(only(index_of({"hotmail.com"}), "hotmal.com").shape.last_character);
  CHECK(only(index_of({"gas.pemex.com"}), "gaas.pemex.com").shape.label_length == 3);
  CHECK(only(index_of({"af.mil"}), "afm.il").shape.only_marks);
  CHECK(only(index_of({"af.mil"}), "afm.il").shape.letters == 5);
  CHECK_FALSE(only(index_of({"navy.mil"}), "navy.ml").shape.only_marks);
}

TEST_CASE("a hundred thousand names added one by one are all found again") {
  NearNames names;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    names.add(name("host" + std::to_string(i) + "x.example" + std::to_string(i % 7) + ".com"), i,
              suffixes());
  }
  CHECK(names.size() == 100'000);
  for (std::uint32_t i = 0; i < 100'000; i += 997) {
    const std::string listed =
        "host" + std::to_string(i) + "x.example" + std::to_string(i % 7) + ".com";
    CHECK(names.contains(name(listed)));
    const auto found = names.near(name("h" + listed), suffixes());
    REQUIRE(found.size() == 1);
    CHECK(found.front().id == i);
  }
}

TEST_CASE("the longest domain there can be is looked up like any other") {
  std::string label(63, 'a');
  const std::string longest =
      label + "." + label + "." + label + "." + std::string(57, 'b') + ".com";
  REQUIRE(longest.size() == 253);
  NearNames names = index_of({longest});
  std::string typed = longest;
  typed[10] = 'c';
  CHECK(only(names, typed).slip == SlipKind::substitution);
  std::string dots;
  for (int i = 0; i < 126; ++i) {
    dots += "a.";
  }
  CHECK(names.near(name(dots + "a"), suffixes()).empty());
}

TEST_CASE(
    "a slip in a sub-domain tells how many names of that house are listed, as far as counted") {
  CHECK(only(index_of({"gas.pemex.com"}), "gaas.pemex.com").shape.names_of_house == 1);
  CHECK(only(index_of({"gas.pemex.com", "mail.pemex.com", "oil.other.com"}), "gaas.pemex.com")
            .shape.names_of_house == 2);
  CHECK(only(index_of({"navy.mil"}), "nvy.mil").shape.names_of_house == 0);
  NearNames many = index_of({"gas.pemex.com"});
  for (std::uint32_t i = 0; i < 100; ++i) {
    many.add(*DomainName::from_ascii("unit-" + std::to_string(i) + ".pemex.com"), i + 1,
             suffixes());
  }
  CHECK(only(many, "gaas.pemex.com").shape.names_of_house == most_names_of_house);
}
