// SPDX-License-Identifier: MPL-2.0
#include "messaging/departure.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "address/reader.hpp"

using namespace recipient_guard;

namespace {

Recipient at(Field field, std::string text) {
  return {field, std::move(text), {}, {}};
}
Recipient unseen(Field field) {
  return {field, {}, {}, "Staff"};
}

/// Of a judgement that read what a judge would.
Judgement judged(const Message& message) {
  Judgement judgement;
  for (std::size_t i = 0; i < message.recipients.size(); ++i) {
    RecipientJudgement one;
    one.index = i;
    const Reading reading = read_recipient(message.recipients[i].text.value_or(""));
    const auto* const read = std::get_if<ReadMailbox>(&reading);
    one.address = read == nullptr ? "" : read->mailbox.text();
    judgement.recipients.push_back(one);
  }
  return judgement;
}

std::optional<bool> left(std::vector<Recipient> allowed, std::vector<Recipient> departed) {
  Message one;
  one.recipients = std::move(allowed);
  Message other;
  other.recipients = std::move(departed);
  const Destinations of_one = destinations_of(one);
  const auto as_judged = allowed_by(one, judged(one));
  REQUIRE(as_judged);
  CHECK(of_one.addresses == as_judged->addresses);
  CHECK(of_one.unseen_list_fields == as_judged->unseen_list_fields);
  return left_as_allowed(of_one, destinations_of(other));
}

}  // namespace

TEST_CASE("order, names, case of the domain and doubles make no difference") {
  CHECK(left({at(Field::to, "Bob <bob@navy.mil>"), at(Field::cc, "eve@navy.mil")},
             {at(Field::cc, "eve@NAVY.mil"), at(Field::to, "bob@navy.mil"),
              at(Field::to, "\"B\" <bob@navy.mil>")}) == true);
}

TEST_CASE("an international name is the same in either form") {
  CHECK(left({at(Field::to,
                 "bob@b\xc3\xbc"
                 "cher.example")},
             {at(Field::to, "bob@xn--bcher-kva.example")}) == true);
}

TEST_CASE("added, lost, moved or other is different") {
  const auto bob = at(Field::to, "bob@navy.mil");
  CHECK(left({bob}, {bob, at(Field::bcc, "spy@example.org")}) == false);
  CHECK(left({bob}, {}) == false);
  CHECK(left({bob}, {at(Field::bcc, "bob@navy.mil")}) == false);
  CHECK(left({bob}, {at(Field::to, "bob@navy.ml")}) == false);
  CHECK(left({}, {bob}) == false);
}

TEST_CASE("what is not sent to is not compared") {
  CHECK(left({at(Field::to, "a@navy.mil"), at(Field::reply_to, "b@navy.mil")},
             {at(Field::to, "a@navy.mil"), at(Field::followup_to, "alt.test")}) == true);
}

TEST_CASE("a newsgroup that was added is a difference, one that the copy does not show is none") {
  const auto bob = at(Field::to, "bob@navy.mil");
  CHECK(left({bob}, {bob, at(Field::newsgroup, "alt.test")}) == false);
  CHECK(left({unseen(Field::to)}, {unseen(Field::to), at(Field::newsgroup, "alt.test")}) == false);
  CHECK(left({at(Field::newsgroup, "alt.test")}, {at(Field::newsgroup, "alt.spam")}) == false);
  CHECK(left({bob, at(Field::newsgroup, "alt.test")}, {bob, at(Field::newsgroup, "alt.test")}) ==
        true);
  CHECK(left({bob, at(Field::newsgroup, "alt.test")}, {bob}) == true);
}

TEST_CASE("what cannot be read is compared as it stands") {
  CHECK(left({at(Field::to, "a b c")}, {at(Field::to, "a b c")}) == true);
  CHECK(left({at(Field::to, "a b c")}, {at(Field::to, "a b d")}) == false);
}

TEST_CASE("an empty group is nobody") {
  CHECK(left({at(Field::to, "undisclosed-recipients:;"), at(Field::bcc, "a@navy.mil")},
             {at(Field::bcc, "a@navy.mil")}) == true);
}

TEST_CASE("members of a list that could not be seen leave it open, in its field alone") {
  const auto bob = at(Field::to, "bob@navy.mil");
  CHECK(left({bob, unseen(Field::cc)}, {bob, at(Field::cc, "x@navy.mil")}) == std::nullopt);
  CHECK(left({bob, unseen(Field::cc)}, {bob}) == std::nullopt);
  CHECK(left({bob, unseen(Field::cc)}, {bob, unseen(Field::cc)}) == true);
  CHECK(left({bob, unseen(Field::cc)}, {bob, at(Field::bcc, "x@navy.mil")}) == false);
  CHECK(left({bob, unseen(Field::cc)}, {at(Field::cc, "x@navy.mil")}) == false);
}
