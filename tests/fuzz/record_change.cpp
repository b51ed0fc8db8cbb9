// SPDX-License-Identifier: MPL-2.0
// A whole record and its head, changed as the input says: `audit verify` finds every change of what
// the head tells of.
#include <string>
#include <string_view>

#include "audit/verification.hpp"
#include "fuzzing.hpp"
#include "system/digest.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

constexpr std::int64_t july = 1'690'286'400;  // of 2023
constexpr int lines = 6;

RecordChain whole_record() {
  RecordChain chain;
  chain.has_head = true;
  chain.head_name = "audit.head";
  AuditHead head;
  std::string text;
  for (int i = 0; i < lines; ++i) {
    const std::string line =
        audit_line(july + i, R"("event":{"action":"asked","id":")" + std::to_string(i) + R"("})",
                   {head.count + 1, head.digest});
    ++head.count;
    head.digest = sha256_of(line);
    text += line + "\n";
  }
  head.file = month_file(july);
  head.octets = text.size();
  chain.files = {{head.file, text}};
  chain.head = head;
  return chain;
}

/// Four octets a change: what, where (two), and how much of it or what instead.
std::string changed(std::string text, std::string_view input) {
  for (fuzzing::Dice dice(input); !dice.empty();) {
    const std::size_t what = dice.next();
    const std::size_t high = dice.next();
    const std::size_t where = (high * 256 + dice.next()) % (text.size() + 1);
    const std::size_t value = dice.next();
    switch (what % 4) {
      case 0:
        text.insert(where, 1, static_cast<char>(value));
        break;
      case 1:
        text.erase(where, value + 1);
        break;
      case 2:
        text.insert(where, text.substr(where, value));
        break;
      default:
        if (where < text.size()) {
          text[where] = static_cast<char>(value);
        }
    }
  }
  return text;
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  static const RecordChain whole = whole_record();
  static const bool is_clean = verify(whole).is_clean();
  demand(is_clean, "a whole record is clean");
  RecordChain chain = whole;
  std::string& text = chain.files.front().text;
  text = changed(text, input);
  const bool kept = text.starts_with(whole.files.front().text);
  demand(kept || !verify(chain).is_clean(), "no change of a record is missed");
}
