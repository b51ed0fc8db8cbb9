// SPDX-License-Identifier: MPL-2.0
#include "lookalike/near_names.hpp"

#include <algorithm>
#include <bit>

#include "lookalike/line_probe.hpp"
#include "lookalike/near_keys.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t first_slots = 64;
constexpr std::size_t keys_besides_shortened = 5;
constexpr std::size_t usual_candidates = 32;
constexpr std::size_t keys_per_name = 16;  // measured mean on real domains: 14

/// Spreads the upper half of a key over `slots`, fewer than 2^32, without a division (Lemire 2019).
/// The lower half is what a slot keeps of it.
std::size_t slot_of(std::uint64_t key, std::size_t slots) {
  return static_cast<std::size_t>(((key >> 32) * slots) >> 32);
}

std::size_t slots_for(std::size_t keys) {
  return keys + keys / 3 + 1;  // filled to three quarters
}

using Probe = LineProbe<std::uint32_t>;

/// Of the first one of a LineLook's bits.
std::size_t place_of(std::uint32_t bits, const Probe& probe) {
  return probe.at(static_cast<std::size_t>(std::countr_zero(bits)));
}

}  // namespace

NearQuery::NearQuery(const DomainName& typed, const PublicSuffixes& suffixes)
    : typed_(typed), suffixes_(suffixes) {
  for (DomainName& parent : comparable_parents(typed, suffixes)) {
    std::vector<std::uint64_t> keys;
    keys.reserve(parent.text().size() + keys_besides_shortened);
    add_keys_of_typed(parent.text(), keys);
    parents_.push_back({std::move(parent), std::move(keys)});
  }
}

std::string_view NearNames::text_of(std::size_t index) const {
  const std::size_t begin = begins_[index];
  const std::size_t end = index + 1 < begins_.size() ? begins_[index + 1] : texts_.size();
  return std::string_view(texts_).substr(begin, end - begin);
}

// Seen from outside it has neither effect nor result, and GCC leaves out calls to such functions.
[[gnu::always_inline]] inline void NearNames::prefetch(std::uint64_t key) const {
  if (!slots_.empty()) {
    __builtin_prefetch(&slots_[slot_of(key, slots_.size())]);
  }
}

template <typename Visit>
void NearNames::visit(std::uint64_t key, Visit&& visit) const {
  if (slots_.empty()) {
    return;
  }
  const std::uint32_t mask = (std::uint32_t{1} << index_bits_) - 1;
  const auto mark = static_cast<std::uint32_t>(key) & ~mask;
  for (Probe probe(slot_of(key, slots_.size()), slots_.size());; probe.next()) {
    const LineLook look(&slots_[probe.line()], probe.first(), mark, ~mask);
    for (std::uint32_t bits = look.marked; bits != 0; bits &= bits - 1) {
      visit((slots_[place_of(bits, probe)] & mask) - 1);
    }
    if (look.free != 0) {
      return;
    }
  }
}

void NearNames::insert_key(std::uint64_t key, std::size_t index, Bound bound) {
  const std::uint32_t mask = (std::uint32_t{1} << index_bits_) - 1;
  const std::uint32_t mark = static_cast<std::uint32_t>(key) & ~mask;
  const std::uint32_t value = mark | static_cast<std::uint32_t>(index + 1);
  std::size_t same = 0;
  for (Probe probe(slot_of(key, slots_.size()), slots_.size());; probe.next()) {
    const LineLook look(&slots_[probe.line()], probe.first(), mark, ~mask);
    for (std::uint32_t bits = look.marked; bits != 0; bits &= bits - 1) {
      ++same;
      if (slots_[place_of(bits, probe)] == value ||
          (bound == Bound::held && same == most_names_a_key)) {
        return;
      }
    }
    if (look.free != 0) {
      slots_[place_of(look.free, probe)] = value;
      ++used_;
      return;
    }
  }
}

void NearNames::insert_keys_of(std::size_t index) {
  const std::string_view text = text_of(index);
  std::vector<std::uint64_t> keys;
  add_keys_of(text, registrable_sizes_[index], keys);
  for (const std::uint64_t key : keys) {
    prefetch(key);
  }
  insert(keys, index);
}

void NearNames::add_keys_of(std::string_view text, std::size_t registrable,
                            std::vector<std::uint64_t>& keys) {
  add_keys_of_listed(text, keys);
  if (registrable > 0) {
    keys.push_back(key_below(text.substr(text.size() - registrable)));
  }
}

