// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "address/public_suffix.hpp"
#include "organisation/policy_source.hpp"

/// A few checks of each kind; the real table belongs to verdict, which this room does not know.
inline recipient_guard::CheckVocabulary some_checks() {
  return {{"unreadable-address", true, {}, {}},
          {"lookalike-domain", false, {}, {}},
          {"posting", false, {}, {"lists"}},
          {"visible-crowd", false, {"limit"}, {}}};
}

inline std::shared_ptr<const recipient_guard::PublicSuffixes> suffixes() {
  static const auto list = std::make_shared<const recipient_guard::PublicSuffixes>();
  return list;
}

inline recipient_guard::PolicySource::Options options_for(
    const std::vector<std::filesystem::path>& places) {
  recipient_guard::PolicySource::Options options;
  options.places = places;
  options.vocabulary = some_checks();
  options.suffixes = suffixes();
  return options;
}

/// The first fault, without `folder` and a slash before it; "" where there is none.
inline std::string fault_of(const recipient_guard::PolicySource& source,
                            const std::filesystem::path& folder) {
  const auto error = source.error();
  if (!error) {
    return "";
  }
  const std::string prefix = folder.string() + "/";
  const std::string& text = error->text;
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}
