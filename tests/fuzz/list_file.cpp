// SPDX-License-Identifier: MPL-2.0
// A list file: its lines, and the entries that become rules.
#include "document/list_file.hpp"

#include <algorithm>
#include <string>

#include "fuzzing.hpp"
#include "organisation/list_reading.hpp"

using namespace recipient_guard;
using fuzzing::demand;

namespace {

void look_at_line(std::string_view text) {
  demand(!text.empty() && text.size() <= max_list_line_octets, "a line has its bounds");
  const auto read = read_entry(text);
  const auto* const entry = std::get_if<Entry>(&read);
  if (const auto form = form_as_it_stands(text)) {
    demand(entry != nullptr && entry->form == *form, "an entry kept as it stands is an entry");
  }
  if (entry != nullptr) {
    const auto again = read_entry(entry->text);
    const auto* const same = std::get_if<Entry>(&again);
    demand(same != nullptr && same->form == entry->form && same->text == entry->text,
           "an entry read and written again reads the same");
  } else {
    demand(!std::get<EntryFault>(read).text.empty(), "a line that is no entry is told");
  }
}

/// Rules that were added sixty-four at a time answer as rules added one by one.
void look_up(const EntrySet& rules) {
  EntrySet one_by_one;
  for (const Rule& rule : rules.rules()) {
    one_by_one.add(rule);
  }
  demand(one_by_one.size() == rules.size(), "no rule is lost");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Entry entry = rules.rule(i).entry;
    demand(entry.text == one_by_one.rule(i).entry.text, "a rule is kept as it was added");
    if (entry.mailbox) {
      const auto found = rules.covering(*entry.mailbox);
      const auto other = one_by_one.covering(*entry.mailbox);
      demand(found && other && found->source == other->source, "an address is found where it is");
    } else if (entry.domain) {
      const auto found = rules.covering(*entry.domain);
      const auto other = one_by_one.covering(*entry.domain);
      demand(found.has_value() == other.has_value() && (!found || found->source == other->source),
             "a domain is found where it is");
    }
  }
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  ListReader reader(input);
  const auto most = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  std::uint32_t before = 0;
  while (const auto line = reader.next()) {
    demand(before < line->line && line->line <= most, "lines come in their order");
    before = line->line;
    look_at_line(line->text);
  }
  PolicyBuild build;
  build.policy.documents = {"list.txt"};
  std::size_t entries = 0;
  read_list({"list.txt", 0, RuleKind::allow, build}, input, entries);
  demand(build.policy.rules.size() <= entries, "an entry is counted");
  look_up(build.policy.rules);
}
