// SPDX-License-Identifier: MPL-2.0
// Names on the wire: codes, kinds of message, fields, verdicts.
#include <algorithm>

#include "desk.hpp"
#include "verdict/shared_names.hpp"

using namespace recipient_guard;

TEST_CASE("every code is found by its name, and no other text is") {
  for (const ReasonTraits& row : reason_table()) {
    CHECK(reason_of(row.name) == row.reason);
    CHECK(name_of(row.reason) == row.name);
    CHECK(traits_of(row.reason).name == row.name);
  }
  CHECK_FALSE(reason_of("lookalike_domain"));
  CHECK_FALSE(reason_of(""));
}

TEST_CASE("kinds, fields and verdicts go to their names and back") {
  for (const char* const name : {"new", "reply", "forward", "redirect", "draft"}) {
    REQUIRE(message_kind_of(name));
    CHECK(name_of(*message_kind_of(name)) == name);
  }
  for (const char* const name : {"to", "cc", "bcc", "reply-to", "followup-to", "newsgroup"}) {
    REQUIRE(field_of(name));
    CHECK(name_of(*field_of(name)) == name);
  }
  CHECK_FALSE(message_kind_of("New"));
  CHECK_FALSE(field_of("reply_to"));
  CHECK(name_of(Verdict::block) == "block");
}

TEST_CASE("the policy may set every code but the two fixed ones, and two of them take more") {
  const CheckVocabulary vocabulary = check_vocabulary();
  REQUIRE(vocabulary.size() == 19);
  for (const CheckName& name : vocabulary) {
    INFO(name.code);
    CHECK(name.fixed ==
          (name.code == "unreadable-address" || name.code == "blocked-by-organisation"));
    CHECK(name.numbers.empty() == (name.code != "visible-crowd"));
    CHECK(name.entry_lists.empty() == (name.code != "posting"));
  }
}

TEST_CASE(
    "somebody far better known at a near name is asked about where the typed one is allowed") {
  Desk desk;
  desk.allow("bund.de").wrote_to("sabine.krueger@bmdv.bund.de", 20);
  CHECK(codes_of(desk.to("sabine.krueger@bmvd.bund.de")) == Codes{"known-elsewhere"});
  CHECK(meant(desk, "sabine.krueger@bmvd.bund.de") == Addresses{"sabine.krueger@bmdv.bund.de"});
  CHECK(desk.to("other.person@bmvd.bund.de").findings.empty());
  Desk once;
  once.allow("bund.de").wrote_to("sabine.krueger@bmdv.bund.de");
  CHECK(once.to("sabine.krueger@bmvd.bund.de").findings.empty());
}

TEST_CASE("somebody known at a name one slip away is asked about, short as it may be") {
  Desk desk;
  desk.wrote_to("j.smithers@hq1.fleet-example.com", 3);
  CHECK(codes_of(desk.to("j.smithers@hq2.fleet-example.com")) == Codes{"known-elsewhere"});
  CHECK(desk.to("k.other@hq2.fleet-example.com").findings.empty());
}

TEST_CASE("a shared name is no person") {
  for (const char* const name : {"info", "Sales", "no-reply", "team", "abuse", "support"}) {
    INFO(name);
    CHECK(is_shared_name(*LocalPart::from_text(name)));
  }
  CHECK_FALSE(is_shared_name(*LocalPart::from_text("sample.person")));
}
