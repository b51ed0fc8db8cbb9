// SPDX-License-Identifier: MPL-2.0
#include "commands/batch.hpp"

#include <algorithm>
#include <ctime>
#include <exception>
#include <iterator>
#include <utility>
#include <variant>
#include <vector>

#include "address/reader.hpp"
#include "commands/input_lines.hpp"
#include "messaging/fields.hpp"
#include "messaging/message_reader.hpp"
#include "messaging/protocol.hpp"
#include "messaging/verdict_writer.hpp"
#include "organisation/quoting.hpp"
#include "system/stdio.hpp"
#include "verdict/learn.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t read_octets = 256 * 1024;
constexpr std::size_t max_waiting_octets = 256 * 1024;

std::string error_line(const Error& error) {
  return "{\"error\":" + error_object(error) + "}";
}

// The message of a request, with its time set.
Result<Message> message_of(const Fields& fields, Complaints& complaints) {
  JsonValue* const value = fields.needed_object("message");
  Message message = value == nullptr
                        ? Message()
                        : read_message(std::move(*value), {.name = "message"}, complaints);
  if (complaints.first()) {
    return *complaints.first();
  }
  if (message.time == 0) {
    message.time = std::time(nullptr);
  }
  return message;
}

}  // namespace

Judgement Batch::judge_now(const Message& message) const {
  const auto policy = engine_.policy().policy();
  return judge(
      message,
      {*policy, people_, engine_.well_known(), engine_.suffixes(), engine_.keyboards().layouts},
      trace_ ? Trace::on : Trace::off);
}

Result<std::string> Batch::check(JsonValue& request) {
  Complaints complaints;
  const auto message = message_of(Fields(request, {}, complaints), complaints);
  if (!message) {
    return message.error();
  }
  return verdict_json(judge_now(*message), {VerdictForm::Listing::all, trace_, {}});
}

Result<std::string> Batch::sent(JsonValue& request) {
  Complaints complaints;
  const Fields fields(request, {}, complaints);
  const bool right = fields.truth("right").value_or(false);
  const auto message = message_of(fields, complaints);
  if (!message) {
    return message.error();
  }
  const Judgement judgement = judge_now(*message);
  Facts facts;
  if (engine_.policy().policy()->history_learn) {
    facts = learned_from(*message, judgement, right ? all_answered(judgement) : judgement);
  }
  facts.time = message->time;
  for (const auto& recipient : judgement.recipients) {
    if (right) {
      std::ranges::move(settled_by(recipient), std::back_inserter(facts.settled));
    }
  }
  apply(facts, people_, engine_.suffixes());
  return std::string("{\"ok\":true}");
}

Result<std::string> Batch::trust(JsonValue& request) {
  Complaints complaints;
  const Fields fields(request, {}, complaints);
  const std::string address = fields.needed_text("address");
  const auto mailbox = read_address(address);
  if (!mailbox) {
    fields.complain("address", in_quotes(address) + " is no plain address");
    return *complaints.first();
  }
  people_.trust(*mailbox, engine_.suffixes());
  return std::string("{\"ok\":true}");
}

Result<std::string> Batch::follow(std::string_view line) {
  auto read = read_json_without_places(line, line_);
  if (const auto* fault = std::get_if<JsonFault>(&read)) {
    return error_of(*fault);
  }
  auto& request = std::get<JsonValue>(read);
  Complaints complaints;
  const std::string* op = Fields(request, {}, complaints).text("op");
  if (complaints.first()) {
    return *complaints.first();
  }
  if (op == nullptr || *op == "check") {
    return check(request);
  }
  if (*op == "sent") {
    return sent(request);
  }
  if (*op == "trust") {
    return trust(request);
  }
  return Error{ErrorCode::unknown_op, "op: " + in_quotes(*op) + " is none of check, sent, trust"};
}

std::string Batch::answer(std::string_view line) {
  ++line_;
  try {
    auto result = follow(line);
    return result ? *std::move(result) : error_line(result.error());
  } catch (const std::exception&) {
    return error_line({ErrorCode::internal, "the line could not be followed"});
  }
}

std::string Batch::answer_too_long() {
  ++line_;
  return error_line({ErrorCode::too_large, "line " + std::to_string(line_) + " is longer than " +
                                               std::to_string(max_line_octets) + " octets"});
}

int run_batch(Engine& engine, bool trace, People people) {
  Batch batch(engine, trace, std::move(people));
  InputLines lines;
  std::vector<char> chunk(read_octets);
  std::string waiting;
  for (bool more = true; more;) {
    const auto got = read_standard_input(chunk);
    if (!got) {
      return fail(got.error());
    }
    more = *got > 0;
    more ? lines.feed(std::string_view(chunk.data(), *got)) : lines.end();
    while (const auto line = lines.next()) {
      waiting += line->too_long ? batch.answer_too_long() : batch.answer(line->text);
      waiting += '\n';
      if (waiting.size() >= max_waiting_octets) {
        if (const auto written = write_standard_output(waiting); !written) {
          return fail(written.error());
        }
        waiting.clear();
      }
    }
    // All that came is answered before more is waited for: a peer may wait for just this answer.
    if (const auto written = write_standard_output(waiting); !written) {
      return fail(written.error());
    }
    waiting.clear();
  }
  return exit_clean;
}

}  // namespace recipient_guard
