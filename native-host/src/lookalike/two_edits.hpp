// SPDX-License-Identifier: MPL-2.0
// Names two edits away, where that still says something: long names, and few of them.
//
// With a million names everything is two edits from something, so a list says nothing by it; with
// a few thousand a long name is hit by chance about never. So few can be looked at one by one: a
// signature of their letters passes over all but some in a thousand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recipient_guard {

/// Two edits or fewer (Damerau's four: out, in, replaced, swapped with its neighbour; no place
/// edited twice) make one text of octets of the other.
bool is_within_two_edits(std::string_view typed, std::string_view meant);
/// The same, and one does not suffice.
bool is_two_edits(std::string_view typed, std::string_view meant);

/// Filled once, then only read, by any number of threads.
class TwoEditNames {
 public:
  /// One name more and there are too many: nothing is found from then on.
  static constexpr std::size_t most_names = 4096;
  /// Characters of the label that was registered.
  static constexpr std::size_t shortest_name = 5;

  /// `name` in A-labels, `index` the caller's own. A name too short is passed over, but counts.
  void add(std::string_view name, std::size_t registered_label, std::uint32_t index);

  /// The caller's numbers of all names two edits from `typed`, in the order they came.
  std::vector<std::uint32_t> near(std::string_view typed) const;

 private:
  struct Row {
    std::uint64_t letters;  ///< how many of each: a bit for the first, another for more
    std::uint32_t begin;
    std::uint32_t index;
  };
  static std::uint64_t letters_of(std::string_view name);

  std::size_t added_ = 0;
  std::string texts_;
  std::vector<std::vector<Row>> by_size_;  // characters of the name
};

}  // namespace recipient_guard
