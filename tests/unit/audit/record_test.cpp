// SPDX-License-Identifier: MPL-2.0
#include "audit/record.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../temporary_folder.hpp"
#include "audit/messages.hpp"
#include "audit/record_reading.hpp"
#include "audit/verification.hpp"

using namespace recipient_guard;

namespace {

constexpr std::int64_t july = 1'690'329'600;  // 2023-07-26
constexpr std::int64_t day = 86400;

AuditEntry entry(std::int64_t time, const std::string& id) {
  return {time, R"("event":{"kind":"event","category":["email"],"action":"asked","id":")" + id +
                    R"("},"host":{"name":"h"},"user":{"name":"u"})"};
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

bool is_clean(const std::filesystem::path& folder) {
  const auto chain = read_record(folder);
  return chain && verify(*chain).is_clean();
}

/// Three months of a record, some lines each.
void fill(const std::filesystem::path& folder) {
  AuditRecord record({folder, ""});
  for (int i = 0; i < 12; ++i) {
    REQUIRE(record.append(entry(july + i * 6 * day, "k" + std::to_string(i)), Durably::no));
  }
}

/// One change of a text at random: an octet flipped, removed or put in, a line removed, doubled or
/// moved, or the end cut.
std::string edited(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line + "\n");
  }
  const std::size_t at = below(lines.size());
  switch (below(7)) {
    case 0:
      text[below(text.size())] ^= static_cast<char>(1U << below(8));
      return text;
    case 1:
      return text.erase(below(text.size()), 1);
    case 2:
      return text.substr(0, below(text.size()));
    case 3:
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 4:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(below(lines.size())), lines[at]);
      break;
    case 5:
      std::swap(lines[at], lines[below(lines.size())]);
      break;
    default:
      return text.insert(below(text.size()), 1, static_cast<char>(below(256)));
  }
  std::string all;
  for (const auto& line : lines) {
    all += line;
  }
  return all;
}

}  // namespace

TEST_CASE("what was appended stands in files of a month each, in one chain") {
  const TemporaryFolder folder;
  fill(folder.path());
  CHECK(*months_in(folder.path()) == std::vector<std::string>{"audit-2023-07.jsonl",
                                                              "audit-2023-08.jsonl",
                                                              "audit-2023-09.jsonl"});
  const auto chain = read_record(folder.path());
  REQUIRE(chain);
  const auto result = verify(*chain);
  CHECK(result.findings.empty());
  CHECK(result.lines == 12);
  CHECK(chain->owner == "u at h");
  CHECK(verify(*chain, KnownHead{12, result.last.previous}).is_clean());
  CHECK_FALSE(verify(*chain, KnownHead{11, result.last.previous}).is_clean());
  CHECK_FALSE(verify(*chain, KnownHead{13, result.last.previous}).is_clean());
}

TEST_CASE("ten thousand random edits of the record or its head: each is found") {
  const TemporaryFolder folder;
  fill(folder.path());
  std::vector<std::filesystem::path> files{folder.path() / audit_head_name};
  std::vector<std::string> texts;
  const auto months = months_in(folder.path());
  for (const auto& month : *months) {
    files.push_back(folder.path() / month);
  }
  for (const auto& file : files) {
    texts.push_back(text_of(file));
  }
  std::mt19937 random(20230726);
  int missed = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t which = random() % files.size();
    const std::string changed = edited(texts[which], random);
    if (changed == texts[which]) {
      continue;
    }
    write(files[which], changed);
    // What only stands behind the last whole line is half a line, which is said and mended.
    const bool only_torn = which + 1 == files.size() && changed.starts_with(texts[which]) &&
                           changed.find('\n', texts[which].size()) == std::string::npos;
    missed += is_clean(folder.path()) && !only_torn ? 1 : 0;
    write(files[which], texts[which]);
  }
  CHECK(missed == 0);
  CHECK(is_clean(folder.path()));
}

TEST_CASE("a month or the head taken away is found") {
  const TemporaryFolder folder;
  for (const std::string name :
       {"audit-2023-07.jsonl", "audit-2023-08.jsonl", "audit-2023-09.jsonl", "audit.head"}) {
    const auto place = folder.path() / name.substr(name.size() - 8);
    std::filesystem::create_directory(place);
    std::filesystem::permissions(place, std::filesystem::perms::owner_all);
    fill(place);
    std::filesystem::remove(place / name);
    CHECK_FALSE(is_clean(place));
  }
}

TEST_CASE("lines behind the head, after a host was ended, go on being the record") {
  const TemporaryFolder folder;
  fill(folder.path());
  const std::string head = text_of(folder.path() / audit_head_name);
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 70 * day, "x"), Durably::no));
  write(folder.path() / audit_head_name, head);
  CHECK(is_clean(folder.path()));
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 100 * day, "y"), Durably::yes));
  CHECK(is_clean(folder.path()));
  CHECK(verify(*read_record(folder.path())).lines == 14);
}

