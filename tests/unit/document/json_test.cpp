// SPDX-License-Identifier: MPL-2.0
#include "document/json.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <ctime>
#include <string>

using namespace recipient_guard;
using namespace std::string_literals;

namespace {

std::string at(Place place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// All but the places.
bool are_equal(const JsonValue& a, const JsonValue& b) {
  if (a.object() != nullptr && b.object() != nullptr) {
    return std::equal(a.object()->begin(), a.object()->end(), b.object()->begin(),
                      b.object()->end(), [](const JsonMember& one, const JsonMember& other) {
                        return one.key == other.key && are_equal(one.value, other.value);
                      });
  }
  if (a.array() != nullptr && b.array() != nullptr) {
    return std::equal(a.array()->begin(), a.array()->end(), b.array()->begin(), b.array()->end(),
                      are_equal);
  }
  const double* const number = std::get_if<double>(&a.content);
  return a.content.index() == b.content.index() && a.object() == nullptr && a.array() == nullptr &&
         a.is_null() == b.is_null() && (a.text() == nullptr || *a.text() == *b.text()) &&
         (a.boolean() == nullptr || *a.boolean() == *b.boolean()) &&
         (a.integer() == nullptr || *a.integer() == *b.integer()) &&
         (number == nullptr || *number == std::get<double>(b.content));
}

/// Every text of these tests is read in both ways.
std::variant<JsonValue, JsonFault> read_in_both_ways(std::string_view text) {
  auto read = read_json(text);
  const auto quick = read_json_without_places(text);
  const auto* const fault = std::get_if<JsonFault>(&read);
  if (fault == nullptr) {
    REQUIRE(std::holds_alternative<JsonValue>(quick));
    CHECK(are_equal(std::get<JsonValue>(read), std::get<JsonValue>(quick)));
  } else {
    REQUIRE(std::holds_alternative<JsonFault>(quick));
    const auto& other = std::get<JsonFault>(quick);
    CHECK(fault->kind == other.kind);
    CHECK(at(fault->place) + fault->text == at(other.place) + other.text);
    CHECK(are_equal(fault->rest, other.rest));
  }
  return read;
}

JsonValue good(std::string_view text) {
  auto read = read_in_both_ways(text);
  if (const auto* fault = std::get_if<JsonFault>(&read)) {
    FAIL(fault->place.line << ":" << fault->place.column << ": " << fault->text);
  }
  return std::get<JsonValue>(std::move(read));
}

JsonFault bad(std::string_view text) {
  auto read = read_in_both_ways(text);
  if (!std::holds_alternative<JsonFault>(read)) {
    FAIL("was read: " << text.substr(0, 80));
  }
  return std::get<JsonFault>(std::move(read));
}

/// LINE:COLUMN: text
std::string told(std::string_view text) {
  const JsonFault fault = bad(text);
  return at(fault.place) + ": " + fault.text;
}

}  // namespace

TEST_CASE("every key and value knows its line and column") {
  const JsonValue root =
      good("{ \"a\": 1,\n  \"bb\" : [true,\tnull , \"x,:]\\\"}\"],\r\n\t\"c\":{}}");
  CHECK(at(root.place) == "1:1");
  const JsonObject& members = *root.object();
  REQUIRE(members.size() == 3);
  CHECK(at(members[0].key_place) == "1:3");
  CHECK(at(members[0].value.place) == "1:8");
  CHECK(at(members[1].key_place) == "2:3");
  const JsonArray& list = *members[1].value.array();
  CHECK(at(members[1].value.place) == "2:10");
  REQUIRE(list.size() == 3);
  CHECK(at(list[0].place) == "2:11");
  CHECK(at(list[1].place) == "2:17");
  CHECK(at(list[2].place) == "2:24");
  CHECK(*list[2].text() == "x,:]\"}");
  CHECK(at(members[2].key_place) == "3:2");
  CHECK(at(members[2].value.place) == "3:6");
}

TEST_CASE("columns are counted in octets, a byte-order mark aside") {
  const JsonValue root = good("\xEF\xBB\xBF[\"\xC3\xA9\", 1]");
  CHECK(at((*root.array())[1].place) == "1:8");
}

TEST_CASE("a text that is a line of another one is told by that line") {
  for (const std::string_view text : {"[1,]", "{\"a\":1,\"a\":2}", "", "\xFF\xFE{"}) {
    CAPTURE(text);
    const auto in_line = std::get<JsonFault>(read_json_without_places(text, 7));
    CHECK(in_line.place.line == 7);
    CHECK(in_line.place.column == bad(text).place.column);
  }
  CHECK(std::get<JsonFault>(read_json_without_places("{\"a\":1,\"a\":2}", 7)).text ==
        "key \"a\" stands twice, first at line 7, column 2");
}

TEST_CASE("numbers without fraction or exponent that fit are integers") {
  const JsonValue root = good(
      "[0, -7, 9223372036854775807, 9223372036854775808, 1.0, 1e2, "
      "-9223372036854775808, 123456789012345678901234567890]");
  const JsonArray& list = *root.array();
  CHECK(*list[0].integer() == 0);
  CHECK(*list[1].integer() == -7);
  CHECK(*list[2].integer() == std::numeric_limits<std::int64_t>::max());
  CHECK(list[3].integer() == nullptr);
  CHECK(std::get<double>(list[3].content) == Approx(9.223372036854775808e18));
  CHECK(std::get<double>(list[4].content) == 1.0);
  CHECK(std::get<double>(list[5].content) == 100.0);
  CHECK(*list[6].integer() == std::numeric_limits<std::int64_t>::min());
  CHECK(std::get<double>(list[7].content) == Approx(1.2345678901234568e29));
}

TEST_CASE("a value names its kind in words") {
  const JsonValue root = good("[null, true, 1, 1.5, \"\", [], {}]");
  std::string kinds;
  for (const JsonValue& value : *root.array()) {
    kinds += std::string(value.kind()) + "; ";
  }
  CHECK(kinds ==
        "null; true or false; a whole number; a decimal number; a text; a list; an object; ");
}

TEST_CASE("a member is found by its name, and only there") {
  const JsonValue root = good("{\"a\": 1, \"b\": {\"c\": 2}}");
  REQUIRE(root.find("a") != nullptr);
  CHECK(*root.find("a")->integer() == 1);
  CHECK(root.find("c") == nullptr);
  CHECK(root.find("a")->find("a") == nullptr);
}

TEST_CASE("a doubled key is told with both places") {
  CHECK(told("{\"allow\": 1,\n \"allow\": 2}") ==
        "2:2: key \"allow\" stands twice, first at line 1, column 2");
  CHECK(bad("{\"a\":1,\"a\":2}").kind == JsonFault::Kind::doubled_key);
  CHECK(told("[{\"x\":{\"y\":1,\"z\":2,\"y\":3}}, {\"q\":1,\"q\":1}]") ==
        "1:20: key \"y\" stands twice, first at line 1, column 8");
  SECTION("also where it is written differently") {
    CHECK(told("{\"a\":1, \"\\u0061\":2}") ==
          "1:9: key \"a\" stands twice, first at line 1, column 2");
  }
  SECTION("the outer one first where it comes first") {
    CHECK(told("{\"a\":1,\"a\":{\"b\":1,\"b\":2}}").substr(0, 4) == "1:8:");
  }
  SECTION("the same key in two objects is none") {
    good("[{\"a\":1},{\"a\":1,\"b\":{\"a\":1}}]");
  }
  SECTION("among a hundred thousand keys too, in good time") {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) {
      text += "\"k" + std::to_string(i) + "\":0,";
    }
    CHECK(bad(text + "\"k7\":1}").kind == JsonFault::Kind::doubled_key);
  }
}

