// SPDX-License-Identifier: MPL-2.0
#include "commands/audit.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "address/characters.hpp"
#include "address/reader.hpp"
#include "audit/messages.hpp"
#include "audit/record_reading.hpp"
#include "commands/places.hpp"
#include "document/count_text.hpp"
#include "document/csv.hpp"
#include "document/time_text.hpp"
#include "messaging/json_writer.hpp"
#include "organisation/entry.hpp"
#include "organisation/quoting.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {
namespace {

constexpr std::array<std::string_view, 6> words{"sent-unguarded", "sent-with-reason", "sent-warned",
                                                "stopped",        "removed",          "corrected"};
constexpr std::array<std::string_view, 3> verdicts{"allow", "warn", "block"};
constexpr std::size_t most_lines_told = 20;
constexpr std::string_view gzip_begin = "\x1F\x8B";
constexpr std::string_view csv_head =
    "time,host,user,from,word,verdict,questioned,codes,meant,sent_to,actions,reasons,matched,key\n";

struct AuditWishes {
  Places places;
  RecordFilter filter;
  std::string head;
  bool json = false;
};

using Chains = std::vector<RecordChain>;

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    all += all.empty() ? "" : std::string(between);
    all += text;
  }
  return all;
}

template <std::size_t n>
std::optional<std::string> unknown(std::string_view kind, const std::string& given,
                                   const std::array<std::string_view, n>& known) {
  const bool is_known =
      given.empty() || std::find(known.begin(), known.end(), given) != known.end();
  return is_known ? std::nullopt
                  : std::optional(unknown_word(kind, given, {known.begin(), known.end()}));
}

/// What is wrong with the filter; its times are made comparable.
std::optional<std::string> put_right(RecordFilter& filter) {
  for (std::string* const time : {&filter.since, &filter.until}) {
    if (time->empty()) {
      continue;
    }
    const auto seconds = read_time(*time);
    if (!seconds) {
      return in_quotes(*time) + " is no time such as 2023-07-25 or 2023-07-25T14:02:11Z";
    }
    *time = time_text(*seconds);
  }
  if (!filter.domain.empty()) {
    filter.domain.erase(0, filter.domain.size() > 1 && filter.domain[0] == '.' ? 1 : 0);
    const auto entry = read_entry(filter.domain);
    if (const auto* const fault = std::get_if<EntryFault>(&entry)) {
      return "--domain: " + fault->text;
    }
    const auto& read = std::get<Entry>(entry);
    if (read.form != EntryForm::domain) {
      return "--domain takes a domain such as navy.ml, not " + in_quotes(filter.domain);
    }
    filter.domain = read.domain->text();
  }
  if (auto fault = unknown("verdict", filter.verdict, verdicts)) {
    return fault;
  }
  return unknown("word", filter.word, words);
}

std::string shown(const std::vector<std::string>& texts) {
  return escape_for_display(joined(texts, ", "));
}

std::string in_words(const RecordedMessage& message) {
  std::string text = message.time + "  " + (message.word.empty() ? "sent" : message.word);
  text += "  " + escape_for_display(message.user + " at " + message.host);
  text += message.from.empty() ? "\n" : ", from " + escape_for_display(message.from) + "\n";
  for (const QuestionedRecipient& one : message.questioned) {
    text += "  " + (one.verdict.empty() ? "asked" : one.verdict) + "  " +
            escape_for_display(one.address) + "  [" + shown(one.codes) + "]";
    text += one.meant.empty() ? "\n" : ", meant was " + shown(one.meant) + "\n";
  }
  for (const std::string& action : message.actions) {
    text += "  did    " + escape_for_display(action) + "\n";
  }
  for (const std::string& reason : message.reasons) {
    text += "  why    " + escape_for_display(reason) + "\n";
  }
  if (message.has_left) {
    text += "  left   to " + shown(message.sent_to) +
            (message.matched == false ? ", which is not what was allowed\n" : "\n");
  }
  return text;
}

void member_list(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) {
    json.value(text);
  }
  json.end_array();
}

std::string as_json(const RecordedMessage& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("time", message.time).member("host", message.host);
  json.member("user", message.user).member("from", message.from).member("key", message.key);
  json.member("word", message.word).member("verdict", message.verdict);
  json.member("left", message.has_left).member("mismatched", message.matched == false);
  json.key("matched");
  message.matched ? json.value(*message.matched) : json.null();
  json.key("questioned").begin_array();
  for (const QuestionedRecipient& one : message.questioned) {
    json.begin_object().member("address", one.address).member("verdict", one.verdict);
    member_list(json, "codes", one.codes);
    member_list(json, "meant", one.meant);
    json.end_object();
  }
  json.end_array();
  member_list(json, "sent_to", message.sent_to);
  member_list(json, "actions", message.actions);
  member_list(json, "reasons", message.reasons);
  json.end_object();
  return out + "\n";
}

