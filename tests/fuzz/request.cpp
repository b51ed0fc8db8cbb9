// SPDX-License-Identifier: MPL-2.0
// Requests of one connection, one a line, to a guard that keeps everything in memory. Each has an
// answer; what a check answers it answers again; nothing is let go that leaves no choice.
#include <string>

#include "fuzzing.hpp"
#include "messaging/frames.hpp"
#include "messaging/guard.hpp"
#include "messaging/message_reader.hpp"
#include "verdict/reason.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

constexpr std::int64_t noon = 1'690'286'400;  // of 25 July 2023, UTC
constexpr std::size_t most_requests = 12;

struct World {
  std::shared_ptr<const PublicSuffixes> suffixes = std::make_shared<PublicSuffixes>();
  WellKnownNames well_known{*suffixes};
  PolicySource policy{options()};

  PolicySource::Options options() const {
    PolicySource::Options options;
    options.places = {RECIPIENT_GUARD_FUZZ_POLICY};
    options.lax_rights = LaxRights::remark;
    options.vocabulary = check_vocabulary();
    options.suffixes = suffixes;
    return options;
  }
};

const World& world() {
  static const World one;
  demand(one.policy.policy() != nullptr, "the policy of this target can be read");
  return one;
}

JsonValue parsed(const std::string& text) {
  auto read = read_json_without_places(text);
  demand(std::holds_alternative<JsonValue>(read), "an answer is JSON");
  return std::get<JsonValue>(std::move(read));
}

const std::string* text_at(const JsonValue& value, std::string_view name) {
  const JsonValue* const found = value.find(name);
  return found == nullptr ? nullptr : found->text();
}

/// A decision that lets a message go: judged anew, without any answer, nothing of it is blocked for
/// good.
void look_at_gate(const std::string_view request, const JsonValue& result) {
  const auto* const verdict = text_at(result, "verdict");
  if (verdict == nullptr || *verdict != "allow") {
    return;
  }
  auto read = read_request(request);
  auto* const good = std::get_if<Request>(&read);
  if (good == nullptr || good->op != "decision") {
    return;
  }
  Complaints complaints;
  Message message =
      read_message(std::move(*good->body.find("message")), {.name = "message"}, complaints);
  demand(!complaints.first(), "what was let go could be read");
  message.time = message.time == 0 ? noon : message.time;
  const People nobody;
  const auto policy = world().policy.policy();
  const Judgement judgement =
      judge(message, {*policy, nobody, world().well_known, *world().suffixes});
  for (const RecipientJudgement& one : judgement.recipients) {
    demand(one.override != Override::none || one.verdict == Verdict::allow,
           "nothing is let go that leaves no choice");
  }
}

void look_at_answer(std::string_view request, const std::string& text) {
  demand(text.size() <= max_answer_octets, "an answer fits a frame");
  const JsonValue answer = parsed(text);
  const JsonValue* const result = answer.find("ok");
  const JsonValue* const error = answer.find("error");
  demand(answer.find("v") != nullptr && answer.find("id") != nullptr, "an answer has its head");
  demand((result == nullptr) != (error == nullptr), "an answer is a result or an error");
  demand(error == nullptr || *text_at(*error, "code") != "internal", "no request is beyond us");
  if (result != nullptr) {
    look_at_gate(request, *result);
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  Guard guard({world().policy, world().well_known, *world().suffixes, [] { return noon; },
               [] { return false; }});
  for (const std::string_view request : lines_of_input(input, most_requests)) {
    const std::string answer = guard.answer(request);
    look_at_answer(request, answer);
    if (request.find("\"check\"") != std::string_view::npos) {
      demand(guard.answer(request) == answer || answer.find("\"error\"") != std::string::npos,
             "a check repeated has its answer again");
    }
  }
}