TEST_CASE("of a text with a doubled key the rest is told, without the doubled one") {
  const JsonFault fault =
      bad("{\"id\":7,\"op\":\"a\",\"op\":\"b\",\"n\":{\"x\":1,\"x\":2,\"y\":3}}");
  REQUIRE(fault.rest.find("id") != nullptr);
  CHECK(*fault.rest.find("id")->integer() == 7);
  CHECK(fault.rest.find("op") == nullptr);
  REQUIRE(fault.rest.find("n") != nullptr);
  CHECK(fault.rest.find("n")->find("x") == nullptr);
  CHECK(*fault.rest.find("n")->find("y")->integer() == 3);
}

TEST_CASE("the mistakes people make by hand are told in their words") {
  CHECK(told("") == "1:1: the text is empty");
  CHECK(told(" \n ") == "2:2: the text is empty");
  CHECK(told("{\n \"a\": 1,\n}") == "3:1: a comma stands before '}'");
  CHECK(told("[1,]") == "1:4: a comma stands before ']'");
  CHECK(told("{\"a\":1\n \"b\":2}") == "2:2: unexpected string literal; expected a comma or '}'");
  CHECK(told("[1 2]") == "1:4: unexpected number literal; expected a comma or ']'");
  CHECK(told("{'a':1}") == "1:2: texts stand in double quotes");
  CHECK(told("{\"a\":1").substr(0, 5) == "1:7: ");
  CHECK(bad("{\"a\":1").text == "the text ends too early");
  CHECK(told("{\"a\":\"x\n}").substr(0, 4) == "1:8:");
  CHECK(told("[\"abc") == "1:2: the text that begins here has no closing quote");
  CHECK(told("[1,,2]").substr(0, 4) == "1:4:");
  CHECK(told("{} {}").substr(0, 4) == "1:4:");
  CHECK(told("[nul]") == "1:2: no value of JSON begins here; texts stand in double quotes");
  CHECK(told("[1e999]") == "1:2: the number is too large");
  CHECK(told("[\n\n 01]").substr(0, 4) == "3:3:");
}

