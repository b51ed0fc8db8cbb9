// SPDX-License-Identifier: MPL-2.0
// Files of an audit record, as `audit list` and `audit verify` read them: lines, and the head.
#include <string>

#include "audit/messages.hpp"
#include "audit/verification.hpp"
#include "fuzzing.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

void read_all(const RecordChain& chain) {
  const Verification verification = verify(chain);
  for (const RecordFinding& finding : verification.findings) {
    demand(!finding.text.empty(), "a finding says what it is");
  }
  const GatheredMessages gathered = messages_in({chain});
  for (const RecordedMessage& message : gathered.messages) {
    (void)fits(message, {"2023-07-25T14:02:11Z", "", "navy.mil", "warn", "corrected"});
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  RecordChain chain;
  chain.files = {{"audit-2023-07.jsonl", std::string(input.substr(0, input.size() / 2))},
                 {"audit-2023-08.jsonl", std::string(input.substr(input.size() / 2))}};
  read_all(chain);
  chain.files = {{"audit-2023-07.jsonl", std::string(input)}};
  chain.has_head = true;
  chain.head = read_head(input);
  demand(!chain.head || head_text(*chain.head) == input, "a head is as it was written");
  read_all(chain);
}
