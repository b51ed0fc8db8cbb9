// SPDX-License-Identifier: MPL-2.0
#include "messaging/json_writer.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

using namespace recipient_guard;

namespace {

std::string text(std::string_view of) {
  std::string out;
  append_json_text(out, of);
  return out;
}

}  // namespace

TEST_CASE("objects and lists have their commas") {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("a").begin_array().end_array();
  writer.key("b").begin_array().value(1).value("x").null().begin_object().end_object().end_array();
  writer.member("c", true).member("d", false).member("e", std::uint64_t{18446744073709551615U});
  writer.member("f", -1.5).end_object();
  CHECK(out == R"({"a":[],"b":[1,"x",null,{}],"c":true,"d":false,"e":18446744073709551615,)"
               R"("f":-1.5000})");
}

TEST_CASE("text is ASCII with escapes") {
  CHECK(text("") == R"("")");
  CHECK(text("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(text(std::string("\0\x1f\x7f\t\n", 5)) == R"("\u0000\u001f\u007f\u0009\u000a")");
  CHECK(text("\xc3\xb6") == R"("\u00f6")");
  CHECK(text("\xe2\x82\xac") == R"("\u20ac")");
  CHECK(text("\xf0\x9f\x93\xa7") == R"("\ud83d\udce7")");
}

TEST_CASE("broken UTF-8 becomes the replacement character, octet for octet") {
  CHECK(text("a\xff z") == R"("a\ufffd z")");
  CHECK(text("\xc0\xaf") == R"("\ufffd\ufffd")");
  CHECK(text("\xed\xa0\x80") == R"("\ufffd\ufffd\ufffd")");
  CHECK(text("\xe2\x82") == R"("\ufffd\ufffd")");
}

TEST_CASE("numbers that are none in JSON are null") {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array().value(std::numeric_limits<double>::infinity());
  writer.value(std::numeric_limits<double>::quiet_NaN()).end_array();
  CHECK(out == "[null,null]");
}

TEST_CASE("whatever octets are written, another reader reads the same text where it was Unicode") {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string octets;
    for (std::size_t i = random() % 12; i > 0; --i) {
      octets += static_cast<char>(random() % 3 == 0 ? random() % 256 : random() % 128);
    }
    const std::string written = text(octets);
    const auto read = nlohmann::json::parse(written, nullptr, false);
    REQUIRE(read.is_string());
    const std::string expected = nlohmann::json::parse(
        nlohmann::json(octets).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
    if (expected.find("\xef\xbf\xbd") == std::string::npos) {
      REQUIRE(read.get<std::string>() == octets);
    }
  }
}
