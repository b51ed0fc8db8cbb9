// SPDX-License-Identifier: MPL-2.0
// The built-in tables: confusable suffixes and well-known domains.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "lookalike/confusable_suffixes.hpp"
#include "lookalike/skeleton.hpp"
#include "lookalike/slip.hpp"
#include "lookalike/well_known.hpp"

using namespace recipient_guard;

namespace {

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

}  // namespace

TEST_CASE("every confusable pair is of two domains, in the table once, with its reason") {
  std::set<std::pair<std::string, std::string>> seen;
  for (const ConfusableSuffix& row : confusable_suffixes()) {
    INFO(row.meant << " typed as " << row.typed);
    CHECK(DomainName::from_ascii(row.meant));
    const auto typed = DomainName::from_ascii(row.typed);
    REQUIRE(typed);
    CHECK(suffixes().top_level_exists(*typed));
    CHECK(row.meant != row.typed);
    CHECK_FALSE(row.reason.empty());
    CHECK(seen.insert({std::string(row.meant), std::string(row.typed)}).second);
  }
}

TEST_CASE("the endings that must have a pair have one") {
  std::set<std::string> meant;
  for (const ConfusableSuffix& row : confusable_suffixes()) {
    meant.insert(std::string(row.meant));
  }
  for (const char* const ending : {"mil", "gov", "gov.uk", "mod.uk", "nhs.uk", "com", "org", "net",
                                   "int", "co.uk", "com.au"}) {
    INFO(ending);
    CHECK(meant.contains(ending));
  }
}

TEST_CASE("il is no pair of mil: Israel is not questioned") {
  for (const ConfusableSuffix& row : confusable_suffixes()) {
    CHECK(row.typed != "il");
  }
}

TEST_CASE(
    "every well-known domain is a name with a first label of three letters, once, with a reason") {
  std::set<std::string> seen;
  for (const WellKnownDomain& row : well_known_domains()) {
    INFO(row.name);
    const auto domain = DomainName::from_ascii(row.name);
    REQUIRE(domain);
    CHECK(domain->labels().front().size() >= 3);
    CHECK(suffixes().top_level_exists(*domain));
    CHECK_FALSE(suffixes().is_public_suffix(*domain));
    CHECK_FALSE(row.reason.empty());
    CHECK(seen.insert(std::string(row.name)).second);
  }
  CHECK(seen.size() > 200);
}

TEST_CASE("a well-known name covers itself and what lies below") {
  const WellKnownNames names(suffixes());
  CHECK(names.covering(*DomainName::from_ascii("navy.mil")) != nullptr);
  CHECK(names.covering(*DomainName::from_ascii("fleet.navy.mil")) != nullptr);
  CHECK(names.covering(*DomainName::from_ascii("mil")) == nullptr);
  CHECK(names.covering(*DomainName::from_ascii("notnavy.mil")) == nullptr);
}

TEST_CASE("mail providers are marked, those with short names too") {
  const WellKnownNames names(suffixes());
  CHECK(names.is_mail_provider(*DomainName::from_ascii("gmail.com")));
  CHECK(names.is_mail_provider(*DomainName::from_ascii("me.com")));
  CHECK_FALSE(names.is_mail_provider(*DomainName::from_ascii("navy.mil")));
  CHECK_FALSE(names.is_mail_provider(*DomainName::from_ascii("example.com")));
  CHECK(names.near_names().near(*DomainName::from_ascii("we.com"), suffixes()).empty());
}

TEST_CASE("names that look the same have one skeleton") {
  const auto skeleton = [](const char32_t* text) { return skeleton_of(text); };
  CHECK(skeleton(U"g00gle") == skeleton(U"google"));
  CHECK(skeleton(U"arrny") == skeleton(U"army"));
  CHECK(skeleton(U"vvhitehouse") == skeleton(U"whitehouse"));
  CHECK(skeleton(U"cloud") == skeleton(U"doud"));
  CHECK(skeleton(U"1ntel") == skeleton(U"lntel"));
  CHECK(skeleton(U"intel") == skeleton(U"lntel"));
  CHECK(skeleton(U"n\u0430vy") == skeleton(U"navy"));
  CHECK(skeleton(U"n\u0101vy") == skeleton(U"navy"));
  CHECK(skeleton(U"\u03b1pple") == skeleton(U"apple"));
  CHECK(skeleton(U"n\u0061\u0301vy") == skeleton(U"navy"));
  CHECK_FALSE(skeleton(U"army") == skeleton(U"navy"));
}

TEST_CASE("only other scripts become Latin in a Latin twin, accents stay") {
  CHECK(latin_twin_of(U"n\u0430vy") == U"navy");
  CHECK(latin_twin_of(U"m\u00fcller") == U"m\u00fcller");
}

TEST_CASE("each kind of slip has its name") {
  CHECK(name_of(SlipKind::homoglyph) == "homoglyph");
  CHECK(name_of(SlipKind::transposition) == "transposition");
  CHECK(name_of(SlipKind::suffix) == "suffix");
  CHECK(name_of(SlipKind::several) == "several");
}