TEST_CASE("the first line of a month behind the head is no damage") {
  const TemporaryFolder folder;
  fill(folder.path());
  const std::string head = text_of(folder.path() / audit_head_name);
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 100 * day, "x"), Durably::no));
  write(folder.path() / audit_head_name, head);
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 101 * day, "y"), Durably::no));
  CHECK(verify(*read_record(folder.path())).findings.empty());
}

TEST_CASE("a month begun by a host that was ended before its first line is no damage") {
  const TemporaryFolder folder;
  fill(folder.path());
  for (const std::string begun : {"", "{\"@timestamp\":\"20"}) {
    write(folder.path() / "audit-2023-11.jsonl", begun);
    CHECK(is_clean(folder.path()));
    CHECK(verify(*read_record(folder.path())).findings.size() == 1);
  }
  write(folder.path() / "audit-2023-10.jsonl", "");
  CHECK_FALSE(is_clean(folder.path()));
}

TEST_CASE("a host brings the head up before it writes, so that two ended hosts leave no gap") {
  const TemporaryFolder folder;
  fill(folder.path());
  const std::string head = text_of(folder.path() / audit_head_name);
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 100 * day, "x"), Durably::no));
  write(folder.path() / audit_head_name, head);
  const AuditEntry too_long = {july + 140 * day, std::string(max_audit_line_octets, ' ')};
  REQUIRE_FALSE(AuditRecord({folder.path(), ""}).append(too_long, Durably::no));
  CHECK(text_of(folder.path() / audit_head_name) != head);
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 140 * day, "y"), Durably::no));
  CHECK(verify(*read_record(folder.path())).findings.empty());
}

TEST_CASE("a record that was cut stays found whatever is written afterwards") {
  const TemporaryFolder folder;
  fill(folder.path());
  const auto file = folder.path() / "audit-2023-09.jsonl";
  const std::string text = text_of(file);
  write(file, text.substr(0, text.rfind('\n', text.size() - 2) + 1));
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july + 100 * day, "x"), Durably::no));
  CHECK_FALSE(is_clean(folder.path()));
}

TEST_CASE("months that were over before keep_days go, which is said, and no other") {
  const TemporaryFolder folder;
  fill(folder.path());
  AuditRecord record({folder.path(), ""});
  REQUIRE(record.expire(30, july + 70 * day));
  CHECK(*months_in(folder.path()) ==
        std::vector<std::string>{"audit-2023-09.jsonl", "audit-2023-10.jsonl"});
  CHECK(text_of(folder.path() / "audit-2023-10.jsonl").find("\"expired\"") != std::string::npos);
  CHECK(is_clean(folder.path()));
  std::filesystem::remove(folder.path() / "audit-2023-09.jsonl");
  CHECK_FALSE(is_clean(folder.path()));
}

TEST_CASE("what cannot be written waits, within a bound, and what went is counted") {
  const TemporaryFolder folder;
  const auto place = folder.path() / "record";
  write(place, "no folder");
  AuditRecord record({place, ""});
  for (std::size_t i = 0; i < AuditRecord::max_waiting + 5; ++i) {
    REQUIRE_FALSE(record.append_or_keep(entry(july, std::to_string(i)), Durably::no));
  }
  CHECK(record.waiting() == AuditRecord::max_waiting);
  CHECK(record.error());
  std::filesystem::remove(place);
  CHECK(record.append_or_keep(entry(july, "last"), Durably::no));
  CHECK(record.waiting() == 0);
  CHECK(text_of(place / "audit-2023-07.jsonl").find("\"entries\":5") != std::string::npos);
  CHECK(verify(*read_record(place)).lines == AuditRecord::max_waiting + 2);
}

TEST_CASE("while somebody else writes, a line waits and nothing is waited for over 200 ms") {
  const TemporaryFolder folder;
  HeldFile file(folder.path() / audit_lock_name, HeldFile::Access::read_and_write);
  const auto held = FileLock::take(file, std::chrono::milliseconds(0));
  REQUIRE(held);
  AuditRecord record({folder.path(), ""});
  const auto begin = std::chrono::steady_clock::now();
  const auto done = record.append(entry(july, "a"), Durably::yes);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::busy);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1000));
}

TEST_CASE("a clock that was set back writes on in the newest month") {
  const TemporaryFolder folder;
  fill(folder.path());
  REQUIRE(AuditRecord({folder.path(), ""}).append(entry(july - 400 * day, "x"), Durably::no));
  CHECK(months_in(folder.path())->size() == 3);
  CHECK(is_clean(folder.path()));
}

TEST_CASE("two hosts that write in turns write one chain") {
  const TemporaryFolder folder;
  AuditRecord one({folder.path(), ""});
  AuditRecord other({folder.path(), ""});
  for (int i = 0; i < 40; ++i) {
    AuditRecord& writer = i % 3 == 0 ? one : other;
    REQUIRE(writer.append(entry(july + i * 3 * day, std::to_string(i)), Durably::no));
  }
  CHECK(verify(*read_record(folder.path())).lines == 40);
  CHECK(verify(*read_record(folder.path())).findings.empty());
}

