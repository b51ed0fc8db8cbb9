// SPDX-License-Identifier: MPL-2.0
// Endings of domains that people mistype for each other: the built-in table.
#pragma once

#include <span>
#include <string_view>

namespace recipient_guard {

/// `typed` stands where `meant` was meant. Both are runs of whole labels.
struct ConfusableSuffix {
  std::string_view meant;
  std::string_view typed;
  std::string_view reason;  ///< why the pair is in the table, one English phrase
  /// The typed ending is one of the world's great ones: the pair then needs a listed name, not only
  /// a listed ending (allow `com.au` must not question all of .com).
  bool needs_name = false;
  /// Where several pairs fit one typed ending, the likelier comes first: 0, 1, 2.
  int rank = 0;
};

/// In the order of the table: by the ending that was meant.
std::span<const ConfusableSuffix> confusable_suffixes();

}  // namespace recipient_guard
