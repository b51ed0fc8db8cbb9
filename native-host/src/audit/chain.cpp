// SPDX-License-Identifier: MPL-2.0
#include "audit/chain.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <variant>

#include "document/json.hpp"
#include "document/time_text.hpp"
#include "system/digest.hpp"

namespace recipient_guard {
namespace {

constexpr std::string_view chain_start = ",\"chain\":{\"sequence\":";
constexpr std::string_view chain_middle = ",\"previous\":\"";
constexpr std::string_view chain_end = "\"}}";
constexpr std::size_t digest_digits = 64;
constexpr std::size_t max_name_octets = 32;

bool is_digest(std::string_view text) {
  return text.size() == digest_digits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failure == std::errc() && end == text.data() + text.size();
  return whole && std::to_string(number) == text ? std::optional(number) : std::nullopt;
}

/// Of a clock that is far off the nearest time that can be written.
std::string time_of_line(std::int64_t time) {
  return time_text(std::clamp<std::int64_t>(time, 0, latest_time));
}

std::optional<std::uint64_t> whole(const JsonValue& value, std::string_view name) {
  const JsonValue* const found = value.find(name);
  const std::int64_t* const number = found == nullptr ? nullptr : found->integer();
  return number != nullptr && *number >= 0 ? std::optional<std::uint64_t>(*number) : std::nullopt;
}

std::string text_at(const JsonValue& value, std::string_view name) {
  return text_of(value.find(name));
}

}  // namespace

std::string audit_line(std::int64_t time, std::string_view members, const AuditLink& link) {
  std::string line = "{\"@timestamp\":\"" + time_of_line(time) + "\",";
  line += members;
  line += chain_start;
  line += std::to_string(link.sequence);
  line += chain_middle;
  line += link.previous;
  line += chain_end;
  return line;
}

std::optional<AuditLink> link_of(std::string_view line) {
  const std::size_t tail = digest_digits + chain_end.size();
  if (line.size() < tail + chain_start.size() + chain_middle.size() || !line.ends_with(chain_end)) {
    return std::nullopt;
  }
  const std::string_view digest = line.substr(line.size() - tail, digest_digits);
  const std::string_view before = line.substr(0, line.size() - tail);
  const std::size_t start = before.rfind(chain_start);
  if (!is_digest(digest) || !before.ends_with(chain_middle) || start == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t number_at = start + chain_start.size();
  if (number_at + chain_middle.size() > before.size()) {
    return std::nullopt;
  }
  const auto number =
      number_of(before.substr(number_at, before.size() - chain_middle.size() - number_at));
  return number ? std::optional(AuditLink{*number, std::string(digest)}) : std::nullopt;
}

std::string head_text(const AuditHead& head) {
  std::string text = "{\"count\":" + std::to_string(head.count) + ",\"digest\":\"" + head.digest +
                     "\",\"file\":\"" + head.file + "\",\"octets\":" + std::to_string(head.octets) +
                     ",\"first\":" + std::to_string(head.first) + ",\"before\":\"" + head.before +
                     "\",\"policy\":\"" + head.policy + "\"";
  text += ",\"seal\":\"" + sha256_of(text) + "\"}";
  text.resize(head_octets - 1, ' ');
  return text + "\n";
}

std::optional<AuditHead> read_head(std::string_view text) {
  if (text.size() != head_octets) {
    return std::nullopt;
  }
  const auto read = read_json_without_places(text);
  const auto* const value = std::get_if<JsonValue>(&read);
  if (value == nullptr) {
    return std::nullopt;
  }
  const auto count = whole(*value, "count");
  const auto octets = whole(*value, "octets");
  const auto first = whole(*value, "first");
  if (!count || !octets || !first) {
    return std::nullopt;
  }
  AuditHead head{*count, text_at(*value, "digest"), text_at(*value, "file"),  *octets,
                 *first, text_at(*value, "before"), text_at(*value, "policy")};
  const bool good = is_digest(head.digest) && is_digest(head.before) &&
                    head.file.size() <= max_name_octets &&
                    (head.file.empty() || is_month_file(head.file)) &&
                    (head.policy.empty() || is_digest(head.policy)) && head_text(head) == text;
  return good ? std::optional(std::move(head)) : std::nullopt;
}

std::string month_file(std::int64_t time) {
  return "audit-" + time_of_line(time).substr(0, 7) + ".jsonl";
}

bool is_month_file(std::string_view name) {
  constexpr std::string_view shape = "audit-0000-00.jsonl";
  return name.size() == shape.size() &&
         std::equal(name.begin(), name.end(), shape.begin(), [](char c, char wanted) {
           return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
         });
}

std::int64_t end_of_month(std::string_view month_file) {
  int year = 0;
  unsigned month = 0;
  std::from_chars(month_file.data() + 6, month_file.data() + 10, year);
  std::from_chars(month_file.data() + 11, month_file.data() + 13, month);
  const std::chrono::year_month next =
      std::chrono::year_month(std::chrono::year(year), std::chrono::month(month)) +
      std::chrono::months(1);
  const std::chrono::sys_days day = next / std::chrono::day(1);
  return std::int64_t{day.time_since_epoch().count()} * seconds_a_day;
}

}  // namespace recipient_guard