std::string as_csv(const RecordedMessage& message) {
  std::vector<std::string> questioned;
  std::vector<std::string> codes;
  std::vector<std::string> meant;
  for (const QuestionedRecipient& one : message.questioned) {
    questioned.push_back(one.address);
    codes.insert(codes.end(), one.codes.begin(), one.codes.end());
    meant.insert(meant.end(), one.meant.begin(), one.meant.end());
  }
  const std::vector<std::string> cells{message.time,
                                       message.host,
                                       message.user,
                                       message.from,
                                       message.word,
                                       message.verdict,
                                       joined(questioned, " "),
                                       joined(codes, " "),
                                       joined(meant, " "),
                                       joined(message.sent_to, " "),
                                       joined(message.actions, "; "),
                                       joined(message.reasons, "; "),
                                       !message.matched   ? ""
                                       : *message.matched ? "yes"
                                                          : "no",
                                       message.key};
  std::string row;
  for (const std::string& cell : cells) {
    row += row.empty() && &cell == cells.data() ? "" : ",";
    row += safe_csv_cell(escape_for_display(cell));
  }
  return row + "\n";
}

using Form = std::string (*)(const RecordedMessage&);

/// Each message that is wanted; bad data where a line of the record had to be passed over, for what
/// it told is missing.
int tell(const Chains& chains, const RecordFilter& filter, std::string_view head, Form form) {
  const GatheredMessages gathered = messages_in(chains);
  std::string text(head);
  for (const RecordedMessage& message : gathered.messages) {
    text += fits(message, filter) ? form(message) : "";
  }
  const std::size_t told = std::min(gathered.unreadable.size(), most_lines_told);
  for (std::size_t i = 0; i < told; ++i) {
    say("recipient-guard: " + escape_for_display(gathered.unreadable[i]) +
        ": cannot be read, and what it told is missing here");
  }
  if (gathered.unreadable.size() > told) {
    say("recipient-guard: and " + count_text(gathered.unreadable.size() - told, "line", "lines") +
        " more cannot be read");
  }
  return finish(
      text, gathered.unreadable.empty() ? exit_clean : traits_of(ErrorCode::bad_data).exit_status);
}

std::optional<KnownHead> read_known_head(const std::string& text) {
  KnownHead head;
  const std::size_t colon = text.find(':');
  const char* const end = text.data() + std::min(colon, text.size());
  const auto [stop, failure] = std::from_chars(text.data(), end, head.count);
  if (colon == std::string::npos || failure != std::errc() || stop != end || head.count == 0) {
    return std::nullopt;
  }
  head.digest = ascii_lower(text.substr(colon + 1));
  const bool is_digest = head.digest.size() == no_digest.size() &&
                         head.digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_digest ? std::optional(head) : std::nullopt;
}

void add_in_words(std::string& text, const RecordChain& chain, const Verification& result) {
  for (const RecordFinding& finding : result.findings) {
    text += (finding.is_fault ? "FAULT " : "note  ") + escape_for_display(finding.place) + ": " +
            finding.text + "\n";
  }
  text += (result.is_clean() ? "good  " : "BAD   ") +
          (chain.owner.empty() ? std::string("record") : escape_for_display(chain.owner)) + ": " +
          count_text(result.lines, "line", "lines") + ", head " +
          std::to_string(result.last.sequence) + ":" +
          (result.lines == 0 ? std::string(no_digest) : result.last.previous) + "\n";
}

void add_as_json(std::string& text, const RecordChain& chain, const Verification& result) {
  JsonWriter json(text);
  json.begin_object().member("record", chain.owner).member("good", result.is_clean());
  json.member("lines", result.lines).member("count", result.last.sequence);
  json.member("digest", result.last.previous).key("findings").begin_array();
  for (const RecordFinding& finding : result.findings) {
    json.begin_object().member("kind", finding.is_fault ? "fault" : "note");
    json.member("place", finding.place).member("text", finding.text).end_object();
  }
  json.end_array().end_object();
  text += "\n";
}

int verify_all(const Chains& chains, const AuditWishes& wishes) {
  std::optional<KnownHead> known;
  if (!wishes.head.empty()) {
    known = read_known_head(wishes.head);
    if (chains.size() != 1) {
      return fail({ErrorCode::usage, "--head goes with the record of one user at one machine"});
    }
  }
  std::string text;
  bool is_clean = true;
  for (const RecordChain& chain : chains) {
    const Verification result = verify(chain, known);
    is_clean &= result.is_clean();
    wishes.json ? add_as_json(text, chain, result) : add_in_words(text, chain, result);
  }
  return finish(text, is_clean ? exit_clean : exit_warn);
}

