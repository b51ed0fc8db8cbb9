// SPDX-License-Identifier: MPL-2.0
// The rules of the public suffix list (https://publicsuffix.org/list/) as a table of hashes: a name
// is asked once a label, in some ten nanoseconds each. libpsl, which is asked where there is no
// list in this form, takes a microsecond and more for the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace recipient_guard {

class SuffixRules {
 public:
  /// Octets of a public suffix, by the rules of one section and by those of both.
  struct Sizes {
    std::size_t icann = 0;
    std::size_t any = 0;
    bool operator==(const Sizes&) const = default;
  };

  /// Reads the list's text. False where it is none: a mark of its sections is missing, or a rule
  /// cannot be read; then nothing is asked of it.
  bool read(std::string_view list);
  bool empty() const { return used_ == 0; }

  /// The public suffix at the end of `name` (lower case, A-labels); the last label where no rule
  /// matches.
  Sizes suffix_sizes(std::string_view name) const;
  /// There is a rule of the ICANN section for `label`, or for something below it.
  bool top_level_exists(std::string_view label) const;

 private:
  struct Rule {
    std::uint64_t hash = 0;   // 0: free
    std::uint8_t plain = 0;   // by sections, as the two below: `uk`
    std::uint8_t below = 0;   // `*.ck`
    std::uint8_t except = 0;  // `!www.ck`
    std::uint8_t tops = 0;    // the last label of a rule
    bool has_more = false;    // there is a rule for a longer ending
  };

  Rule& rule_for(std::uint64_t hash);
  const Rule* find(std::uint64_t hash) const;
  bool add(std::string_view line, std::uint8_t section);

  std::vector<Rule> rules_;  // open addressing
  // A bit for some hashes each, set where one of them has a rule. Nearly no registered name has,
  // and while a million are read the rules themselves are pushed far away in memory.
  std::vector<bool> may_have_rule_;
  std::size_t used_ = 0;
};

}  // namespace recipient_guard
