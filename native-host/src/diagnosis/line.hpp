// SPDX-License-Identifier: MPL-2.0
// What doctor says: a line for each thing looked at.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recipient_guard {

enum class Condition { ok, warn, fail };

/// "ok", "warn", "fail".
std::string_view name_of(Condition condition);

struct DiagnosisLine {
  std::string_view check;  ///< its name, append-only: docs/PROTOCOL, "Diagnosis"
  Condition condition = Condition::ok;
  std::string text;    ///< what was found, and where
  std::string advice;  ///< what to do; empty where nothing is to be done
};

/// Lines in the order in which a person would look.
class Diagnosis {
 public:
  void ok(std::string_view check, std::string text) {
    lines_.push_back({check, Condition::ok, std::move(text), {}});
  }
  void warn(std::string_view check, std::string text, std::string advice) {
    lines_.push_back({check, Condition::warn, std::move(text), std::move(advice)});
  }
  void fail(std::string_view check, std::string text, std::string advice) {
    lines_.push_back({check, Condition::fail, std::move(text), std::move(advice)});
  }
  void say(std::string_view check, Condition condition, std::string text, std::string advice) {
    lines_.push_back({check, condition, std::move(text), std::move(advice)});
  }

  const std::vector<DiagnosisLine>& lines() const { return lines_; }

  /// The worst of all lines.
  Condition worst() const;

 private:
  std::vector<DiagnosisLine> lines_;
};

}  // namespace recipient_guard
