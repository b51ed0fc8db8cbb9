// SPDX-License-Identifier: MPL-2.0
#include "organisation/list_reading.hpp"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "document/list_file.hpp"

namespace recipient_guard {
namespace {

/// Rules that are added together: their places in memory are fetched side by side (EntrySet::add).
class Batch {
 public:
  explicit Batch(EntrySet& rules) : rules_(rules) {}
  ~Batch() { flush(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// `rule.text` lives as long as this.
  void add(const ListedRule& rule) {
    listed_.push_back(rule);
    if (listed_.size() == at_once) {
      flush();
    }
  }
  void add(Rule rule) {
    read_.push_back(std::move(rule));
    add(as_listed(read_.back()));
  }

 private:
  void flush() {
    rules_.add(listed_);
    listed_.clear();
    read_.clear();
  }

  static constexpr std::size_t at_once = 64;

  EntrySet& rules_;
  std::vector<ListedRule> listed_;
  std::deque<Rule> read_;  // whose texts are not those of their lines
};

void fault(const ListReading& list, std::uint32_t line, const std::string& why) {
  add_fault(list.build,
            {ErrorCode::bad_policy, list.file + ":" + std::to_string(line) + ": " + why});
}

}  // namespace

void read_list(const ListReading& list, std::string_view text, std::size_t& entries) {
  EntrySet& rules = list.build.policy.rules;
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  rules.reserve(std::min(lines, max_list_entries), text.size());
  ListReader reader(text);
  Batch batch(rules);
  while (const auto line = reader.next()) {
    if (++entries > max_list_entries) {
      fault(list, line->line,
            "all list files together hold more than " + std::to_string(max_list_entries) +
                " entries");
      return;
    }
    const SourcePlace source{list.document, line->line};
    if (const auto form = form_as_it_stands(line->text)) {
      batch.add(ListedRule{*form, line->text, list.kind, source});
      continue;
    }
    auto entry = read_entry(line->text);
    if (auto* const good = std::get_if<Entry>(&entry)) {
      batch.add(Rule{std::move(*good), list.kind, source});
      continue;
    }
    fault(list, line->line, std::get<EntryFault>(entry).text);
    if (list.build.faults.size() == max_policy_faults) {
      return;
    }
  }
  if (reader.fault()) {
    fault(list, reader.fault()->line, reader.fault()->text);
  }
}

}  // namespace recipient_guard
