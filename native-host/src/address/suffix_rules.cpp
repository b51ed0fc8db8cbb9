// SPDX-License-Identifier: MPL-2.0
#include "address/suffix_rules.hpp"

#include <algorithm>
#include <array>
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

constexpr std::uint64_t no_label = 1;

/// Of an ending one label longer: the one that ends at `at`, which moves to the dot before it, or
/// to 0. Never 0.
std::uint64_t with_label(std::uint64_t hash, std::string_view name, std::size_t& at) {
  hash = at < name.size() ? with(hash, '.') : hash;
  while (at > 0 && name[at - 1] != '.') {
    hash = with(hash, name[--at]);
  }
  at -= at > 0 ? 1 : 0;
  return hash == 0 ? 1 : hash;
}

constexpr std::size_t bits = 4 * slots;

std::size_t bit_of(std::uint64_t hash) {
  return static_cast<std::size_t>((hash * 0xd6e8feb86659fd93ULL) >> 47U);
}

std::size_t slot_of(std::uint64_t hash) {
  return bit_of(hash) * slots / bits;
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
  may_have_rule_[bit_of(hash)] = true;
  return rules_[at];
}

const SuffixRules::Rule* SuffixRules::find(std::uint64_t hash) const {
  if (!may_have_rule_[bit_of(hash)]) {
    return nullptr;
  }
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
  if (!name || used_ + name->label_count() > most_rules) {
    return false;
  }
  const auto note = [section](std::uint8_t& field) {
    field = static_cast<std::uint8_t>(field | section);
  };
  const std::string& text = name->text();
  std::uint64_t hash = no_label;
  for (std::size_t at = text.size(); at > 0;) {
    const bool is_top = at == text.size();
    hash = with_label(hash, text, at);
    Rule& rule = rule_for(hash);
    if (is_top) {
      note(rule.tops);
    }
    if (at == 0) {
      note(is_exception ? rule.except : is_below ? rule.below : rule.plain);
    }
    rule.has_more = rule.has_more || at > 0 || is_below;
  }
  return true;
}

bool SuffixRules::read(std::string_view list) {
  rules_.assign(slots, Rule());
  may_have_rule_.assign(bits, false);
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

SuffixRules::Sizes SuffixRules::suffix_sizes(std::string_view name) const {
  struct Suffix {
    std::uint8_t sections;
    std::size_t size = 0;
    bool is_parent_below = false;
    bool is_found = false;
  };
  std::array<Suffix, 2> suffixes{Suffix{icann}, Suffix{icann | of_companies}};
  std::uint64_t hash = no_label;
  bool has_more = true;
  for (std::size_t at = name.size(); at > 0 && has_more;) {
    hash = with_label(hash, name, at);
    const Rule none;
    const Rule* const found = find(hash);
    const Rule& rule = found != nullptr ? *found : none;
    for (Suffix& suffix : suffixes) {
      // An exception's suffix is one label less.
      suffix.is_found = suffix.is_found || (rule.except & suffix.sections) != 0;
      // Where no rule matches `*` does: the last label. As libpsl has it `*.ck` makes `ck` one,
      // too.
      if (!suffix.is_found && (suffix.size == 0 || suffix.is_parent_below ||
                               ((rule.plain | rule.below) & suffix.sections) != 0)) {
        suffix.size = name.size() - (at > 0 ? at + 1 : 0);
      }
      suffix.is_parent_below = (rule.below & suffix.sections) != 0;
    }
    has_more = rule.has_more;
  }
  return {suffixes[0].size, suffixes[1].size};
}

bool SuffixRules::top_level_exists(std::string_view label) const {
  std::size_t at = label.size();
  const Rule* const rule = find(with_label(no_label, label, at));
  return rule != nullptr && (rule->tops & icann) != 0;
}

}  // namespace recipient_guard