void NearNames::insert(std::span<const std::uint64_t> keys, std::size_t index) {
  const std::size_t registrable = registrable_sizes_[index];
  const auto of_name = keys.first(keys.size() - (registrable > 0 ? 1 : 0));
  // The first is that of the whole name, by which it is found itself.
  for (std::size_t i = 0; i < of_name.size(); ++i) {
    insert_key(of_name[i], index, i == 0 ? Bound::none : Bound::held);
  }
  if (registrable > 0) {
    // For a few names below it: a list may hold a million of one house.
    const std::string_view text = text_of(index);
    const std::string_view above = text.substr(text.size() - registrable);
    if (count_below(keys.back(), above) < most_names_of_house) {
      insert_key(keys.back(), index, Bound::none);
    }
  }
}

std::size_t NearNames::count_below(std::uint64_t key, std::string_view registrable) const {
  std::size_t names = 0;
  visit(key, [&](std::uint32_t index) {
    const std::string_view text = text_of(index);
    const bool is_below = text.size() > registrable.size() && text.ends_with(registrable) &&
                          text[text.size() - registrable.size() - 1] == '.';
    names += is_below ? 1U : 0U;
  });
  return names;
}

bool NearNames::contains_below(const DomainName& registrable) const {
  return count_below(key_below(registrable.text()), registrable.text()) > 0;
}

std::size_t NearNames::names_of_house(std::size_t index) const {
  const std::string_view text = text_of(index);
  const std::string_view above = text.substr(text.size() - registrable_sizes_[index]);
  return above.empty() ? 0 : count_below(key_below(above), above);
}

void NearNames::rebuild(std::size_t slots, std::size_t names) {
  index_bits_ = static_cast<unsigned>(std::bit_width(std::max<std::size_t>(names + 1, 255)));
  slots_ = std::vector<std::uint32_t>();  // not kept meanwhile: keys are made anew from the texts
  slots_.assign(whole_lines<std::uint32_t>(std::max(slots, first_slots)), 0);
  used_ = 0;
  for (std::size_t index = 0; index < ids_.size(); ++index) {
    insert_keys_of(index);
  }
}

void NearNames::reserve(std::size_t names, std::size_t octets) {
  texts_.reserve(octets);
  begins_.reserve(names);
  ids_.reserve(names);
  registrable_sizes_.reserve(names);
  const std::size_t slots = slots_for(names * keys_per_name);
  if (slots > slots_.size()) {
    rebuild(slots, names);
  }
}

void NearNames::make_room_for(std::size_t names, std::size_t keys) {
  const std::size_t needed = slots_for(used_ + keys);
  const bool index_fits = ids_.size() + names < (std::size_t{1} << index_bits_);
  if (needed > slots_.size() || !index_fits) {
    const std::size_t grown = std::max(needed, slots_.size() + slots_.size() / 2);
    rebuild(grown, ids_.size() + std::max(names, ids_.size() / 2));
  }
}

void NearNames::add(const DomainName& name, std::uint32_t id, const PublicSuffixes& suffixes) {
  Filling(*this, suffixes).add(name.text(), id);
}

void NearNames::Filling::add(std::string_view name, std::uint32_t id) {
  waiting_[count_++] = {name, id, {}, 0};
  if (count_ == waiting_.size()) {
    add_waiting();
  }
}

// What far places one step asks for, the next finds near: the steps are done for all in turn.
void NearNames::Filling::add_waiting() {
  const std::span waiting(waiting_.data(), count_);
  for (Waiting& one : waiting) {
    one.registrable = suffixes_.registrable_of(one.name).value_or(std::string_view());
  }
  keys_.clear();
  for (Waiting& one : waiting) {
    if (one.registrable.empty()) {
      into_.note_public_suffix(one.name);
      continue;
    }
    const std::size_t begin = keys_.size();
    NearNames::add_keys_of(one.name, one.below(), keys_);
    one.keys = keys_.size() - begin;
    for (std::size_t i = begin; i < keys_.size(); ++i) {
      into_.prefetch(keys_[i]);
    }
  }
  into_.make_room_for(waiting.size(), keys_.size());
  std::span<const std::uint64_t> rest(keys_);
  for (const Waiting& one : waiting) {
    const auto keys = rest.first(one.keys);
    rest = rest.subspan(one.keys);
    if (keys.empty() || into_.holds(keys.front(), one.name)) {
      continue;
    }
    const auto index = into_.ids_.size();
    into_.begins_.push_back(static_cast<std::uint32_t>(into_.texts_.size()));
    into_.ids_.push_back(one.id);
    into_.texts_ += one.name;
    into_.registrable_sizes_.push_back(one.below());
    into_.two_edits_.add(one.name, one.registrable.find('.'), static_cast<std::uint32_t>(index));
    into_.insert(keys, index);
  }
  count_ = 0;
}

