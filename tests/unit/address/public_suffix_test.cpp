// SPDX-License-Identifier: MPL-2.0
#include "address/public_suffix.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "address/idna.hpp"
#include "address/suffix_rules.hpp"

using namespace recipient_guard;

namespace {

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

DomainName domain(const std::string& text) {
  const auto name = DomainName::from_ascii(text);
  REQUIRE(name);
  return *name;
}

std::string suffix(const std::string& text) {
  const DomainName name = domain(text);
  return std::string(suffixes().suffix_of(name));
}

// "-" where the name is itself a suffix.
std::string registrable(const std::string& text) {
  const DomainName name = domain(text);
  return std::string(suffixes().registrable_of(name).value_or("-"));
}

}  // namespace

TEST_CASE("the list tells where it came from and of which day it is") {
  CHECK_FALSE(suffixes().source().empty());
  CHECK(suffixes().date().size() == 10);
  CHECK(suffixes().date() >= "2023-02-09");
}

TEST_CASE("a registrable name stands one label before its suffix") {
  CHECK(registrable("a.b.co.uk") == "b.co.uk");
  CHECK(registrable("b.co.uk") == "b.co.uk");
  CHECK(registrable("co.uk") == "-");
  CHECK(registrable("uk") == "-");
  CHECK(registrable("fleet.navy.mil") == "navy.mil");
  CHECK(registrable("mil") == "-");
  CHECK(suffix("a.b.co.uk") == "co.uk");
  CHECK(suffix("fleet.navy.mil") == "mil");
  CHECK(suffix("x.com.au") == "com.au");
}

TEST_CASE("the names that the built-in tables stand on are as they are taken to be") {
  for (const char* text : {"mil", "gov", "gov.uk", "nhs.uk", "police.uk", "co.uk", "com.au", "int",
                           "gov.ml", "ml", "co", "cm", "om", "ne", "et", "gov.au"}) {
    INFO(text);
    CHECK(suffixes().is_public_suffix(domain(text)));
  }
  // The Ministry of Defence's own: an ordinary name below `uk`.
  CHECK_FALSE(suffixes().is_public_suffix(domain("mod.uk")));
  CHECK(registrable("fleet.mod.uk") == "mod.uk");
  CHECK(registrable("trust.nhs.uk") == "trust.nhs.uk");
  CHECK(registrable("mail.trust.nhs.uk") == "trust.nhs.uk");
  CHECK_FALSE(suffixes().is_public_suffix(domain("nhs.net")));
  CHECK_FALSE(suffixes().is_public_suffix(domain("nato.int")));
  CHECK(registrable("liaison.gov.ml") == "liaison.gov.ml");
}

TEST_CASE("a suffix of the private section parts strangers from each other") {
  CHECK(registrable("a.b.github.io") == "b.github.io");
  CHECK(registrable("b.blogspot.com") == "b.blogspot.com");
  CHECK(suffixes().is_public_suffix(domain("github.io")));
  CHECK(suffixes().is_public_suffix(domain("uk.com")));
  CHECK(registrable("example.uk.com") == "example.uk.com");
}

TEST_CASE("below a public body the private section names parts of it, which people write to") {
  CHECK(registrable("homeoffice.gov.uk") == "homeoffice.gov.uk");
  CHECK(registrable("digital.homeoffice.gov.uk") == "homeoffice.gov.uk");
  CHECK(registrable("x.service.gov.uk") == "service.gov.uk");
  CHECK_FALSE(suffixes().is_public_suffix(domain("homeoffice.gov.uk")));
}

TEST_CASE("wildcards and exceptions hold") {
  CHECK(suffix("a.b.ck") == "b.ck");
  CHECK(registrable("a.b.ck") == "a.b.ck");
  CHECK(registrable("b.ck") == "-");
  CHECK(registrable("www.ck") == "www.ck");
  CHECK(registrable("a.www.ck") == "www.ck");
  CHECK(registrable("city.kawasaki.jp") == "city.kawasaki.jp");
  CHECK(registrable("x.a.kawasaki.jp") == "x.a.kawasaki.jp");
}

