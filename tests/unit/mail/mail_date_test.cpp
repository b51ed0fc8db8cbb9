// SPDX-License-Identifier: MPL-2.0
#include "mail/mail_date.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

TEST_CASE("dates of mail are read, in today's form and in those of old programs") {
  const std::int64_t expected = 1690286532;
  for (const char* date :
       {"Tue, 25 Jul 2023 14:02:12 +0200", "25 Jul 2023 14:02:12 +0200",
        "Tue, 25 Jul 2023 12:02:12 GMT", "Tue,25 Jul 2023 12:02:12 -0000",
        "Tue, 25 Jul 23 08:02:12 EDT", "Tue, 25 Jul 2023 12:02:12",
        "Tue, 25 Jul 2023 14:02:12 +0200 (CEST)", "tue, 25 july 2023 12:02:12 UT",
        " Tue, 25 (a day) Jul 2023 14:02:12 +0200", "Di, 25 Jul 2023 12:02:12 +0000"}) {
    CAPTURE(date);
    CHECK(read_mail_date(date) == expected);
  }
  CHECK(read_mail_date("1 Jan 1970 00:00 +0000") == 0);
  CHECK(read_mail_date("29 Feb 2024 00:00:00 +0000") == 1709164800);
}

TEST_CASE("what is no date is none") {
  for (const char* date : {"", "yesterday", "Tue, 25 Jul", "Tue, 32 Jul 2023 14:02:12 +0200",
                           "29 Feb 2023 00:00:00 +0000", "Tue, 25 Foo 2023 14:02:12 +0200",
                           "Tue, 25 Jul 2023 25:02:12 +0200", "Tue, 25 Jul 2023 14:02:12:13 +0200",
                           "2023-07-25T14:02:12Z", "25 Jul 1901 00:00:00 +0000",
                           "99999999999999999999 Jul 2023 14:02:12"}) {
    CAPTURE(date);
    CHECK(read_mail_date(date) == std::nullopt);
  }
  CHECK(read_mail_date(std::string(100'000, '(')) == std::nullopt);
}

TEST_CASE("From lines have a shape") {
  CHECK(read_from_line("From ")->bare);
  CHECK(read_from_line("From - Tue Jul 25 14:02:11 2023")->time == 1690293731);
  CHECK(read_from_line("From bob@navy.mil Tue Jul 25 14:02:11 +0200 2023")->time == 1690286531);
  CHECK(read_from_line("From bob@navy.mil Tue Jul 25 14:02:11 2023 +0200")->time == 1690286531);
  CHECK(read_from_line("From  Tue Jul 25 14:02:11 2023"));
  // As Dovecot, mutt and readpst take or write them, and as list archives spell the sender out.
  CHECK(read_from_line("From bob@navy.mil Tue, 25 Jul 2023 14:02:11 +0200")->time == 1690286531);
  CHECK(read_from_line("From - Tue, 25 Jul 2023 14:02:11 +0200")->time == 1690286531);
  CHECK(read_from_line("From bob@navy.mil 25 Jul 2023 14:02:11 +0000")->time == 1690293731);
  CHECK(read_from_line("From Tue, 25 Jul 2023 14:02:11 +0000 (UTC)")->time == 1690293731);
  CHECK(read_from_line("From bob at navy.mil  Tue Jul 25 14:02:11 2023")->time == 1690293731);
  CHECK(read_from_line("From \"Bob Smith\" Tue Jul 25 14:02:11 2023")->time == 1690293731);
  CHECK(read_from_line("From \"Bob Smith\" Tue, 25 Jul 2023 14:02:11 +0200")->time == 1690286531);
  CHECK(read_from_line("From bob Tue Jul 25 14:02:11 2023 remote from relay")->time == 1690293731);
  for (const char* line :
       {"From 25 Jul on it rained", "From 25 Jul 2023 14:02:11 +0200",
        "From bob 25 Jul 2023 14:02:11 +0200 it rained",
        "From the 25 Jul 2023 14:02:11 +0200 on it rained",
        "From bob at the bridge Tue Jul 25 14:02:11 2023", "From bob at Tue Jul 25 14:02:11 2023",
        "From bob@navy.mil Tue, 25 Jul 2023", "From bob@navy.mil 25 Jul 23 14:02:11 +0200",
        "From bob@navy.mil 25 July 2023 14:02:11"}) {
    CAPTURE(line);
    CHECK_FALSE(read_from_line(line));
  }
  for (const char* line : {"From", "from - Tue Jul 25 14:02:11 2023", "From here to there",
                           "From Tuesday on it rained", "From - Tue Jul 25", "From: bob@navy.mil",
                           "From the old and the new Tue Jul 25 14:02:11 2023"}) {
    CAPTURE(line);
    CHECK_FALSE(read_from_line(line));
  }
}