TEST_CASE("a comment is a fault with its line and a hint") {
  const std::string hint = "JSON has no comments; write it as text of a key \"$comment\"";
  CHECK(told("{\n  // who\n \"a\":1}") == "2:3: " + hint);
  CHECK(told("{\"a\":1, /* who */ \"b\":2}") == "1:9: " + hint);
  CHECK(told("# who\n{}") == "1:1: " + hint);
}

TEST_CASE("text that is no Unicode is a fault") {
  CHECK(bad("[\"\\ud83d\"]").kind == JsonFault::Kind::syntax);
  CHECK(bad("[\"\\ude00\"]").kind == JsonFault::Kind::syntax);
  CHECK(told("[\"ab\xFF\"]").substr(0, 5) == "1:5: ");
  CHECK(bad("[\"\xC0\xAF\"]").kind == JsonFault::Kind::syntax);
  CHECK(bad("[\"\xED\xA0\x80\"]").kind == JsonFault::Kind::syntax);
  CHECK(*(*good("[\"\\ud83d\\ude00\"]").array())[0].text() == "\xF0\x9F\x98\x80");
}

TEST_CASE("a NUL is no end of the text") {
  CHECK(told("{}\0"s) == "1:3: a NUL character stands here");
  CHECK(told("{}\0garbage"s) == "1:3: a NUL character stands here");
  CHECK(bad("[1,\0 2]"s).text == "a NUL character stands here");
  CHECK(bad("\0"s).kind == JsonFault::Kind::syntax);
}

