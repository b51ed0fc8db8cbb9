// SPDX-License-Identifier: MPL-2.0
#include "people/people.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

namespace {

const PublicSuffixes& suffixes() {
  static const PublicSuffixes list;
  return list;
}

DomainName domain(const std::string& text) {
  return *DomainName::from_ascii(text);
}

Mailbox mailbox(const std::string& text) {
  const std::size_t at = text.rfind('@');
  return {*LocalPart::from_text(text.substr(0, at)), domain(text.substr(at + 1))};
}

constexpr std::int64_t day = 86400;
constexpr std::int64_t noon = 19'000 * day + day / 2;

}  // namespace

TEST_CASE("nobody is known, trusted or settled at first") {
  const People people;
  CHECK_FALSE(people.is_known(mailbox("bob@navy.mil"), noon));
  CHECK_FALSE(people.trusts(mailbox("bob@navy.mil")));
  CHECK_FALSE(people.means_something(domain("navy.mil"), noon));
  CHECK_FALSE(people.is_settled("lookalike-domain", "navy.ml"));
  CHECK(people.near_names().size() == 0);
}

TEST_CASE("who was rightly written to is known at once, without regard to ASCII case") {
  People people;
  people.wrote_to(mailbox("Bob@navy.mil"), noon, Sending::right, suffixes());
  CHECK(people.is_known(mailbox("bob@navy.mil"), noon));
  CHECK(people.is_known(domain("navy.mil"), noon));
  CHECK_FALSE(people.is_known(mailbox("bob+x@navy.mil"), noon));
  CHECK_FALSE(people.is_known(domain("fleet.navy.mil"), noon));
}

TEST_CASE("at gmail.com dots mean nothing") {
  People people;
  people.wrote_to(mailbox("bob.smith@gmail.com"), noon, Sending::right, suffixes());
  CHECK(people.is_known(mailbox("bobsmith@gmail.com"), noon));
  people.wrote_to(mailbox("bob.smith@example.com"), noon, Sending::right, suffixes());
  CHECK_FALSE(people.is_known(mailbox("bobsmith@example.com"), noon));
}

TEST_CASE("an overridden address is known from the next calendar day in UTC, not before") {
  People people;
  const std::int64_t late = 19'000 * day + day - 1;
  people.wrote_to(mailbox("bob@navy.ml"), late, Sending::overridden, suffixes());
  CHECK_FALSE(people.is_known(mailbox("bob@navy.ml"), late));
  CHECK_FALSE(people.means_something(domain("navy.ml"), late));
  CHECK(people.is_known(mailbox("bob@navy.ml"), late + 1));
  CHECK(people.means_something(domain("navy.ml"), late + 1));
}

TEST_CASE("the first override decides, and a right sending makes known at once") {
  People people;
  people.wrote_to(mailbox("bob@navy.ml"), noon, Sending::overridden, suffixes());
  people.wrote_to(mailbox("bob@navy.ml"), noon + 3 * day, Sending::overridden, suffixes());
  CHECK(people.is_known(mailbox("bob@navy.ml"), noon + day));
  People others;
  others.wrote_to(mailbox("bob@navy.ml"), noon, Sending::overridden, suffixes());
  others.wrote_to(mailbox("bob@navy.ml"), noon + 60, Sending::right, suffixes());
  CHECK(others.is_known(mailbox("bob@navy.ml"), noon + 60));
}

TEST_CASE("messages are counted by address and by domain") {
  People people;
  people.wrote_to(mailbox("bob@navy.mil"), noon, Sending::right, suffixes());
  people.wrote_to(mailbox("bob@navy.mil"), noon + day, Sending::right, suffixes());
  people.wrote_to(mailbox("eve@navy.mil"), noon - day, Sending::right, suffixes());
  const Contact* const bob = people.contact(mailbox("bob@navy.mil"));
  REQUIRE(bob != nullptr);
  CHECK(bob->messages == 2);
  const ContactDomain* const navy = people.domain(domain("navy.mil"));
  REQUIRE(navy != nullptr);
  CHECK(navy->messages == 3);
  CHECK(navy->contacts == 2);
}

TEST_CASE("a trusted domain covers what lies below it; a public suffix is never trusted") {
  People people;
  people.trust(domain("example.com"), suffixes());
  people.trust(domain("co.uk"), suffixes());
  CHECK(people.trusts_domain_of(domain("example.com")));
  CHECK(people.trusts_domain_of(domain("mail.example.com")));
  CHECK_FALSE(people.trusts_domain_of(domain("notexample.com")));
  CHECK_FALSE(people.trusts_domain_of(domain("firm.co.uk")));
}

TEST_CASE("trust in an address makes its domain a name to look near") {
  People people;
  people.trust(mailbox("bob@harbour-example.com"), suffixes());
  CHECK(people.trusts(mailbox("BOB@harbour-example.com")));
  CHECK_FALSE(people.is_known(mailbox("bob@harbour-example.com"), noon));
  CHECK(people.means_something(domain("harbour-example.com"), noon));
  CHECK(people.near_names().near(domain("harbor-example.com"), suffixes()).size() == 1);
}

TEST_CASE("answering somebody says so of the address and of its domain, and makes nobody known") {
  People people;
  people.answered(mailbox("bob@navy.ml"), suffixes());
  CHECK(people.contact(mailbox("bob@navy.ml"))->answered);
  CHECK(people.domain(domain("navy.ml"))->answered);
  CHECK_FALSE(people.is_known(mailbox("bob@navy.ml"), noon + 9 * day));
}

TEST_CASE("a question is settled for its subject and its reason alone") {
  People people;
  people.settle("lookalike-domain", "navy.ml");
  CHECK(people.is_settled("lookalike-domain", "navy.ml"));
  CHECK_FALSE(people.is_settled("confusable-suffix", "navy.ml"));
  CHECK_FALSE(people.is_settled("lookalike-domain", "army.ml"));
}

TEST_CASE("namesakes are those with the same local part at other domains") {
  People people;
  people.wrote_to(mailbox("bob.smith@navy.mil"), noon, Sending::right, suffixes());
  people.wrote_to(mailbox("Bob.Smith@example.com"), noon, Sending::right, suffixes());
  people.wrote_to(mailbox("eve@example.com"), noon, Sending::right, suffixes());
  CHECK(people.namesakes(*LocalPart::from_text("bob.smith")).size() == 2);
  CHECK(people.namesakes(*LocalPart::from_text("nobody")).empty());
}
