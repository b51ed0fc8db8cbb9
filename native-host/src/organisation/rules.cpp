// SPDX-License-Identifier: MPL-2.0
#include "organisation/rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <variant>

#include "address/characters.hpp"

namespace recipient_guard {
namespace {

/// In lower case already or not: compared without regard to ASCII case.
bool equals_folded(std::string_view listed, std::string_view key) {
  return listed == key ||  // as nearly all stand in lists
         (listed.size() == key.size() &&
          std::equal(listed.begin(), listed.end(), key.begin(),
                     [](char a, char b) { return ascii_lower(a) == b; }));
}

std::size_t hash_of(EntryForm form, std::string_view key) {
  // The form spreads the entries of one name; an odd constant mixes it into all bits.
  return std::hash<std::string_view>()(key) +
         static_cast<std::size_t>(form) * 0x9E3779B97F4A7C15ULL;
}

constexpr std::size_t least_slots = 16;

/// A smaller set is in the processor's caches, or nearly.
constexpr std::size_t least_worth_fetching = 10'000;

}  // namespace

ListedRule as_listed(const Rule& rule) {
  const Entry& entry = rule.entry;
  return {entry.form, entry.domain ? entry.domain->text() : entry.text, rule.kind, rule.source};
}

Rule made_of(const ListedRule& listed) {
  const std::string_view text = listed.text;
  Rule rule;
  rule.kind = listed.kind;
  rule.source = listed.source;
  rule.entry.form = listed.form;
  switch (listed.form) {
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

void EntrySet::add(std::span<const ListedRule> rules) {
  // The slots are far away in memory: those of some entries are fetched side by side.
  std::array<Unplaced, 32> unplaced;
  for (; !rules.empty(); rules = rules.subspan(std::min(rules.size(), unplaced.size()))) {
    make_room_for(unplaced.size());
    std::size_t count = 0;
    for (const ListedRule& rule : rules.first(std::min(rules.size(), unplaced.size()))) {
      if (const auto one = pack(rule)) {
        __builtin_prefetch(&slots_[one->hash & (slots_.size() - 1)], 1);
        unplaced[count++] = *one;
      }
    }
    std::for_each_n(unplaced.begin(), count, [this](const Unplaced& one) { place(one); });
  }
}

void EntrySet::add(const Rule& rule) {
  if (const auto one = pack(as_listed(rule))) {
    make_room_for(1);
    place(*one);
  }
}

// Nothing where it is found by an odd key.
std::optional<EntrySet::Unplaced> EntrySet::pack(const ListedRule& rule) {
  const std::string_view text = rule.text;
  const auto number = static_cast<std::uint32_t>(packed_.size());
  Packed packed{};
  packed.text_at = static_cast<std::uint32_t>(texts_.size());
  packed.length = static_cast<std::uint16_t>(text.size());
  packed.document = static_cast<std::uint16_t>(rule.source.document);
  packed.line = rule.source.line & (max_source_lines - 1);
  packed.form = static_cast<std::uint32_t>(rule.form) & 7U;
  packed.kind = static_cast<std::uint32_t>(rule.kind) & 3U;
  packed_.push_back(packed);
  texts_.append(text);
  has_blocks_ = has_blocks_ || rule.kind == RuleKind::block;
  const bool is_domain = names_domain(rule.form);
  labels_of_form_[static_cast<std::size_t>(rule.form)] |=
      std::uint32_t{1} << (is_domain ? std::min(count_labels(text), most_labels) : 0);
  std::string& key = key_being_packed_;
  key.assign(text);
  lower_ascii(key);
  const std::string_view domain = std::string_view(key).substr(key.rfind('@') + 1);
  if (rule.form == EntryForm::address && has_free_dots(domain)) {
    std::string odd =
        Mailbox{LocalPart::kept(text.substr(0, text.rfind('@'))), DomainName::kept(domain)}.key();
    if (odd != key) {
      note_odd_key(std::move(odd), number);
      return std::nullopt;
    }
  }
  return Unplaced{number, static_cast<std::uint32_t>(hash_of(rule.form, key))};
}

void EntrySet::note_odd_key(std::string key, std::uint32_t number) {
  const auto [place, is_new] = by_odd_key_.emplace(std::move(key), number);
  if (!is_new && listed(number).kind == RuleKind::block &&
      listed(place->second).kind != RuleKind::block) {
    place->second = number;
  }
}

void EntrySet::place(const Unplaced& one) {
  const std::size_t mask = slots_.size() - 1;
  const Packed& packed = packed_[one.number];
  std::size_t at = one.hash & mask;
  for (; slots_[at].entry != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != one.hash) {
      continue;
    }
    const Packed& other = packed_[slots_[at].entry - 1];
    if (other.form == packed.form && equals_folded(text_of(other), ascii_lower(text_of(packed)))) {
      const bool stricter = packed.kind == static_cast<std::uint32_t>(RuleKind::block) &&
                            other.kind != static_cast<std::uint32_t>(RuleKind::block);
      if (stricter) {
        slots_[at].entry = one.number + 1;
      }
      return;
    }
  }
  slots_[at] = {one.hash, one.number + 1};
  ++used_slots_;
}

void EntrySet::make_room_for(std::size_t entries) {
  std::size_t size = std::max(least_slots, slots_.size());
  while (4 * (used_slots_ + entries) > 3 * size) {
    size *= 2;
  }
  if (size > slots_.size()) {
    grow_slots(size);
  }
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
  make_room_for(entries);
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
  std::size_t labels = count_labels(name);
  for (EntryForm narrow = EntryForm::only;; narrow = EntryForm::below) {
    for (const EntryForm form : {narrow, EntryForm::domain}) {
      const auto number = may_hold(form, labels) ? find(form, name) : std::nullopt;
      if (number) {
        return number;
      }
    }
    if (--labels == 0) {
      return std::nullopt;
    }
    name.remove_prefix(name.find('.') + 1);
  }
}

std::optional<ListedRule> EntrySet::covering(const Mailbox& mailbox) const {
  if (empty()) {
    return std::nullopt;
  }
  const auto number = find(mailbox);
  return number ? std::optional(listed(*number)) : std::nullopt;
}

// Slot, entry and text, each told by the one before, are far apart in a large set.
void EntrySet::fetch(std::span<const Mailbox* const> mailboxes) const {
  // Without slots all are found by an odd key.
  if (size() < least_worth_fetching || slots_.empty() || !may_hold(EntryForm::address, 0)) {
    return;
  }
  std::vector<std::uint32_t> hashes;
  hashes.reserve(mailboxes.size());
  const std::size_t mask = slots_.size() - 1;
  std::string key;
  for (const Mailbox* const mailbox : mailboxes) {
    key.clear();
    mailbox->append_key(key);
    hashes.push_back(static_cast<std::uint32_t>(hash_of(EntryForm::address, key)));
    __builtin_prefetch(&slots_[hashes.back() & mask]);
  }
  std::vector<const Packed*> entries;
  entries.reserve(mailboxes.size());
  for (const std::uint32_t hash : hashes) {
    const Slot& slot = slots_[hash & mask];
    if (slot.entry != 0 && slot.hash == hash) {
      entries.push_back(&packed_[slot.entry - 1]);
      __builtin_prefetch(entries.back());
    }
  }
  for (const Packed* const entry : entries) {
    const char* const text = texts_.data() + entry->text_at;
    __builtin_prefetch(text);
    __builtin_prefetch(text + entry->length - 1);  // often in the next cache line
  }
}

bool EntrySet::covers(const Mailbox& mailbox) const {
  return !empty() && find(mailbox).has_value();
}

std::optional<std::uint32_t> EntrySet::find(const Mailbox& mailbox) const {
  if (may_hold(EntryForm::address, 0)) {
    const std::string key = mailbox.key();
    if (const auto number = find(EntryForm::address, key)) {
      return number;
    }
    if (const auto odd = by_odd_key_.find(key); odd != by_odd_key_.end()) {
      return odd->second;
    }
  }
  return find_domain(mailbox.domain.text());
}

std::optional<ListedRule> EntrySet::covering(const DomainName& domain) const {
  if (const auto number = find_domain(domain.text())) {
    return listed(*number);
  }
  return std::nullopt;
}

std::optional<ListedRule> EntrySet::covering_verbatim(std::string_view address) const {
  if (const auto number = find(EntryForm::verbatim, ascii_lower(address))) {
    return listed(*number);
  }
  return std::nullopt;
}

std::optional<ListedRule> EntrySet::covering(const Reading& reading) const {
  if (const auto* const read = std::get_if<ReadMailbox>(&reading)) {
    return covering(read->mailbox);
  }
  const auto* const unreadable = std::get_if<Unreadable>(&reading);
  return unreadable != nullptr && unreadable->verbatim ? covering_verbatim(*unreadable->verbatim)
                                                       : std::nullopt;
}

EntrySet::Count EntrySet::count(bool (*of_form)(EntryForm)) const {
  Count count;
  for (const Packed& packed : packed_) {
    const bool counts = of_form(static_cast<EntryForm>(packed.form)) &&
                        packed.kind != static_cast<std::uint32_t>(RuleKind::block);
    count.entries += counts ? 1U : 0U;
    count.octets += counts ? packed.length : 0U;
  }
  return count;
}

EntrySet::Count EntrySet::count_of_addresses() const {
  return count([](EntryForm form) { return form == EntryForm::address; });
}

EntrySet::Count EntrySet::count_of_domains() const {
  return count(names_domain);
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
