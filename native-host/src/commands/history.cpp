// SPDX-License-Identifier: MPL-2.0
#include "commands/history.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "address/reader.hpp"
#include "commands/mail_learning.hpp"
#include "commands/places.hpp"
#include "document/count_text.hpp"
#include "document/time_text.hpp"
#include "messaging/contact_writer.hpp"
#include "messaging/json_writer.hpp"
#include "organisation/quoting.hpp"
#include "system/stdio.hpp"
#include "system/terminal.hpp"
#include "verdict/reason.hpp"

namespace recipient_guard {
namespace {

constexpr std::uint64_t most_faults_told = 20;

using Words = std::vector<std::string>;

struct HistoryWishes {
  Places places;
  bool json = false;
  bool all = false;
  Words settled;
  Words from;
  std::string format;
};

std::string line_of(std::string_view what, const std::string& said) {
  std::string line = "  " + std::string(what);
  line.resize(std::max<std::size_t>(line.size() + 1, 16), ' ');
  return line + said + "\n";
}

std::string messages(std::int64_t count) {
  return count_text(static_cast<std::uint64_t>(count), "message", "messages");
}

std::string list_of(const Words& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

std::string settled_lines(const std::vector<SettledSince>& settled) {
  std::string text;
  for (const SettledSince& one : settled) {
    text += line_of("it is right", one.question.reason + " " +
                                       escape_for_display(one.question.subject) + ", " +
                                       time_text(one.time));
  }
  return text;
}

std::string in_words(const Kept& kept, bool known) {
  std::string text = shown_address(kept.address) + "\n";
  if (kept.empty()) {
    return text + "  nothing is kept\n";
  }
  if (kept.messages > 0) {
    std::string said = messages(kept.messages);
    if (kept.overridden > 0) {
      said += " (" + std::to_string(kept.overridden) + " of them sent against a question)";
    }
    said += ", " + time_text(kept.first.value_or(0)) + " to " + time_text(kept.last.value_or(0));
    text += line_of("written to", said);
  }
  text += line_of("known", known ? "yes" : "no");
  if (kept.answered > 0) {
    text += line_of("answered", messages(kept.answered));
  }
  if (kept.trusted) {
    text += line_of("trusted", "since " + time_text(kept.trusted->time) + ", " +
                                   escape_for_display(kept.trusted->source));
  }
  for (const KeptName& name : kept.names) {
    text += line_of("name", escape_for_display(name.name) + ", " + messages(name.messages));
  }
  for (const KeptGroup& group : kept.groups) {
    text += line_of("together with", list_of(group.others) + ": " + messages(group.messages));
  }
  for (const std::string& book : kept.books) {
    text += line_of("address book", escape_for_display(book));
  }
  return text + settled_lines(kept.settled);
}

std::string in_words(const KeptSums& sums) {
  std::string text = count_text(sums.contacts, "contact", "contacts") + "\n";
  text += line_of("written to", std::to_string(sums.written_to));
  text += line_of("trusted", std::to_string(sums.trusted));
  text += line_of("groups", std::to_string(sums.groups));
  if (sums.oldest) {
    text += line_of("since", time_text(*sums.oldest));
  }
  for (const KeptBook& book : sums.books) {
    text += line_of("address book",
                    escape_for_display(book.source) + ": " + std::to_string(book.addresses));
  }
  return text + settled_lines(sums.settled);
}

int show(PeopleStore& store, const Words& addresses, const HistoryWishes& wishes) {
  if (addresses.empty()) {
    const auto sums = store.sums();
    return sums ? finish(wishes.json ? sums_json(*sums) + "\n" : in_words(*sums), exit_clean)
                : fail(sums.error());
  }
  std::string text;
  for (const std::string& address : addresses) {
    const auto mailbox = read_address(address);
    if (!mailbox) {
      return fail({ErrorCode::bad_data, in_quotes(address) + " is no plain address"});
    }
    const auto kept = store.show(*mailbox);
    if (!kept) {
      return fail(kept.error());
    }
    const bool known = store.read().people().is_known(*mailbox, std::time(nullptr));
    text += wishes.json ? kept_json(*kept, known) + "\n" : in_words(*kept, known);
  }
  return finish(text, exit_clean);
}

int told(const Result<bool>& forgotten, const std::string& what, const HistoryWishes& wishes) {
  if (!forgotten) {
    return fail(forgotten.error());
  }
  if (wishes.json) {
    return finish(*forgotten ? "{\"forgotten\":true}\n" : "{\"forgotten\":false}\n", exit_clean);
  }
  return finish(*forgotten ? "forgotten: " + what + "\n" : "nothing was kept: " + what + "\n",
                exit_clean);
}

int forget(PeopleStore& store, const Words& addresses, const HistoryWishes& wishes) {
  if (wishes.all) {
    const auto done = store.forget_everything();
    return told(done ? Result<bool>(true) : Result<bool>(done.error()), "everything", wishes);
  }
  if (!wishes.settled.empty()) {
    return told(store.forget_settled({wishes.settled[0], wishes.settled[1]}),
                wishes.settled[0] + " " + wishes.settled[1], wishes);
  }
  std::vector<Mailbox> mailboxes;
  for (const std::string& address : addresses) {
    auto mailbox = read_address(address);
    if (!mailbox) {
      return fail({ErrorCode::bad_data, in_quotes(address) + " is no plain address"});
    }
    mailboxes.push_back(std::move(*mailbox));
  }
  for (const Mailbox& mailbox : mailboxes) {
    if (const int status = told(store.forget(mailbox), mailbox.text(), wishes); status != 0) {
      return status;
    }
  }
  return exit_clean;
}

std::string in_words(const LearningCounts& counts) {
  std::string text = "learned from " + messages(static_cast<std::int64_t>(counts.learned)) + "\n";
  const auto passed_over = [&](std::uint64_t count, std::string_view why) {
    if (count > 0) {
      text += "  passed over " + std::to_string(count) + ": " + std::string(why) + "\n";
    }
  };
  passed_over(counts.too_old, "older than the policy keeps");
  passed_over(counts.of_others, "written by somebody else");
  passed_over(counts.repeated, "copies of others");
  passed_over(counts.to_nobody, "no recipient that could be read");
  passed_over(counts.unreadable, "could not be read");
  return text;
}

std::string as_json(const LearningCounts& counts) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("learned", counts.learned).member("too_old", counts.too_old);
  json.member("of_others", counts.of_others).member("repeated", counts.repeated);
  json.member("to_nobody", counts.to_nobody).member("unreadable", counts.unreadable);
  json.end_object();
  return out + "\n";
}

int learn(Engine& engine, PeopleStore& store, const Words& files, const HistoryWishes& wishes) {
  const auto policy = engine.policy().policy();
  if (!policy->history_learn) {
    const std::string place = policy->shown(std::string_view("history.learn"));
    return fail({ErrorCode::not_permitted, "the policy keeps nothing of sent mail" +
                                               (place.empty() ? "" : " (" + place + ")")});
  }
  std::unordered_set<std::string> from;
  for (const std::string& address : wishes.from) {
    const auto mailbox = read_address(address);
    if (!mailbox) {
      return fail({ErrorCode::bad_data, in_quotes(address) + " is no plain address"});
    }
    from.insert(mailbox->key());
  }
  std::uint64_t faults = 0;
  MailLearning learning(engine, store, std::move(from), [&](const std::string& text) {
    if (faults++ < most_faults_told) {
      say("recipient-guard: " + text);
    }
  });
  int status = exit_clean;
  for (const std::string& file : files) {
    const auto mail = open_mail(file, mail_format_of(wishes.format));
    const auto done = mail ? learning.learn(**mail, [] {}) : Result<Done>(mail.error());
    if (!done) {
      status = fail(done.error());
      break;
    }
  }
  if (faults > most_faults_told) {
    say("recipient-guard: and " + count_text(faults - most_faults_told, "fault", "faults") +
        " more");
  }
  if (status == exit_clean && faults > 0) {
    status = traits_of(ErrorCode::bad_data).exit_status;
  }
  const LearningCounts& counts = learning.counts();
  return finish(wishes.json ? as_json(counts) : in_words(counts), status);
}

void declare(Arguments& arguments, HistoryWishes& wishes) {
  CLI::App& app = arguments.app();
  add_policy_option(app, wishes.places);
  add_people_option(app, wishes.places, false);
  app.add_flag("--json", wishes.json, "Answer as JSON");
  arguments.goes_with(
      app.add_flag("--all", wishes.all, "forget: everything, trust and settled questions too"),
      {"forget"});
  arguments.goes_with(
      app.add_option("--settled", wishes.settled,
                     "forget: that a question (CODE, and the domain or address it was about) was "
                     "once called right")
          ->option_text("CODE SUBJECT")
          ->expected(2),
      {"forget"});
  arguments.goes_with(
      app.add_option("--from", wishes.from,
                     "learn: only what this address has written; may be given several times")
          ->type_name("ADDRESS")
          ->allow_extra_args(false),
      {"learn"});
  arguments.goes_with(app.add_option("--format", wishes.format,
                                     "learn: mbox, maildir, message or json-lines; told from the "
                                     "file where left out")
                          ->type_name("NAME"),
                      {"learn"});
  app.footer(
      "learn reads files of sent mail (mbox, Maildir, single messages, JSON Lines; - is "
      "standard input) and keeps addresses, names shown and counts, never subjects or texts. "
      "Learning a file twice counts its messages twice.\n"
      "Exit status: 0 done, 65 some of it could not be read, 66 no such file, 69 the contacts "
      "cannot be used now, 77 the policy keeps nothing of sent mail, 78 bad policy.");
}

std::optional<std::string> wrong_usage(const std::string& action, const Words& rest,
                                       const HistoryWishes& wishes) {
  if (action == "learn" && rest.empty()) {
    return "learn needs a file";
  }
  if (!wishes.format.empty() && !mail_format_of(wishes.format)) {
    return unknown_word("format", wishes.format, {"mbox", "maildir", "message", "json-lines"});
  }
  if (!wishes.settled.empty() && !reason_of(wishes.settled[0])) {
    std::vector<std::string_view> codes;
    for (const ReasonTraits& row : reason_table()) {
      codes.push_back(row.name);
    }
    return unknown_word("reason code", wishes.settled[0], codes);
  }
  const int ways = (rest.empty() ? 0 : 1) + (wishes.all ? 1 : 0) + (wishes.settled.empty() ? 0 : 1);
  if (action == "forget" && ways != 1) {
    return "forget needs addresses, or --all, or --settled CODE SUBJECT";
  }
  return std::nullopt;
}

}  // namespace

int run_history(const Words& given) {
  HistoryWishes wishes;
  Arguments arguments("history", "Shows, learns and forgets what is kept of sent mail.",
                      "show [ADDRESS...]\n"
                      "learn [--from ADDRESS]... [--format NAME] FILE...\n"
                      "forget ADDRESS...|--all|--settled CODE SUBJECT\n"
                      "... [--people DIR] [--policy DIR|FILE]... [--json]");
  declare(arguments, wishes);
  if (const auto ended = arguments.read(given, {"show", "learn", "forget"})) {
    return *ended;
  }
  const std::string& action = arguments.action();
  const Words& rest = arguments.plain();
  if (const auto wrong = wrong_usage(action, rest, wishes)) {
    return arguments.usage_error(*wrong);
  }
  Engine engine(wishes.places, LaxRights::remark);
  if (const auto ended = action == "learn" ? engine.report_policy()
                                           : engine.report_policy_if_named(wishes.places)) {
    return *ended;
  }
  const auto opened = engine.open_named_people(
      wishes.places, action == "show" ? Database::Access::read_only : Database::Access::read_write);
  if (!opened) {
    return fail(opened.error());
  }
  PeopleStore& store = **opened;
  if (const auto error = store.error(); error && action != "forget") {
    return fail(*error);
  }
  if (action == "show") {
    return show(store, rest, wishes);
  }
  return action == "learn" ? learn(engine, store, rest, wishes) : forget(store, rest, wishes);
}

}  // namespace recipient_guard
