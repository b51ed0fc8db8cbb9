// SPDX-License-Identifier: MPL-2.0
// Lists of contacts' numbers by a text: by address, by local part, by a word of a name. Of the text
// only a hash of 64 bits is kept, so a list may hold a number of another text; whoever asks looks
// each find up. Inner part of this room.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace recipient_guard {

class NumberLists {
 public:
  using Number = std::uint32_t;
  static constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();

  /// Makes room for so many numbers at once.
  void reserve(std::size_t numbers) {
    firsts_.reserve(numbers);
    links_.reserve(numbers);
  }

  /// Behind the others of `text`; not where it stands there or the list has `most` already.
  void add(std::string_view text, Number number, std::size_t most = any_length) {
    const auto added = static_cast<Place>(links_.size());
    const auto [list, is_new] = firsts_.try_emplace(hash_of(text), added);
    if (!is_new) {
      Place last = list->second;
      std::size_t length = 1;
      for (; links_[last].number != number && links_[last].next != end; ++length) {
        last = links_[last].next;
      }
      if (links_[last].number == number || length >= most) {
        return;
      }
      links_[last].next = added;
    }
    links_.push_back({number, end});
  }

  /// The first of `text` for which is_it(number), in the order they were added.
  template <typename IsIt>
  std::optional<Number> find(std::string_view text, IsIt is_it) const {
    const auto list = firsts_.find(hash_of(text));
    for (Place at = list == firsts_.end() ? end : list->second; at != end; at = links_[at].next) {
      if (is_it(links_[at].number)) {
        return links_[at].number;
      }
    }
    return std::nullopt;
  }

  /// False: nothing was added to the list of `text`.
  bool contains(std::string_view text) const { return firsts_.contains(hash_of(text)); }
  bool empty() const { return firsts_.empty(); }

 private:
  using Place = std::uint32_t;  // in links_
  static constexpr Place end = std::numeric_limits<Place>::max();
  struct Link {
    Number number;
    Place next;
  };

  static std::uint64_t hash_of(std::string_view text) {
    return std::hash<std::string_view>()(text);
  }

  boost::unordered_flat_map<std::uint64_t, Place> firsts_;
  std::vector<Link> links_;
};

}  // namespace recipient_guard
