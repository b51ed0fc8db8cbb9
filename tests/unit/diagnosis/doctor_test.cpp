// SPDX-License-Identifier: MPL-2.0
// What tests/protocol/doctor.test.js cannot break from outside: the program itself, the clock, a
// user without a home.
#include "diagnosis/doctor.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "../temporary_folder.hpp"
#include "diagnosis/parts.hpp"

using namespace recipient_guard;

namespace {

constexpr std::int64_t year = 365 * 86'400;
constexpr std::int64_t today = 1'795'000'000;  // November 2026

struct World {
  TemporaryFolder folder;
  FileTree machine{folder.path(), "/home/alice"};
  PublicSuffixes suffixes;
  PolicySource policy{
      PolicySource::Options{{},
                            LaxRights::refuse,
                            {},
                            nullptr,
                            {folder.path() / "policy.d", folder.path(), current_user()}}};

  Patient patient() const {
    return {machine, "1.2.0", "/usr/bin/recipient-guard", false, "", policy, suffixes, nullptr,
            {},      today};
  }
};

std::vector<DiagnosisLine> of(const Patient& patient, std::string_view check) {
  std::vector<DiagnosisLine> lines;
  const Diagnosis diagnosis = diagnose(patient);
  for (const DiagnosisLine& line : diagnosis.lines()) {
    if (line.check == check) {
      lines.push_back(line);
    }
  }
  return lines;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a program that was replaced, or whose file cannot be told, is a warning") {
  const World world;
  Patient patient = world.patient();
  REQUIRE(of(patient, "program").size() == 1);
  CHECK(of(patient, "program")[0].condition == Condition::ok);
  patient.program_replaced = true;
  CHECK(of(patient, "program")[0].condition == Condition::warn);
  CHECK(holds(of(patient, "program")[0].text, "another stands at /usr/bin/recipient-guard"));
  patient.program.reset();
  CHECK(of(patient, "program")[0].condition == Condition::warn);
  CHECK(holds(of(patient, "program")[0].advice, "/proc"));
}

TEST_CASE("a list of public suffixes grows old") {
  const World world;
  Patient patient = world.patient();
  if (world.suffixes.date().empty()) {
    CHECK(of(patient, "suffix-list")[0].condition == Condition::warn);
    return;
  }
  patient.now = today + 40 * year;
  REQUIRE(of(patient, "suffix-list").size() == 1);
  CHECK(of(patient, "suffix-list")[0].condition == Condition::warn);
  CHECK(holds(of(patient, "suffix-list")[0].text, world.suffixes.date()));
  CHECK(holds(of(patient, "suffix-list")[0].advice, "publicsuffix"));
}

TEST_CASE("without a home folder neither contacts nor record are kept, and no profile is found") {
  const World world;
  const FileTree homeless(world.folder.path(), std::nullopt);
  const Patient known = world.patient();
  const Patient patient{homeless,     known.host_version, known.program, false, "1.2.0",
                        world.policy, world.suffixes,     nullptr,       {},    today};
  for (const std::string_view check : {"people-store", "audit-record"}) {
    REQUIRE(of(patient, check).size() == 1);
    CHECK(of(patient, check)[0].condition == Condition::warn);
    CHECK(of(patient, check)[0].advice == "Set HOME.");
  }
  CHECK(find_profiles(homeless).empty());
}

TEST_CASE("a record that cannot be written or was changed fails, with each fault up to a bound") {
  const World world;
  Patient patient = world.patient();
  patient.record.folder = world.folder.path() / "record";
  patient.record.said = "7 lines, unbroken";
  CHECK(of(patient, "audit-record")[0].condition == Condition::ok);
  patient.record.faults.assign(1000, "audit-2026-11.jsonl:7: changed");
  CHECK(of(patient, "audit-record").size() == max_lines_of_a_kind);
  patient.record.error = Error{ErrorCode::no_permission, "record: may not be written"};
  REQUIRE(of(patient, "audit-record").size() == 1);
  CHECK(of(patient, "audit-record")[0].condition == Condition::fail);
  CHECK(of(patient, "audit-record")[0].text == "record: may not be written");
}

TEST_CASE("what the extension told of itself goes before what its profile says") {
  const World world;
  Patient patient = world.patient();
  patient.extension_version = "1.10.0";
  REQUIRE(of(patient, "versions").size() == 1);
  CHECK(of(patient, "versions")[0].condition == Condition::warn);
  CHECK(holds(of(patient, "versions")[0].text, "the host is older"));
  CHECK(of(patient, "extension").empty());
  patient.extension_version = "1.2";
  CHECK(of(patient, "versions")[0].condition == Condition::ok);
}

TEST_CASE("versions are compared part by part, as numbers") {
  CHECK(compare_versions("1.2.3", "1.2.3") == 0);
  CHECK(compare_versions("1.2", "1.2.0") == 0);
  CHECK(compare_versions("1.10", "1.9") > 0);
  CHECK(compare_versions("140.0", "153.7.0") < 0);
  CHECK(compare_versions("", "0.1") < 0);
  CHECK(compare_versions("...", "nonsense") == 0);
  CHECK(compare_versions("99999999999999999999999.1", "1") < 0);  // no number counts as 0
}

TEST_CASE("Thunderbirds are told apart by where they stand") {
  CHECK(kind_of_thunderbird("/usr/lib/thunderbird") == ThunderbirdKind::package);
  CHECK(kind_of_thunderbird("/opt/thunderbird") == ThunderbirdKind::tarball);
  CHECK(kind_of_thunderbird("/usr/local/lib/thunderbird") == ThunderbirdKind::tarball);
  CHECK(kind_of_thunderbird("/home/alice/thunderbird") == ThunderbirdKind::tarball);
  CHECK(kind_of_thunderbird("/snap/thunderbird/600/usr/lib") == ThunderbirdKind::snap);
  CHECK(kind_of_thunderbird("/app/lib/thunderbird") == ThunderbirdKind::flatpak);
}
