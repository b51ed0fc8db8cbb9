// SPDX-License-Identifier: MPL-2.0
#include "commands/trust.hpp"

#include <array>
#include <ctime>
#include <optional>
#include <string_view>
#include <utility>

#include "address/characters.hpp"
#include "address/reader.hpp"
#include "commands/places.hpp"
#include "document/csv.hpp"
#include "document/encoding.hpp"
#include "document/time_text.hpp"
#include "messaging/contact_writer.hpp"
#include "organisation/quoting.hpp"
#include "system/files.hpp"
#include "system/stdio.hpp"
#include "verdict/trust_permit.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_csv_octets = 16 * 1024 * 1024;
constexpr std::size_t max_source_octets = 64;
constexpr std::string_view csv_head = "entry,time,source\n";
constexpr std::string_view vcard_begin = "begin:vcard";

struct TrustWishes {
  Places places;
  bool json = false;
};

using Words = std::vector<std::string>;

/// What an action needs: it says what is wrong, and is then not to be used.
class Desk {
 public:
  Desk(const TrustWishes& wishes, Database::Access access)
      : wishes_(wishes),
        engine_(wishes.places, LaxRights::remark),
        store_(engine_.open_named_people(wishes.places, access)) {}

  /// A number: there is no policy where one is needed, or no store, and the command ends with this
  /// exit status.
  std::optional<int> report(bool needs_policy) const {
    if (const auto ended = needs_policy ? engine_.report_policy()
                                        : engine_.report_policy_if_named(wishes_.places)) {
      return ended;
    }
    if (!store_) {
      return fail(store_.error());
    }
    const auto error = (*store_)->error();
    return error ? std::optional(fail(*error)) : std::nullopt;
  }
  Engine& engine() { return engine_; }
  PeopleStore& store() { return **store_; }
  bool json() const { return wishes_.json; }

 private:
  const TrustWishes& wishes_;
  Engine engine_;
  Result<std::unique_ptr<PeopleStore>> store_;
};

/// An entry that may be trusted, or why not.
Result<TrustEntry> permitted_entry(const std::string& text, Desk& desk) {
  auto entry = TrustEntry::read(text, desk.engine().suffixes());
  if (!entry) {
    return Error{
        ErrorCode::bad_data,
        in_quotes(text) + " is neither a plain address nor a domain that somebody may own"};
  }
  if (const auto why = why_not_trusted(*entry, *desk.engine().policy().policy())) {
    return Error{ErrorCode::not_permitted, *why};
  }
  return std::move(*entry);
}

std::string in_words(const Trusted& trusted, const Policy* policy) {
  std::string line = shown_address(trusted.entry.text());
  line.resize(std::max<std::size_t>(line.size() + 2, 40), ' ');
  line += time_text(trusted.time) + "  " + escape_for_display(trusted.source);
  if (policy != nullptr && !trust_in_force(trusted.entry, *policy)) {
    const auto rule = blocking_rule(trusted.entry, *policy);
    line += rule ? "  (without effect: blocked by " + policy->shown(rule->source) + ")"
                 : "  (without effect: the policy does not let it be trusted)";
  }
  return line + "\n";
}

int list(Desk& desk) {
  const auto entries = desk.store().trusted();
  if (!entries) {
    return fail(entries.error());
  }
  const auto policy = desk.engine().policy().policy();
  if (desk.json()) {
    return finish(trust_list_json(*entries, "", policy.get(), ListLength::whole) + "\n",
                  exit_clean);
  }
  std::string text;
  for (const Trusted& trusted : *entries) {
    text += in_words(trusted, policy.get());
  }
  return finish(text, exit_clean);
}

int add_all(Desk& desk, const std::vector<Trusted>& entries, std::string_view done_text) {
  const auto added = desk.store().add_trusted(entries);
  if (!added) {
    return fail(added.error());
  }
  const std::string count = std::to_string(*added);
  return finish(desk.json() ? "{\"added\":" + count + "}\n"
                            : std::string(done_text) + " " + count + " of " +
                                  std::to_string(entries.size()) + "\n",
                exit_clean);
}

int add(Desk& desk, const Words& entries) {
  const std::int64_t now = std::time(nullptr);
  std::vector<Trusted> trusted;
  for (const std::string& text : entries) {
    auto entry = permitted_entry(text, desk);
    if (!entry) {
      return fail(entry.error());
    }
    trusted.push_back({*std::move(entry), now, "command"});
  }
  return add_all(desk, trusted, "added");
}

int remove(Desk& desk, const Words& texts) {
  std::vector<TrustEntry> entries;
  for (const std::string& text : texts) {
    auto entry = TrustEntry::read(text, desk.engine().suffixes());
    if (!entry) {
      return fail({ErrorCode::bad_data, in_quotes(text) + " is neither an address nor a domain"});
    }
    entries.push_back(std::move(*entry));
  }
  std::string out;
  for (const TrustEntry& entry : entries) {
    const auto removed = desk.store().remove_trust(entry);
    if (!removed) {
      return fail(removed.error());
    }
    if (desk.json()) {
      out += "{\"removed\":" + (*removed ? trusted_json(**removed) : "null") + "}\n";
    } else {
      out += *removed ? "removed " + entry.text() + "\n" : entry.text() + " was not trusted\n";
    }
  }
  return finish(out, exit_clean);
}

/// Which cell of a row holds what; nothing is said of the others.
struct Columns {
  std::size_t entry = 0;
  std::optional<std::size_t> time = 1;
  std::optional<std::size_t> source = 2;
};