/// A file that was named and is none of a record, so neither good nor changed.
std::optional<Error> why_no_record(const RecordChain& chain) {
  for (const RecordFile& file : chain.files) {
    const auto lines = lines_of(file.text).whole;
    const bool is_record = chain.has_head || std::ranges::any_of(lines, [](std::string_view line) {
                             return link_of(line).has_value();
                           });
    if (!is_record) {
      return Error{ErrorCode::bad_data, file.name + (file.text.starts_with(gzip_begin)
                                                         ? ": is compressed; unpack it first"
                                                         : ": holds no line of a record")};
    }
  }
  return std::nullopt;
}

Result<Chains> read_places(const AuditWishes& wishes, const std::vector<std::string>& given) {
  std::vector<std::filesystem::path> places(given.begin(), given.end());
  const bool is_own = given.empty() && wishes.places.audit.empty();
  if (is_own || !wishes.places.audit.empty()) {
    auto folder = audit_place(wishes.places);
    if (!folder) {
      return Error{ErrorCode::no_input,
                   "cannot tell where your record is kept; set HOME, or name it"};
    }
    places.push_back(std::move(*folder));
  }
  auto chains = read_records(places);
  if (!chains) {
    return is_own && chains.error().code == ErrorCode::no_input
               ? Error{ErrorCode::no_input,
                       places.front().string() +
                           ": nothing is recorded here; if the record lies elsewhere, name it"}
               : chains.error();
  }
  for (const RecordChain& chain : *chains) {
    if (auto error = why_no_record(chain)) {
      return *std::move(error);
    }
  }
  return chains;
}

void add_options(Arguments& arguments, AuditWishes& wishes) {
  add_audit_option(arguments.app(), wishes.places);
  arguments.app().add_flag("--json", wishes.json, "Answer as JSON Lines");
  const auto filter = [&](const char* name, std::string& value, const std::string& what,
                          const char* type) {
    arguments.goes_with(
        arguments.app().add_option(name, value, "list, export: " + what)->type_name(type),
        {"list", "export"});
  };
  filter("--since", wishes.filter.since, "only from this time on", "TIME");
  filter("--until", wishes.filter.until, "only before this time", "TIME");
  filter("--domain", wishes.filter.domain, "only with a recipient there", "NAME");
  filter("--verdict", wishes.filter.verdict, "allow, warn or block", "VERDICT");
  filter("--word", wishes.filter.word, joined({words.begin(), words.end()}, ", "), "WORD");
  arguments.goes_with(
      arguments.app()
          .add_option("--head", wishes.head, "verify: a head that was kept elsewhere")
          ->type_name("N:DIGEST"),
      {"verify"});
  arguments.app().footer(
      "A FILE is a file of a record, or a folder with its head; left out: your own record. "
      "Files of many users and machines are put together by what their lines name. A TIME is "
      "2023-07-25 or 2023-07-25T14:02:11Z, in UTC.\n"
      "Export writes CSV, with an apostrophe before a cell that a spreadsheet would run, or JSON "
      "Lines. Whoever can write record and head alike can write both anew: keep heads elsewhere.\n"
      "Exit status: 0 done, or nothing was changed, 1 the record was changed, cut or put in "
      "another order, 64 usage, 65 a line (list, export) or a whole file is none of a record, "
      "66 no such record.");
}

}  // namespace

int run_audit(const std::vector<std::string>& given) {
  AuditWishes wishes;
  Arguments arguments(
      "audit", "Shows, checks and exports the record of decisions.",
      "list|export [--since TIME] [--until TIME] [--domain NAME] [--verdict VERDICT] "
      "[--word WORD] [--audit DIR] [--json] [FILE]...\n"
      "verify [--head N:DIGEST] [--audit DIR] [--json] [FILE]...");
  add_options(arguments, wishes);
  if (const auto ended = arguments.read(given, {"list", "verify", "export"})) {
    return *ended;
  }
  if (const auto fault = put_right(wishes.filter)) {
    return arguments.usage_error(*fault);
  }
  if (!wishes.head.empty() && !read_known_head(wishes.head)) {
    return arguments.usage_error("--head takes the number of a line and its digest, N:DIGEST");
  }
  const auto chains = read_places(wishes, arguments.plain());
  if (!chains) {
    return fail(chains.error());
  }
  if (arguments.action() == "verify") {
    return verify_all(*chains, wishes);
  }
  const bool is_list = arguments.action() == "list";
  return tell(*chains, wishes.filter, is_list || wishes.json ? "" : csv_head,
              wishes.json ? as_json
              : is_list   ? in_words
                          : as_csv);
}

}  // namespace recipient_guard
