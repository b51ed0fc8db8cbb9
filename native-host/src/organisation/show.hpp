// SPDX-License-Identifier: MPL-2.0
// Every value of a policy as it holds, in words, and where it comes from.
#pragma once

#include <string>
#include <vector>

#include "organisation/check_vocabulary.hpp"
#include "organisation/policy.hpp"

namespace recipient_guard {

struct ShownValue {
  std::string key;    ///< "strangers", "audit.keep_days", "allow", "markings.SECRET.words"
  std::string value;  ///< "warn"; of an entry its text
  std::string at;     ///< `policy.d/10-defence.json:9`; empty: left out, so the default
};

/// In the order of docs/POLICY. A list has a row an entry; an empty list one row without a value.
std::vector<ShownValue> shown_values(const Policy& policy, const CheckVocabulary& vocabulary);

}  // namespace recipient_guard