TEST_CASE(
    "top-level domains that exist, those among them that stand on the list only as wildcards") {
  for (const char* text :
       {"ck",   "er", "jm",  "kh", "mm",  "np",     "bd",       "fk",       "pg",
        "mil",  "ml", "com", "uk", "gov", "museum", "xn--p1ai", "xn--p1ai", "xn--mgbaam7a8h",
        "arpa", "int"}) {
    INFO(text);
    CHECK(suffixes().top_level_exists(domain(text)));
    CHECK(suffixes().top_level_exists(domain(std::string("bob.example.") + text)));
  }
  for (const char* text : {"mi", "mill", "mlil", "cmo", "localhost", "xn--abc", "192", "zz", "lan",
                           "example", "github"}) {
    INFO(text);
    CHECK_FALSE(suffixes().top_level_exists(domain(text)));
    CHECK_FALSE(suffixes().top_level_exists(domain(std::string("bob.example.") + text)));
  }
}

TEST_CASE("a name under no rule has its last label as suffix") {
  CHECK(suffix("a.b.zz") == "zz");
  CHECK(registrable("a.b.zz") == "b.zz");
  CHECK(suffix("zz") == "zz");
  CHECK(registrable("zz") == "-");
}

TEST_CASE("international suffixes are found as A-labels") {
  CHECK(registrable("a.b.xn--p1ai") == "b.xn--p1ai");
  CHECK(suffix("a.xn--55qx5d.cn") == "xn--55qx5d.cn");
  CHECK(registrable("b.a.xn--55qx5d.cn") == "a.xn--55qx5d.cn");
}

TEST_CASE("the table of the list's rules answers as libpsl does, for each rule and below it") {
  const PublicSuffixes slow(SuffixLookup::library);
  std::ifstream list("/usr/share/publicsuffix/public_suffix_list.dat");
  REQUIRE(list);
  std::size_t rules = 0;
  for (std::string line; std::getline(list, line);) {
    if (line.empty() || line.starts_with("//")) {
      continue;
    }
    const std::size_t mark = line.starts_with("*.") ? 2 : line.starts_with("!") ? 1 : 0;
    const auto mapped = to_domain_name(line.substr(mark));
    REQUIRE(std::holds_alternative<MappedDomain>(mapped));
    const std::string rule = std::get<MappedDomain>(mapped).name.text();
    ++rules;
    for (const std::string& text : {rule, "quarry." + rule, "a.quarry." + rule, "x" + rule,
                                    "www." + rule, rule + ".ml", "a.b.c." + rule}) {
      const auto name = DomainName::from_ascii(text);
      REQUIRE(name);
      INFO(text);
      REQUIRE(suffixes().suffix_of(*name) == slow.suffix_of(*name));
      REQUIRE(suffixes().registrable_of(*name) == slow.registrable_of(*name));
      REQUIRE(suffixes().is_public_suffix(*name) == slow.is_public_suffix(*name));
      REQUIRE(suffixes().top_level_exists(*name) == slow.top_level_exists(*name));
    }
  }
  CHECK(rules > 9'000);
}

TEST_CASE("a list without its sections, or cut short, is no list") {
  SuffixRules rules;
  CHECK_FALSE(rules.read("uk\nco.uk\n"));
  CHECK_FALSE(rules.read("// ===BEGIN ICANN DOMAINS===\nuk\nco.uk\n"));
  CHECK_FALSE(rules.read(""));
  CHECK(rules.empty());
  REQUIRE(
      rules.read("// ===BEGIN ICANN DOMAINS===\nuk\nco.uk\n*.ck\n!www.ck\n"
                 "// ===BEGIN PRIVATE DOMAINS===\nuk.com\nb.deep.below.co.uk\n"
                 "// ===END PRIVATE DOMAINS===\n"));
  using Sizes = SuffixRules::Sizes;
  CHECK(rules.suffix_sizes("a.b.co.uk") == Sizes{.icann = 5, .any = 5});
  CHECK(rules.suffix_sizes("a.www.ck") == Sizes{.icann = 2, .any = 2});
  CHECK(rules.suffix_sizes("a.b.ck") == Sizes{.icann = 4, .any = 4});
  CHECK(rules.suffix_sizes("a.uk.com") == Sizes{.icann = 3, .any = 6});
  CHECK(rules.suffix_sizes("a.b.c.private.uk.com") == Sizes{.icann = 3, .any = 6});
  CHECK(rules.suffix_sizes("a.b.deep.below.co.uk") == Sizes{.icann = 5, .any = 18});
  CHECK(rules.top_level_exists("ck"));
  CHECK_FALSE(rules.top_level_exists("com"));
}
