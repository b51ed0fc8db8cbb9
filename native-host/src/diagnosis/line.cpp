// SPDX-License-Identifier: MPL-2.0
#include "diagnosis/line.hpp"

#include <algorithm>

namespace recipient_guard {

std::string_view name_of(Condition condition) {
  switch (condition) {
    case Condition::ok:
      return "ok";
    case Condition::warn:
      return "warn";
    case Condition::fail:
      return "fail";
  }
  return "";
}

Condition Diagnosis::worst() const {
  Condition worst = Condition::ok;
  for (const DiagnosisLine& line : lines_) {
    worst = std::max(worst, line.condition);
  }
  return worst;
}

}  // namespace recipient_guard