void NearNames::note_public_suffix(std::string_view name) {
  const auto is_name = [name](const DomainName& other) { return other.text() == name; };
  if (std::none_of(public_suffixes_.begin(), public_suffixes_.end(), is_name)) {
    public_suffixes_.push_back(DomainName::kept(name));
  }
}

bool NearNames::contains(const DomainName& name) const {
  return holds(key_of_name(name.text()), name.text());
}

bool NearNames::holds(std::uint64_t key, std::string_view name) const {
  bool found = false;
  visit(key, [&](std::uint32_t index) { found = found || text_of(index) == name; });
  return found;
}

void NearNames::candidates(const NearQuery::Parent& parent,
                           std::vector<std::uint32_t>& found) const {
  found.clear();
  for (const std::uint64_t key : parent.keys) {
    prefetch(key);
  }
  for (const std::uint64_t key : parent.keys) {
    visit(key, [&](std::uint32_t index) { found.push_back(index); });
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

std::size_t NearNames::compared(const NearQuery& query) const {
  std::size_t names = 0;
  std::vector<std::uint32_t> found;
  for (const NearQuery::Parent& parent : query.parents()) {
    candidates(parent, found);
    names += found.size();
  }
  return names;
}

std::vector<NearName> NearNames::near(const NearQuery& query) const {
  std::vector<NearName> all;
  if (ids_.empty()) {
    return all;
  }
  const DomainName& typed = query.typed();
  std::vector<std::uint32_t> found;
  found.reserve(usual_candidates);
  for (const NearQuery::Parent& typed_parent : query.parents()) {
    const DomainName& parent = typed_parent.name;
    candidates(typed_parent, found);
    for (const std::uint32_t index : found) {
      if (all.size() == most_near_names) {
        break;
      }
      const DomainName name = DomainName::kept(text_of(index));
      const std::optional<DomainSlip> slip = slip_between(parent, name, query.suffixes());
      if (!slip) {
        continue;
      }
      std::optional<DomainName> meant = with_end_replaced(typed, parent, name);
      const bool told = !meant || *meant == typed ||
                        std::any_of(all.begin(), all.end(), [&](const NearName& other) {
                          return other.meant == *meant || other.near == name;
                        });
      if (!told) {
        all.push_back({name, *std::move(meant), slip->kind, ids_[index], slip->shape});
        if (slip->shape.place == SlipPlace::subdomain) {
          all.back().shape.names_of_house = names_of_house(index);
        }
      }
    }
  }
  std::sort(all.begin(), all.end(), [](const NearName& a, const NearName& b) {
    return a.slip != b.slip ? a.slip < b.slip : a.near < b.near;
  });
  return all;
}

std::vector<NearName> NearNames::two_edits_away(const NearQuery& query) const {
  const DomainName& typed = query.typed();
  const PublicSuffixes& suffixes = query.suffixes();
  std::vector<NearName> all;
  for (const NearQuery::Parent& typed_parent : query.parents()) {
    const DomainName& parent = typed_parent.name;
    for (const std::uint32_t index : two_edits_.near(parent.text())) {
      if (all.size() == most_names_two_edits_away) {
        break;
      }
      const DomainName name = DomainName::kept(text_of(index));
      const std::optional<SlipShape> shape = shape_of_two_edits(parent, name, suffixes);
      std::optional<DomainName> meant = with_end_replaced(typed, parent, name);
      const bool told = std::any_of(all.begin(), all.end(), [&](const NearName& other) {
        return other.meant == meant || other.near == name;
      });
      if (shape && meant && !told) {
        all.push_back({name, *std::move(meant), SlipKind::several, ids_[index], *shape});
      }
    }
  }
  return all;
}

}  // namespace recipient_guard
