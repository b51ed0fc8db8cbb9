// SPDX-License-Identifier: MPL-2.0
#include "address/idna.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <variant>

#include "corpus.hpp"

using namespace recipient_guard;
using nlohmann::json;
using recipient_guard::testing::corpus;

namespace {

const json& rows() {
  static const json all = corpus("idna.json");
  return all;
}

std::string name_of_fault(DomainFault fault) {
  switch (fault) {
    case DomainFault::empty_label:
      return "empty-label";
    case DomainFault::trailing_dot:
      return "trailing-dot";
    case DomainFault::label_too_long:
      return "label-too-long";
    case DomainFault::domain_too_long:
      return "domain-too-long";
    case DomainFault::not_a_name:
      break;
  }
  return "not-a-name";
}

json as_json(const std::variant<MappedDomain, DomainFault>& read) {
  if (const auto* fault = std::get_if<DomainFault>(&read)) {
    return {{"fault", name_of_fault(*fault)}};
  }
  const auto& domain = std::get<MappedDomain>(read);
  json result = {{"name", domain.name.text()},
                 {"unicode", to_unicode(domain.name)},
                 {"mapped", domain.mapped}};
  if (domain.deviation) {
    result["deviation"] = domain.deviation->text();
  }
  return result;
}

}  // namespace

TEST_CASE("each typed domain becomes the name, or the fault, of its row") {
  for (const json& row : rows()) {
    INFO(row.dump(-1, ' ', true));
    CHECK(as_json(to_domain_name(row.at("typed").get<std::string>())) == row.at("reads"));
  }
}

TEST_CASE("a second pass changes nothing, in either form") {
  int names = 0;
  for (const json& row : rows()) {
    const auto read = to_domain_name(row.at("typed").get<std::string>());
    const auto* domain = std::get_if<MappedDomain>(&read);
    if (domain == nullptr) {
      continue;
    }
    ++names;
    INFO(row.dump(-1, ' ', true));
    for (const std::string& text : {domain->name.text(), to_unicode(domain->name)}) {
      const auto again = to_domain_name(text);
      REQUIRE(std::holds_alternative<MappedDomain>(again));
      CHECK(std::get<MappedDomain>(again).name == domain->name);
      CHECK_FALSE(std::get<MappedDomain>(again).mapped);
    }
  }
  CHECK(names >= 50);
}

TEST_CASE("no forbidden ASCII character is ever deleted from a name") {
  for (int c = 0; c < 0x80; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || c == '-' || c == '.') {
      continue;
    }
    for (const std::string& before : {std::string("ar"), std::string("\xc3\xa4r")}) {
      const std::string text = before + static_cast<char>(c) + "my.mil";
      INFO(c);
      const auto read = to_domain_name(text);
      REQUIRE(std::holds_alternative<DomainFault>(read));
      CHECK(std::get<DomainFault>(read) == DomainFault::not_a_name);
    }
  }
}

TEST_CASE("no full-width form becomes a character that a name may not hold") {
  for (char32_t point = 0xff01; point <= 0xff5e; ++point) {
    const char plain = static_cast<char>(point - 0xff01 + '!');
    std::string text = "ar";
    text += {'\xef', static_cast<char>(0x80 | ((point >> 6) & 0x3f)),
             static_cast<char>(0x80 | (point & 0x3f))};
    text += "my.mil";
    const auto read = to_domain_name(text);
    INFO(text);
    const auto* domain = std::get_if<MappedDomain>(&read);
    const bool fits =
        std::isalnum(static_cast<unsigned char>(plain)) != 0 || plain == '-' || plain == '.';
    CHECK((domain != nullptr) == fits);
    if (domain != nullptr) {
      CHECK(domain->mapped);
    }
  }
}

TEST_CASE("broken UTF-8 is no name") {
  for (const std::string text : {"\xff.mil", "na\xc3vy.mil", "army.mil\xc3", "\xed\xa0\x80.mil"}) {
    const auto read = to_domain_name(text);
    REQUIRE(std::holds_alternative<DomainFault>(read));
    CHECK(std::get<DomainFault>(read) == DomainFault::not_a_name);
  }
}

TEST_CASE("an A-label that decodes to nothing sensible is shown as it is") {
  for (const char* text : {"xn--a.com", "xn--99999999999.com", "xn--a-ecp.ru", "xn--ls8h.la"}) {
    const auto name = DomainName::from_ascii(text);
    REQUIRE(name);
    CHECK(to_unicode(*name) == text);
  }
}
