// SPDX-License-Identifier: MPL-2.0
#include "organisation/rules.hpp"

#include <algorithm>
#include <functional>

namespace recipient_guard {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// In lower case already or not: compared without regard to ASCII case.
bool equals_folded(std::string_view listed, std::string_view key) {
  return listed.size() == key.size() && std::equal(listed.begin(), listed.end(), key.begin(),
                                                   [](char a, char b) { return lower(a) == b; });
}

std::string folded(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

/// The text of an entry without the mark of its form.
std::string_view bare_text(const Entry& entry) {
  return entry.domain ? std::string_view(entry.domain->text()) : std::string_view(entry.text);
}

std::size_t hash_of(EntryForm form, std::string_view key) {
  // The form spreads the entries of one name; an odd constant mixes it into all bits.
  return std::hash<std::string_view>()(key) +
         static_cast<std::size_t>(form) * 0x9E3779B97F4A7C15ULL;
}

constexpr std::size_t least_slots = 16;

}  // namespace

void EntrySet::add(const Entry& entry, SourcePlace source, RuleKind kind) {
  const std::string_view text = bare_text(entry);
  const auto number = static_cast<std::uint32_t>(packed_.size());
  Packed packed{};
  packed.text_at = static_cast<std::uint32_t>(texts_.size());
  packed.length = static_cast<std::uint16_t>(text.size());
  packed.document = static_cast<std::uint16_t>(source.document);
  packed.line = source.line & (max_source_lines - 1);
  packed.form = static_cast<std::uint32_t>(entry.form) & 7U;
  packed.kind = static_cast<std::uint32_t>(kind) & 3U;
  packed_.push_back(packed);
  texts_.append(text);
  has_blocks_ = has_blocks_ || kind == RuleKind::block;
  if (entry.mailbox) {
    std::string key = entry.mailbox->key();
    if (!equals_folded(text, key)) {
      const auto [place, is_new] = by_odd_key_.emplace(std::move(key), number);
      if (!is_new && kind == RuleKind::block) {
        place->second = rule(place->second).kind == RuleKind::block ? place->second : number;
      }
      return;
    }
    index(number, entry.form, key);
  } else if (entry.form == EntryForm::verbatim) {
    index(number, entry.form, folded(text));
  } else {
    index(number, entry.form, text);
  }
}

void EntrySet::index(std::uint32_t number, EntryForm form, std::string_view key) {
  if (4 * (used_slots_ + 1) > 3 * slots_.size()) {
    grow_slots(std::max(least_slots, 2 * slots_.size()));
  }
  const std::size_t mask = slots_.size() - 1;
  const auto hash = static_cast<std::uint32_t>(hash_of(form, key));
  std::size_t at = hash & mask;
  for (; slots_[at].entry != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != hash) {
      continue;
    }
    const Packed& other = packed_[slots_[at].entry - 1];
    if (other.form == packed_[number].form && equals_folded(text_of(other), key)) {
      const bool stricter = packed_[number].kind == static_cast<std::uint32_t>(RuleKind::block) &&
                            other.kind != static_cast<std::uint32_t>(RuleKind::block);
      if (stricter) {
        slots_[at].entry = number + 1;
      }
      return;
    }
  }
  slots_[at] = {hash, number + 1};
  ++used_slots_;
}