/// Of a first row that names its columns; nothing where it is an entry itself.
std::optional<Columns> columns_of(const CsvRow& head) {
  Columns columns{head.cells.size(), std::nullopt, std::nullopt};
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const std::string name = ascii_lower(head.cells[i]);
    if (name == "entry" || name == "address") {
      columns.entry = i;
    } else if (name == "time") {
      columns.time = i;
    } else if (name == "source") {
      columns.source = i;
    }
  }
  return columns.entry < head.cells.size() ? std::optional(columns) : std::nullopt;
}

std::string cell_of(const CsvRow& row, std::optional<std::size_t> column) {
  return column && *column < row.cells.size() ? std::string(safe_text_of(row.cells[*column]))
                                              : std::string();
}

Result<Trusted> read_row(const CsvRow& row, const Columns& columns, Desk& desk) {
  auto entry = permitted_entry(cell_of(row, columns.entry), desk);
  if (!entry) {
    return entry.error();
  }
  const std::string time = cell_of(row, columns.time);
  const auto seconds =
      time.empty() ? std::optional<std::int64_t>(std::time(nullptr)) : read_time(time);
  if (!seconds) {
    return Error{ErrorCode::bad_data, in_quotes(time) + " is no time such as 2023-07-25T14:02:11Z"};
  }
  const std::string source = cell_of(row, columns.source);
  if (source.size() > max_source_octets) {
    return Error{ErrorCode::bad_data, "the source is longer than 64 octets"};
  }
  return Trusted{*std::move(entry), *seconds, source.empty() ? "import" : source};
}

int import_from(Desk& desk, const std::string& path) {
  const auto file = read_whole(path, max_csv_octets);
  if (!file) {
    return fail(file.error());
  }
  const auto place = [&](std::size_t line) { return path + ":" + std::to_string(line) + ": "; };
  if (ascii_lower(file->text.substr(0, vcard_begin.size())) == vcard_begin) {
    return fail({ErrorCode::bad_data,
                 path + ": is a vCard; export the addresses as CSV from the address book, or let "
                        "Thunderbird's address book have it: whom that names counts as known"});
  }
  if (const auto encoding = refused_encoding(file->text)) {
    return fail(
        {ErrorCode::bad_data, path + ": is " + std::string(*encoding) + "; save it as UTF-8"});
  }
  const auto read = read_csv(file->text);
  if (const auto* const fault = std::get_if<CsvFault>(&read)) {
    return fail({ErrorCode::bad_data, place(fault->line) + fault->text});
  }
  const auto& rows = std::get<std::vector<CsvRow>>(read);
  const auto named = rows.empty() ? std::nullopt : columns_of(rows.front());
  std::vector<Trusted> entries;
  for (std::size_t i = named ? 1 : 0; i < rows.size(); ++i) {
    auto trusted = read_row(rows[i], named.value_or(Columns()), desk);
    if (!trusted) {
      say("recipient-guard: nothing was imported");
      return fail({trusted.error().code, place(rows[i].line) + trusted.error().text});
    }
    entries.push_back(*std::move(trusted));
  }
  return add_all(desk, entries, "imported");
}

int export_all(Desk& desk) {
  if (desk.json()) {
    return list(desk);
  }
  const auto entries = desk.store().trusted();
  if (!entries) {
    return fail(entries.error());
  }
  std::string text(csv_head);
  for (const Trusted& trusted : *entries) {
    text += safe_csv_cell(trusted.entry.text()) + "," + time_text(trusted.time) + "," +
            safe_csv_cell(trusted.source) + "\n";
  }
  return finish(text, exit_clean);
}

}  // namespace

int run_trust(const Words& given) {
  TrustWishes wishes;
  Arguments arguments("trust", "Lists and changes whom you trust.",
                      "list | add ENTRY... | remove ENTRY... | import FILE.csv | export "
                      "[--people DIR] [--policy DIR|FILE]... [--json]");
  add_policy_option(arguments.app(), wishes.places);
  add_people_option(arguments.app(), wishes.places, false);
  arguments.app().add_flag("--json", wishes.json, "Answer as JSON");
  arguments.app().footer(
      "An ENTRY is an address, or a domain where the policy lets domains be trusted.\n"
      "A CSV file holds the columns entry, time, source; a row that cannot be used is named "
      "with its line, and nothing is imported. Export writes such a file to standard output.\n"
      "Exit status: 0 done, 65 no such entry can be, 66 no such file, 69 the contacts cannot be "
      "used now, 77 the policy does not let it be trusted, 78 bad policy.");
  if (const auto ended = arguments.read(given, {"list", "add", "remove", "import", "export"})) {
    return *ended;
  }
  const std::string& action = arguments.action();
  const Words& rest = arguments.plain();
  const bool takes_entries = action == "add" || action == "remove";
  if (takes_entries ? rest.empty() : rest.size() != (action == "import" ? 1U : 0U)) {
    return arguments.usage_error(action + (takes_entries        ? " needs an entry"
                                           : action == "import" ? " needs one file"
                                                                : " takes no argument"));
  }
  const bool adds = action == "add" || action == "import";
  const bool writes = adds || action == "remove";
  Desk desk(wishes, writes ? Database::Access::read_write : Database::Access::read_only);
  if (const auto ended = desk.report(adds)) {
    return *ended;
  }
  if (action == "list") {
    return list(desk);
  }
  if (action == "add") {
    return add(desk, rest);
  }
  if (action == "remove") {
    return remove(desk, rest);
  }
  return action == "import" ? import_from(desk, rest[0]) : export_all(desk);
}

}  // namespace recipient_guard
