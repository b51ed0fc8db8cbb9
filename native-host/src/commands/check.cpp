// SPDX-License-Identifier: MPL-2.0
#include "commands/check.hpp"

#include <ctime>
#include <optional>

#include "address/reader.hpp"
#include "commands/batch.hpp"
#include "commands/places.hpp"
#include "commands/wording.hpp"
#include "messaging/verdict_writer.hpp"
#include "organisation/quoting.hpp"
#include "system/locale.hpp"
#include "system/stdio.hpp"
#include "system/terminal.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {
namespace {

struct CheckWishes {
  Places places;
  std::string from;
  bool json = false;
  bool trace = false;
  bool batch = false;
};

void declare(CLI::App& app, CheckWishes& wishes) {
  add_policy_option(app, wishes.places);
  add_people_option(app, wishes.places, true);
  add_keyboards_option(app, wishes.places);
  app.add_option("--from", wishes.from,
                 "The sender; decides who is inside where the policy has no "
                 "own domains")
      ->type_name("ADDRESS");
  app.add_flag("--json", wishes.json, "Answer as JSON");
  app.add_flag("--trace", wishes.trace, "With --json or --batch: the evidence behind each finding");
  app.add_flag("--batch", wishes.batch,
               "Requests as JSON Lines on standard input, one answer each");
  app.footer("Exit status: 0 allow, 1 warn, 2 block; of --batch 0 when every line was answered.");
}

std::optional<std::string> contradiction(const CheckWishes& wishes,
                                         const std::vector<std::string>& addresses) {
  if (wishes.batch && !addresses.empty()) {
    return "--batch reads from standard input and takes no address";
  }
  if (wishes.batch && !wishes.from.empty()) {
    return "--batch takes the sender from each message, not from --from";
  }
  if (!wishes.batch && addresses.empty()) {
    return "needs an address";
  }
  if (wishes.trace && !wishes.json && !wishes.batch) {
    return "--trace goes with --json or --batch";
  }
  return std::nullopt;
}

int check_addresses(const CheckWishes& wishes, const std::vector<std::string>& addresses,
                    const People& people, Engine& engine) {
  const auto policy = engine.policy().policy();
  const Judgement judgement =
      judge(message_to(addresses, wishes.from),
            {*policy, people, engine.well_known(), engine.suffixes(), engine.keyboards().layouts},
            wishes.trace ? Trace::on : Trace::off);
  const std::string result =
      wishes.json ? verdict_json(judgement, {VerdictForm::Listing::all, wishes.trace, {}}) + "\n"
                  : in_words(judgement, output_takes_colour() ? Colour::on : Colour::off) +
                        help_in_words(judgement, locale_of("LC_MESSAGES"));
  return finish(result, exit_status_of(judgement));
}

}  // namespace

Message message_to(const std::vector<std::string>& addresses, const std::string& from) {
  Message message;
  message.from = from;
  message.time = std::time(nullptr);
  for (const auto& address : addresses) {
    message.recipients.push_back({Field::to, address, std::nullopt, std::nullopt});
  }
  return message;
}

int exit_status_of(const Judgement& judgement) {
  switch (judgement.verdict) {
    case Verdict::allow:
      return exit_clean;
    case Verdict::warn:
      return exit_warn;
    case Verdict::block:
      return exit_block;
  }
  return exit_block;
}

int run_check(const std::vector<std::string>& given) {
  CheckWishes wishes;
  Arguments arguments("check", "Says of addresses what Send would say of them.",
                      "[--policy DIR|FILE]... [--people DIR|none] [--from ADDRESS] "
                      "[--keyboards LAYOUTS] [--json [--trace]] ADDRESS...\n"
                      "--batch [--trace] [--policy DIR|FILE]... [--people DIR|none] "
                      "[--keyboards LAYOUTS]");
  declare(arguments.app(), wishes);
  if (const auto ended = arguments.read(given)) {
    return *ended;
  }
  if (const auto wrong = contradiction(wishes, arguments.plain())) {
    return arguments.usage_error(*wrong);
  }
  if (wishes.batch && wishes.places.keyboards.empty()) {
    wishes.places.keyboards = "all";  // a pure filter: the same on whatever machine it runs
  }
  Engine engine(wishes.places, LaxRights::remark);
  if (const auto ended = engine.report_policy()) {
    return *ended;
  }
  say_where_defaults_apply(*engine.policy().policy());
  if (!wishes.from.empty() && !std::holds_alternative<ReadMailbox>(read_recipient(wishes.from))) {
    return fail(
        {ErrorCode::bad_data, "--from: " + in_quotes(wishes.from) + " is no plain address"});
  }
  // A batch is a run of its own person: it looks at a store only where one is named.
  auto people = wishes.batch && wishes.places.people.empty()
                    ? Result<People>(People())
                    : people_to_look_at(wishes.places, engine);
  if (!people) {
    return fail(people.error());
  }
  return wishes.batch ? run_batch(engine, wishes.trace, *std::move(people))
                      : check_addresses(wishes, arguments.plain(), *people, engine);
}

}  // namespace recipient_guard
