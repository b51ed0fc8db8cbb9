// SPDX-License-Identifier: MPL-2.0
// Which file a line stands in, and what is no record at all.
#include "audit/verification.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "../temporary_folder.hpp"
#include "audit/record.hpp"

using namespace recipient_guard;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t july = 1'690'329'600;  // 2023-07-26
constexpr std::int64_t day = 86400;
const std::string july_file = "audit-2023-07.jsonl";
const std::string august_file = "audit-2023-08.jsonl";
const std::string september_file = "audit-2023-09.jsonl";

void append(const fs::path& folder, std::int64_t time) {
  REQUIRE(AuditRecord({folder, ""}).append({time, R"("event":{"action":"asked"})"}, Durably::no));
}

/// Two lines in July, two in August, two in September.
struct Record : TemporaryFolder {
  Record() {
    for (const int days : {0, 1, 10, 11, 40, 41}) {
      append(path(), july + days * day);
    }
  }
  bool is_clean() const {
    const auto chain = read_record(path());
    return chain && verify(*chain).is_clean();
  }
  void rename(const std::string& from, const std::string& to) const {
    fs::rename(path() / from, path() / to);
  }
  std::string text(const std::string& name) const {
    std::ifstream in(path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("a file under the name of another month is found, the newest and the oldest too") {
  for (const auto& [from, to] : {std::pair{september_file, "audit-2031-05.jsonl"},
                                 std::pair{july_file, "audit-2022-01.jsonl"}}) {
    const Record record;
    CHECK(record.is_clean());
    record.rename(from, to);
    CHECK_FALSE(record.is_clean());
    const auto alone = read_records({record.path() / to});
    REQUIRE(alone);
    CHECK_FALSE(verify(alone->front()).is_clean());
  }
}

TEST_CASE("a line moved over the border of two files is found, though the chain is whole") {
  const Record record;
  const std::string before = record.text(july_file);
  const std::string after = record.text(august_file);
  const std::size_t last = before.find('\n') + 1;
  record.write(july_file, before.substr(0, last));
  record.write(august_file, before.substr(last) + after);
  CHECK_FALSE(record.is_clean());
  const std::size_t first = after.find('\n') + 1;
  record.write(july_file, before + after.substr(0, first));
  record.write(august_file, after.substr(first));
  CHECK_FALSE(record.is_clean());
}

TEST_CASE("a month that is kept no longer and could not be removed is remarked, and no fault") {
  const Record record;
  const std::string july_text = record.text(july_file);
  REQUIRE(AuditRecord({record.path(), ""}).expire(10, july + 41 * day));
  std::ofstream(record.path() / july_file, std::ios::binary) << july_text;
  const auto seen = verify(*read_record(record.path()));
  CHECK(seen.is_clean());
  REQUIRE(seen.findings.size() == 1);
  CHECK(seen.findings[0].text.find("kept no longer") != std::string::npos);
  std::ofstream(record.path() / july_file, std::ios::binary)
      << july_text.substr(july_text.find('\n') + 1);
  CHECK(record.is_clean());
  std::ofstream(record.path() / july_file, std::ios::binary)
      << july_text.substr(0, july_text.find('\n') + 1);
  CHECK_FALSE(record.is_clean());
}

TEST_CASE("files that were named anew when they were collected are checked as a chain") {
  const Record record;
  record.rename(august_file, "august-of-pc1.jsonl");
  const auto chains = read_records({record.path() / "august-of-pc1.jsonl"});
  REQUIRE(chains);
  CHECK(verify(chains->front()).is_clean());
}

TEST_CASE("a folder without head and months holds no record, which is not a good one") {
  const Record record;
  for (const std::string& name : {july_file, august_file, september_file}) {
    record.rename(name, "pc-" + name);
  }
  fs::remove(record.path() / audit_head_name);
  const auto chains = read_records({record.path()});
  REQUIRE_FALSE(chains);
  CHECK(chains.error().code == ErrorCode::no_input);
}

TEST_CASE("after the newest file was taken away the record goes on, and says that it is damaged") {
  for (const int days : {42, 80}) {
    const TemporaryFolder folder;
    append(folder.path(), july + 40 * day);
    fs::remove(folder.path() / september_file);
    AuditRecord record({folder.path(), ""});
    for (int i = 0; i < 2; ++i) {
      REQUIRE(record.append({july + days * day, R"("event":{"action":"asked"})"}, Durably::yes));
    }
    const auto chain = read_record(folder.path());
    REQUIRE(chain);
    const auto result = verify(*chain);
    CHECK(result.lines == 3);
    CHECK(result.last.sequence == 5);
    CHECK_FALSE(result.is_clean());
    CHECK(chain->files.front().text.find("\"damaged\"") != std::string::npos);
  }
}
