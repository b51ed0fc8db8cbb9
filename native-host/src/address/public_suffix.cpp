// SPDX-License-Identifier: MPL-2.0
#include "address/public_suffix.hpp"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "address/suffix_rules.hpp"

namespace recipient_guard {
namespace {

using ListPointer = std::unique_ptr<psl_ctx_t, decltype(&psl_free)>;

using Seconds = std::chrono::sys_seconds;

constexpr Seconds unknown_time{};

// Debian's packages keep the list's own time as the time of its file.
Seconds time_of(const std::string& path) {
  std::error_code failure;
  const auto written = std::filesystem::last_write_time(path, failure);
  if (failure) {
    return unknown_time;
  }
  return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(written));
}

std::string day_of(Seconds time) {
  if (time == unknown_time) {
    return {};
  }
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  std::array<char, 32> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                    static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

constexpr const char* list_in_text = "/usr/share/publicsuffix/public_suffix_list.dat";
constexpr std::size_t max_list_octets = 4U << 20U;  // twenty times what it has

std::string content_of(const char* path) {
  std::string text;
  std::error_code failure;
  if (const auto size = std::filesystem::file_size(path, failure);
      failure || size > max_list_octets) {
    return text;
  }
  std::ifstream file(path, std::ios::binary);
  text.assign(std::istreambuf_iterator<char>(file), {});
  return text;
}

std::vector<std::string> system_lists() {
  std::vector<std::string> paths;
  // The compiled form first: it is read at once, the text is parsed for some milliseconds.
  paths.emplace_back("/usr/share/publicsuffix/public_suffix_list.dafsa");
  paths.emplace_back(list_in_text);
  if (const char* path = psl_dist_filename(); path != nullptr && *path != '\0') {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      paths.emplace_back(path);
    }
  }
  return paths;
}

// A file cut short is no list: what stands at its begin and at its end tells.
bool is_whole(const psl_ctx_t& list) {
  constexpr int sections = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
  return psl_is_public_suffix2(&list, "com", sections) == 1 &&
         psl_is_public_suffix2(&list, "uk", sections) == 1 &&
         psl_is_public_suffix2(&list, "zw", sections) == 1;
}

// A private section may name a part of a public body (homeoffice.gov.uk), which then would be
// nobody's registrable name although people write to it.
bool is_public_body(std::string_view suffix) {
  const std::string_view first = suffix.substr(0, suffix.find('.'));
  static constexpr std::array<std::string_view, 7> bodies = {"gov",  "mil", "gob",   "gouv",
                                                             "govt", "nhs", "police"};
  return std::find(bodies.begin(), bodies.end(), first) != bodies.end();
}

}  // namespace

struct PublicSuffixes::Impl {
  ListPointer loaded{nullptr, &psl_free};
  SuffixRules rules;  // of the same list; empty: libpsl is asked

  const psl_ctx_t* list() const { return loaded ? loaded.get() : psl_builtin(); }

  // The number of octets of the suffix at the end of `name` under the given sections.
  std::size_t length_by_library(const std::string& name, int sections) const {
    // From the longest candidate down: the first that is a suffix is it. Exceptions (`!x`) are
    // answered by the library for each candidate.
    for (std::size_t begin = 0;;) {
      if (psl_is_public_suffix2(list(), name.c_str() + begin, sections) == 1) {
        return name.size() - begin;
      }
      const std::size_t dot = name.find('.', begin);
      if (dot == std::string::npos) {
        return name.size() - begin;
      }
      begin = dot + 1;
    }
  }

  SuffixRules::Sizes sizes_by_library(const std::string& name) const {
    return {length_by_library(name, PSL_TYPE_ICANN), length_by_library(name, PSL_TYPE_ANY)};
  }

  std::size_t suffix_length(std::string_view name) const {
    const auto [icann, any] =
        rules.empty() ? sizes_by_library(std::string(name)) : rules.suffix_sizes(name);
    return icann >= any || is_public_body(name.substr(name.size() - icann)) ? icann : any;
  }
};

PublicSuffixes::PublicSuffixes(SuffixLookup lookup)
    : impl_(std::make_unique<Impl>()), source_("built in") {
  Seconds newest = unknown_time;
  if (psl_builtin() != nullptr) {
    newest = Seconds(std::chrono::seconds(psl_builtin_file_time()));
  }
  // The text, where none is newer: its rules make a table that answers at once.
  // Of one day they are one list: the compiled forms are made of the text, some seconds later.
  const Seconds text_time = time_of(list_in_text);
  const auto lists = system_lists();
  const auto is_newer = [&](Seconds time) {
    return std::chrono::floor<std::chrono::days>(time) >
           std::chrono::floor<std::chrono::days>(text_time);
  };
  const bool text_is_newest =
      text_time != unknown_time && !is_newer(newest) &&
      std::none_of(lists.begin(), lists.end(),
                   [&](const std::string& path) { return is_newer(time_of(path)); });
  if (lookup == SuffixLookup::table && text_is_newest &&
      impl_->rules.read(content_of(list_in_text))) {
    source_ = list_in_text;
    date_ = day_of(text_time);
    return;
  }
  for (const std::string& path : lists) {
    const Seconds time = time_of(path);
    if (time == unknown_time || time <= newest) {
      continue;
    }
    ListPointer list(psl_load_file(path.c_str()), &psl_free);
    if (!list || !is_whole(*list)) {
      continue;
    }
    impl_->loaded = std::move(list);
    source_ = path;
    newest = time;
  }
  date_ = day_of(newest);
}

PublicSuffixes::~PublicSuffixes() = default;

std::string_view PublicSuffixes::suffix_of(const DomainName& name) const {
  const std::string_view text = name.text();
  return text.substr(text.size() - impl_->suffix_length(name.text()));
}

std::optional<std::string_view> PublicSuffixes::registrable_of(std::string_view name) const {
  const std::size_t suffix = impl_->suffix_length(name);
  if (suffix >= name.size()) {
    return std::nullopt;
  }
  const std::size_t dot_before_suffix = name.size() - suffix - 1;
  const std::size_t dot = name.substr(0, dot_before_suffix).rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool PublicSuffixes::is_public_suffix(const DomainName& name) const {
  return impl_->suffix_length(name.text()) == name.text().size();
}

bool PublicSuffixes::top_level_exists(const DomainName& name) const {
  // The end of the text, so that it ends with its NUL.
  const std::string_view top = std::string_view(name.text()).substr(name.text().rfind('.') + 1);
  if (!impl_->rules.empty()) {
    return impl_->rules.top_level_exists(top);
  }
  constexpr int sections = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
  if (psl_is_public_suffix2(impl_->list(), top.data(), sections) == 1) {
    return true;
  }
  // ck, er, jm, kh, mm, np stand only as `*.ck`: any name below them tells.
  // za has named rules alone (co.za ..).
  const auto is_rule = [&](const char* label) {
    return psl_is_public_suffix2(impl_->list(), std::string(label).append(top).c_str(), sections) ==
           1;
  };
  return is_rule("recipient-guard.") || is_rule("co.");
}

}  // namespace recipient_guard
