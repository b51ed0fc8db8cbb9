// SPDX-License-Identifier: MPL-2.0
#include "address/suffix_rules.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "address/idna.hpp"

namespace recipient_guard {
namespace {

// Four times the rules there are; a list that fills it is none.
constexpr std::size_t slots = 1U << 15U;
constexpr std::size_t most_rules = slots / 2;
constexpr std::uint8_t icann = 1;
constexpr std::uint8_t of_companies = 2;

/// From the last character to the first, so that the hashes of all endings come from one pass.
constexpr std::uint64_t with(std::uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x9e3779b97f4a7c15ULL + (hash >> 29U);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 1;
  for (auto at = text.rbegin(); at != text.rend(); ++at) {
    hash = with(hash, *at);
  }
  return hash == 0 ? 1 : hash;
}

std::size_t slot_of(std::uint64_t hash) {
  return static_cast<std::size_t>((hash * 0xd6e8feb86659fd93ULL) >> 49U);
}

bool is_comment(std::string_view line) {
  return line.starts_with("//");
}

}  // namespace

SuffixRules::Rule& SuffixRules::rule_for(std::uint64_t hash) {
  std::size_t at = slot_of(hash);
  while (rules_[at].hash != 0 && rules_[at].hash != hash) {
    at = (at + 1) % slots;
  }
  used_ += rules_[at].hash == 0 ? 1 : 0;
  rules_[at].hash = hash;
  return rules_[at];
}

const SuffixRules::Rule* SuffixRules::find(std::uint64_t hash) const {
  for (std::size_t at = slot_of(hash); rules_[at].hash != 0; at = (at + 1) % slots) {
    if (rules_[at].hash == hash) {
      return &rules_[at];
    }
  }
  return nullptr;
}

bool SuffixRules::add(std::string_view line, std::uint8_t section) {
  const bool is_exception = line.starts_with('!');
  const bool is_below = line.starts_with("*.");
  const std::string_view listed = line.substr(is_exception ? 1 : is_below ? 2 : 0);
  std::optional<DomainName> name;
  if (listed.find("--") == std::string_view::npos) {
    name = DomainName::from_ascii(listed);  // ten thousand, each time the host starts
  }
  if (!name) {
    auto mapped = to_domain_name(listed);
    if (auto* const read = std::get_if<MappedDomain>(&mapped)) {
      name = std::move(read->name);
    }
  }
  if (!name || used_ + 2 > most_rules) {
    return false;
  }
  const std::string& text = name->text();
  Rule& rule = rule_for(hash_of(text));
  std::uint8_t& field = is_exception ? rule.except : is_below ? rule.below : rule.plain;
  field = static_cast<std::uint8_t>(field | section);
  Rule& top = rule_for(hash_of(std::string_view(text).substr(text.rfind('.') + 1)));
  top.tops = static_cast<std::uint8_t>(top.tops | section);
  return true;
}

bool SuffixRules::read(std::string_view list) {
  rules_.assign(slots, Rule());
  used_ = 0;
  std::uint8_t section = 0;
  bool had_icann = false;
  bool is_whole = false;
  for (std::string_view rest = list; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line = line.substr(0, line.find_first_of(" \t\r"));
    const std::string_view whole = list.substr(static_cast<std::size_t>(line.data() - list.data()));
    if (is_comment(line)) {
      if (whole.starts_with("// ===BEGIN ICANN DOMAINS===")) {
        section = icann;
        had_icann = true;
      } else if (whole.starts_with("// ===BEGIN PRIVATE DOMAINS===")) {
        section = of_companies;
      } else if (whole.starts_with("// ===END PRIVATE DOMAINS===")) {
        is_whole = true;
      }
    } else if (!line.empty() && (section == 0 || !add(line, section))) {
      had_icann = false;
      break;
    }
  }
  if (!had_icann || !is_whole) {
    rules_.clear();
    used_ = 0;
    return false;
  }
  return true;
}

std::size_t SuffixRules::suffix_size(std::string_view name, Section section) const {
  const auto asked = static_cast<std::uint8_t>(section);
  std::uint64_t hash = 1;
  std::size_t size = 0;
  std::size_t found = 0;
  bool is_parent_below = false;
  for (std::size_t at = name.size(); at > 0;) {
    do {
      hash = with(hash, name[--at]);
    } while (at > 0 && name[at - 1] != '.');
    size = name.size() - at;
    const Rule* const rule = find(hash == 0 ? 1 : hash);
    if (rule != nullptr && (rule->except & asked) != 0) {
      return found;  // one label less than the exception
    }
    // Where no rule matches `*` does: the last label. As libpsl has it `*.ck` makes `ck` one, too.
    if (found == 0 || is_parent_below ||
        (rule != nullptr && ((rule->plain | rule->below) & asked) != 0)) {
      found = size;
    }
    is_parent_below = rule != nullptr && (rule->below & asked) != 0;
    if (at > 0) {
      hash = with(hash, name[--at]);  // the dot
    }
  }
  return found;
}

bool SuffixRules::top_level_exists(std::string_view label) const {
  const Rule* const rule = find(hash_of(label));
  return rule != nullptr && (rule->tops & icann) != 0;
}

}  // namespace recipient_guard
