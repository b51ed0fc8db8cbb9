// SPDX-License-Identifier: MPL-2.0
// recipient-guard check --batch: JSON Lines in, JSON Lines out; docs/PROTOCOL, "Batches".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "commands/places.hpp"
#include "document/json.hpp"

namespace recipient_guard {

/// Reads standard input to its end. 0 when every line was answered.
/// `people` are whom this run begins with.
int run_batch(Engine& engine, bool trace, People people);

/// One run is one person: what was sent and trusted earlier is known later.
class Batch {
 public:
  Batch(Engine& engine, bool trace, People people)
      : engine_(engine), trace_(trace), people_(std::move(people)) {}

  /// The answer to one line, without a line end; whatever stands in it. Never throws.
  std::string answer(std::string_view line);
  /// The answer to a line that is too long to be read.
  std::string answer_too_long();

 private:
  Result<std::string> follow(std::string_view line);
  Result<std::string> check(JsonValue& request);
  Result<std::string> sent(JsonValue& request);
  Result<std::string> trust(JsonValue& request);
  Judgement judge_now(const Message& message) const;

  Engine& engine_;
  bool trace_;
  People people_;
  int line_ = 0;  // of the input, from 1: the one that is answered
};

}  // namespace recipient_guard
