// SPDX-License-Identifier: MPL-2.0
// A process that writes a record and says so, made to be killed and to have its system calls fail.
//
//   audit_driver write DIR NAME COUNT   "ack I" or "no I" for each line, once append() has answered
//   audit_driver expire DIR             removes what is older than ten days in September 2023; 1
//                                       where that failed
//   audit_driver verify DIR             "clean" or "changed", then each id in the record
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "audit/record.hpp"
#include "audit/record_reading.hpp"
#include "audit/verification.hpp"

using namespace recipient_guard;

namespace {

constexpr std::int64_t july = 1'690'329'600;

void print(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) {
    std::exit(3);
  }
}

int write_lines(const std::string& folder, const std::string& name, int count) {
  AuditRecord record({folder, "", std::chrono::milliseconds(200)});
  for (int i = 0; i < count; ++i) {
    const std::string id = name + "-" + std::to_string(i);
    const bool written = static_cast<bool>(record.append(
        {july + i * 86400, R"("event":{"kind":"event","action":"asked","id":")" + id + "\"}"},
        Durably::yes));
    print((written ? "ack " : "no ") + id);
  }
  return 0;
}

int verify_record(const std::string& folder) {
  const auto chain = read_record(folder);
  if (!chain) {
    std::cerr << chain.error().text << '\n';
    return 2;
  }
  const auto result = verify(*chain);
  std::cout << (result.is_clean() ? "clean" : "changed") << '\n';
  for (const auto& file : chain->files) {
    for (const auto line : lines_of(file.text).whole) {
      const std::size_t at = line.find("\"id\":\"");
      if (at != std::string_view::npos) {
        std::cout << line.substr(at + 6, line.find('"', at + 6) - at - 6) << '\n';
      }
    }
  }
  for (const auto& finding : result.findings) {
    std::cerr << finding.place << ": " << finding.text << '\n';
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count > 2 ? words[1] : "";
  if (what == "write" && count == 5) {
    return write_lines(words[2], words[3], std::atoi(words[4]));
  }
  if (what == "expire") {
    return AuditRecord({words[2], ""}).expire(10, july + 50 * 86400) ? 0 : 1;
  }
  if (what == "verify") {
    return verify_record(words[2]);
  }
  std::cerr << "usage: audit_driver write DIR NAME COUNT | expire DIR | verify DIR\n";
  return 64;
}