TEST_CASE("UTF-16 and UTF-32 are refused by name") {
  CHECK(bad("\xFF\xFE{\0}\0"s).text == "the text is UTF-16; save it as UTF-8");
  CHECK(bad("\xFE\xFF\0{\0}"s).text == "the text is UTF-16; save it as UTF-8");
  CHECK(bad("{\0}\0"s).text == "the text is UTF-16; save it as UTF-8");
  CHECK(bad("\0{\0}"s).text == "the text is UTF-16; save it as UTF-8");
  CHECK(bad("\xFF\xFE\0\0{\0\0\0"s).text == "the text is UTF-32; save it as UTF-8");
  CHECK(bad("{\0\0\0}\0\0\0"s).text == "the text is UTF-32; save it as UTF-8");
  CHECK(bad("\xEF\xBB\xBF\xEF\xBB\xBF{}").text == "a second byte-order mark stands here");
}

TEST_CASE("depth is bounded") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  good(nested(max_json_depth));
  CHECK(bad(nested(max_json_depth + 1)).kind == JsonFault::Kind::too_deep);
  CHECK(at(bad(nested(max_json_depth + 1)).place) == "1:17");
  CHECK(bad(std::string(1'000'000, '[')).kind == JsonFault::Kind::too_deep);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) {
    objects += "{\"a\":";
  }
  CHECK(bad(objects).kind == JsonFault::Kind::too_deep);
  CHECK(std::holds_alternative<JsonFault>(read_json("[[1]]", 1)));
  CHECK(std::holds_alternative<JsonValue>(read_json("[1]", 1)));
  CHECK(std::holds_alternative<JsonValue>(read_json("1", 0)));
}

TEST_CASE("the number of values is bounded") {
  std::string zeros = "[0";
  for (std::size_t i = 1; i < max_json_values - 1; ++i) {
    zeros += ",0";
  }
  good(zeros + "]");
  CHECK(bad(zeros + ",0]").kind == JsonFault::Kind::too_many);
  CHECK(std::holds_alternative<JsonFault>(read_json("[1,2]", 16, 2)));
  CHECK(std::holds_alternative<JsonValue>(read_json("[1]", 16, 2)));
}

TEST_CASE("eight megabytes of hostile text are answered fast") {
  constexpr std::size_t size = 8U << 20U;
  const std::string hostile[] = {
      std::string(size, '['),
      std::string(size, '"'),
      "\"" + std::string(size, 'a'),
      "[" + std::string(size, '9') + "]",
      "[1e" + std::string(size, '9') + "]",
      "[" + std::string(size, ' '),
      std::string(size, '\n') + "x",
      "\"" + std::string(size, '\\') + "\"",
      std::string(size, '\xFF'),
      "[1" + std::string(size, ' ') + "]",
      "{\"" + std::string(size, 'k') + "\":1,\"" + std::string(size, 'k') + "\":1}",
  };
  for (const std::string& text : hostile) {
    // Processor time, since other tests may run beside; sanitizers take ten times as long.
    const std::clock_t begin = std::clock();
    const auto read = read_json(text);
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    INFO(static_cast<int>(text.front()));
    CHECK(took < 8.0);
    if (const auto* fault = std::get_if<JsonFault>(&read)) {
      CHECK(fault->text.size() < 200);
    }
  }
}

TEST_CASE("places are right in a text that is cut or changed anywhere") {
  const std::string text =
      "{\"format\": 1,\n \"allow\": [\"mil\", \"\\u00e9.example\"],\r\n \"x\": {\"y\": -1.5e3}}";
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'\0', '"', '[', '}', ',', '\\', '\n', '/', '\xC3', 'x'}) {
      std::string changed = text;
      changed[i] = c;
      const auto read = read_json(changed);
      if (const auto* fault = std::get_if<JsonFault>(&read)) {
        CHECK(fault->place.line >= 1);
        CHECK(fault->place.line <= 4);
        CHECK(fault->place.column >= 1);
        CHECK(fault->place.column <= 70);
        CHECK_FALSE(fault->text.empty());
      }
    }
    const auto cut = read_json(text.substr(0, i));
    CHECK(std::holds_alternative<JsonFault>(cut));
  }
}
