// SPDX-License-Identifier: MPL-2.0
// The lines of `check --batch`: the first octet cuts what comes into pieces. Whatever the pieces,
// the lines are the same, and each has one line in ASCII for an answer.
#include "commands/batch.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "commands/input_lines.hpp"
#include "fuzzing.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

std::vector<std::string> lines_in(std::string_view text, std::size_t piece) {
  InputLines reader;
  std::vector<std::string> lines;
  const auto take = [&] {
    while (const auto line = reader.next()) {
      lines.emplace_back(line->text);
    }
  };
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
    take();
  }
  reader.end();
  take();
  return lines;
}

void look_at_answer(const std::string& answer) {
  demand(std::ranges::all_of(answer, [](char c) { return c >= ' ' && c <= '~'; }),
         "an answer is one line in ASCII");
  const auto read = read_json_without_places(answer);
  demand(std::holds_alternative<JsonValue>(read), "an answer is JSON");
  const JsonValue* const error = std::get<JsonValue>(read).find("error");
  demand(error == nullptr || *error->find("code")->text() != "internal", "no line is beyond us");
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  constexpr std::size_t most_lines = 12;
  static Engine engine({{RECIPIENT_GUARD_FUZZ_POLICY}, {}, {}, "all", {}}, LaxRights::remark);
  static const bool is_ready = engine.policy().policy() != nullptr;
  demand(is_ready, "the policy of this target can be read");
  Dice dice(input);
  const std::size_t piece = dice.next() + 1;
  const auto lines = lines_in(dice.rest(), dice.rest().size() + 1);
  demand(lines_in(dice.rest(), piece) == lines, "lines in pieces are the lines");
  Batch batch(engine, true, People());
  for (std::size_t i = 0; i < lines.size() && i < most_lines; ++i) {
    look_at_answer(batch.answer(lines[i]));
  }
}