void EntrySet::grow_slots(std::size_t size) {
  std::vector<Slot> larger(size);
  for (const Slot& slot : slots_) {
    if (slot.entry == 0) {
      continue;
    }
    std::size_t at = slot.hash & (size - 1);
    for (; larger[at].entry != 0; at = (at + 1) & (size - 1)) {
    }
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

void EntrySet::reserve(std::size_t entries, std::size_t octets) {
  packed_.reserve(packed_.size() + entries);
  texts_.reserve(texts_.size() + octets);
  std::size_t size = std::max(least_slots, slots_.size());
  while (4 * (used_slots_ + entries) > 3 * size) {
    size *= 2;
  }
  if (size > slots_.size()) {
    grow_slots(size);
  }
}

std::optional<std::uint32_t> EntrySet::find(EntryForm form, std::string_view key) const {
  if (slots_.empty()) {
    return std::nullopt;
  }
  const std::size_t mask = slots_.size() - 1;
  const auto hash = static_cast<std::uint32_t>(hash_of(form, key));
  for (std::size_t at = hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != hash) {
      continue;
    }
    const std::uint32_t number = slots_[at].entry - 1;
    const Packed& packed = packed_[number];
    if (packed.form == static_cast<std::uint32_t>(form) && equals_folded(text_of(packed), key)) {
      return number;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> EntrySet::find_domain(std::string_view name) const {
  for (const EntryForm form : {EntryForm::only, EntryForm::domain}) {
    if (const auto number = find(form, name)) {
      return number;
    }
  }
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    name.remove_prefix(dot + 1);
    for (const EntryForm form : {EntryForm::below, EntryForm::domain}) {
      if (const auto number = find(form, name)) {
        return number;
      }
    }
  }
  return std::nullopt;
}

std::optional<Rule> EntrySet::covering(const Mailbox& mailbox) const {
  if (empty()) {
    return std::nullopt;
  }
  const auto number = find(mailbox);
  return number ? std::optional(rule(*number)) : std::nullopt;
}

bool EntrySet::covers(const Mailbox& mailbox) const {
  return !empty() && find(mailbox).has_value();
}

std::optional<std::uint32_t> EntrySet::find(const Mailbox& mailbox) const {
  const std::string key = mailbox.key();
  if (const auto number = find(EntryForm::address, key)) {
    return number;
  }
  if (const auto odd = by_odd_key_.find(key); odd != by_odd_key_.end()) {
    return odd->second;
  }
  return find_domain(mailbox.domain.text());
}

std::optional<Rule> EntrySet::covering(const DomainName& domain) const {
  if (const auto number = find_domain(domain.text())) {
    return rule(*number);
  }
  return std::nullopt;
}

std::optional<Rule> EntrySet::covering_verbatim(std::string_view address) const {
  if (const auto number = find(EntryForm::verbatim, folded(address))) {
    return rule(*number);
  }
  return std::nullopt;
}

std::size_t EntrySet::count_of_addresses() const {
  return static_cast<std::size_t>(
      std::count_if(packed_.begin(), packed_.end(), [](const Packed& packed) {
        return packed.form == static_cast<std::uint32_t>(EntryForm::address) &&
               packed.kind != static_cast<std::uint32_t>(RuleKind::block);
      }));
}

Rule EntrySet::rule(std::size_t index) const {
  const Packed& packed = packed_[index];
  const std::string_view text = text_of(packed);
  Rule rule;
  rule.kind = static_cast<RuleKind>(packed.kind);
  rule.source = {packed.document, packed.line};
  rule.entry.form = static_cast<EntryForm>(packed.form);
  switch (rule.entry.form) {
    case EntryForm::verbatim:
      break;
    case EntryForm::address: {
      const auto at = text.rfind('@');
      rule.entry.mailbox =
          Mailbox{LocalPart::kept(text.substr(0, at)), DomainName::kept(text.substr(at + 1))};
      break;
    }
    case EntryForm::only:
      rule.entry.text = "=";
      rule.entry.domain = DomainName::kept(text);
      break;
    case EntryForm::below:
      rule.entry.text = "*.";
      rule.entry.domain = DomainName::kept(text);
      break;
    case EntryForm::domain:
      rule.entry.domain = DomainName::kept(text);
      break;
  }
  rule.entry.text += text;
  return rule;
}

std::vector<Rule> EntrySet::rules() const {
  std::vector<Rule> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    all.push_back(rule(i));
  }
  return all;
}

}  // namespace recipient_guard