TEST_CASE("a host that has long been writing meets what is done to the files as a new one does") {
  namespace fs = std::filesystem;
  constexpr auto month = "audit-2023-09.jsonl";
  const std::vector<std::pair<std::string, std::function<void(const fs::path&)>>> deeds = {
      {"nothing", [](const fs::path&) {}},
      {"the folder goes", [](const fs::path& folder) { fs::remove_all(folder); }},
      {"the folder is moved away",
       [](const fs::path& folder) {
         fs::rename(folder, folder.string() + ".old");
         fs::remove_all(folder.string() + ".old");
       }},
      {"the folder is open to others",
       [](const fs::path& folder) { fs::permissions(folder, fs::perms(0755)); }},
      {"the lock goes", [](const fs::path& folder) { fs::remove(folder / audit_lock_name); }},
      {"the head goes", [](const fs::path& folder) { fs::remove(folder / audit_head_name); }},
      {"the head is open to others",
       [](const fs::path& folder) { fs::permissions(folder / audit_head_name, fs::perms(0644)); }},
      {"the head is replaced by its like",
       [](const fs::path& folder) {
         fs::copy(folder / audit_head_name, folder / "new");
         fs::rename(folder / "new", folder / audit_head_name);
       }},
      {"the head is cut", [](const fs::path& folder) { write(folder / audit_head_name, "{}"); }},
      {"the head is a link",
       [](const fs::path& folder) {
         fs::rename(folder / audit_head_name, folder / "elsewhere");
         fs::create_symlink("elsewhere", folder / audit_head_name);
       }},
      {"the month goes", [&](const fs::path& folder) { fs::remove(folder / month); }},
      {"the month is replaced by its like",
       [&](const fs::path& folder) {
         fs::copy(folder / month, folder / "new");
         fs::rename(folder / "new", folder / month);
       }},
      {"the month is a link",
       [&](const fs::path& folder) {
         fs::rename(folder / month, folder / "elsewhere");
         fs::create_symlink("elsewhere", folder / month);
       }},
      {"the month is cut", [&](const fs::path& folder) { fs::resize_file(folder / month, 100); }},
      {"half a line stands behind the month",
       [&](const fs::path& folder) {
         std::ofstream(folder / month, std::ios::binary | std::ios::app) << "{\"@time";
       }},
      {"a later month is begun",
       [](const fs::path& folder) { write(folder / "audit-2023-11.jsonl", ""); }},
      {"a later month stands there",
       [](const fs::path& folder) { write(folder / "audit-2023-11.jsonl", "{}\n"); }},
  };
  const auto all_of = [](const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& file : fs::directory_iterator(folder)) {
      const auto status = file.symlink_status();
      all[file.path().filename()] = std::to_string(static_cast<int>(status.type())) + " " +
                                    std::to_string(static_cast<unsigned>(status.permissions())) +
                                    " " + text_of(file.path());
    }
    return all;
  };
  for (const auto& [name, deed] : deeds) {
    INFO(name);
    const TemporaryFolder place;
    const fs::path of_old = place.path() / "old";
    const fs::path of_new = place.path() / "new";
    AuditRecord old({of_old, ""});
    for (int i = 0; i < 12; ++i) {
      REQUIRE(old.append(entry(july + i * 6 * day, "k" + std::to_string(i)), Durably::no));
    }
    fs::copy(of_old, of_new);
    for (const auto& folder : {of_old, of_new}) {
      deed(folder);
    }
    for (const int days : {67, 68, 100, 101}) {
      const auto line = entry(july + days * day, "after " + std::to_string(days));
      const auto done = old.append(line, Durably::no);
      const auto wanted = AuditRecord({of_new, ""}).append(line, Durably::no);
      CHECK(static_cast<bool>(done) == static_cast<bool>(wanted));
      CHECK((done || done.error().code == wanted.error().code));
      CHECK(all_of(of_old) == all_of(of_new));
    }
  }
}

TEST_CASE("a month begun by another host is seen where the folder was not listed for long") {
  const TemporaryFolder folder;
  AuditRecord record({folder.path(), ""});
  REQUIRE(record.append(entry(july, "a"), Durably::no));
  // Until no further change of the folder can hide behind the clock of the file system.
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));
  REQUIRE(record.append(entry(july, "b"), Durably::no));
  REQUIRE(record.append(entry(july, "c"), Durably::no));
  write(folder.path() / "audit-2023-08.jsonl", "{}\n");
  REQUIRE(record.append(entry(july, "d"), Durably::no));
  CHECK(text_of(folder.path() / "audit-2023-08.jsonl").find("damaged") != std::string::npos);
}
