// SPDX-License-Identifier: MPL-2.0
#include "document/time_text.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

TEST_CASE("a time is written in UTC, before 1970 too") {
  CHECK(time_text(0) == "1970-01-01T00:00:00Z");
  CHECK(time_text(1'690'293'731) == "2023-07-25T14:02:11Z");
  CHECK(time_text(-1) == "1969-12-31T23:59:59Z");
  CHECK(time_text(latest_time) == "9999-12-31T23:59:59Z");
}

TEST_CASE("a time lies in the day that has begun") {
  CHECK(day_of(0) == 0);
  CHECK(day_of(seconds_a_day - 1) == 0);
  CHECK(day_of(seconds_a_day) == 1);
  CHECK(day_of(-1) == -1);
  CHECK(day_of(-seconds_a_day) == -1);
  CHECK(day_text(19'563) == "2023-07-25");
}

TEST_CASE("a time is read in the forms in which people write it, and in no other") {
  CHECK(read_time("2023-07-25T14:02:11Z") == 1'690'293'731);
  CHECK(read_time("2023-07-25") == 19'563 * seconds_a_day);
  CHECK(read_time("1690293731") == 1'690'293'731);
  CHECK(read_time("253402300799") == latest_time);
  for (const std::string text :
       {"", "0", "-1", "253402300800", "2023-02-29", "2023-07-25T24:00:00Z", "2023-07-25T14:02:11",
        "2023-7-25", "1970-01-01", "25 July 2023", "2023-07-25 14:02:11Z",
        "99999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(read_time(text));
  }
}
