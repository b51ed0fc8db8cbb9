// SPDX-License-Identifier: MPL-2.0
#include "messaging/host_facts.hpp"

#include <memory>
#include <optional>
#include <string_view>

#include "document/count_text.hpp"
#include "messaging/json_writer.hpp"
#include "messaging/protocol.hpp"
#include "system/process.hpp"
#include "version.hpp"

namespace recipient_guard {
namespace {

// Errors of a policy may be many and long; an answer must fit a frame.
constexpr std::size_t max_told_errors = 20;

void text_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  text.empty() ? json.null() : json.value(text);
}

void policy_members(JsonWriter& json, const Policy* policy, const std::optional<Error>& error) {
  text_or_null(json, "organisation", policy == nullptr ? "" : policy->organisation);
  json.member("revision", policy == nullptr ? std::int64_t{0} : policy->revision);
  text_or_null(json, "digest", policy == nullptr ? "" : policy->digest);
  text_or_null(json, "mode", policy == nullptr ? "" : name_of(policy->mode));
  text_or_null(json, "error", error ? error->text : "");
}

void health(JsonWriter& json, const HostFacts& facts, const Policy* policy,
            const std::optional<Error>& error) {
  const std::string_view of_policy = policy == nullptr           ? "unavailable"
                                     : error                     ? "outdated"
                                     : policy->from_organisation ? "ok"
                                                                 : "none";
  const auto of_people = facts.people == nullptr ? std::nullopt : facts.people->error();
  const std::string_view of_audit = facts.audit == nullptr ? "none"
                                    : facts.audit->error() ? "unavailable"
                                                           : "ok";
  const std::string_view state = policy == nullptr                                 ? "failed"
                                 : error || of_people || of_audit == "unavailable" ? "impaired"
                                                                                   : "ok";
  json.key("health").begin_object().member("state", state).member("policy", of_policy);
  json.member("people", facts.people == nullptr ? "this-run" : of_people ? "unavailable" : "ok");
  if (of_people) {
    json.member("people_error", of_people->text);
  }
  json.member("audit", of_audit);
  if (of_audit == "unavailable") {
    json.member("audit_error", facts.audit->error()->text);
  }
  json.end_object();
}

void people_details(JsonWriter& json, const HostFacts& facts) {
  json.key("people").begin_object();
  if (facts.people == nullptr) {
    json.member("kept", "this-run").end_object();
    return;
  }
  const auto error = facts.people->error();
  json.member("kept", error ? "unavailable" : "store")
      .member("file", facts.people->file().string());
  text_or_null(json, "error", error ? error->text : "");
  json.key("remarks").begin_array();
  std::size_t told = 0;
  for (const auto& remark : facts.people->remarks()) {
    if (told++ < max_told_errors) {
      json.value(remark);
    }
  }
  json.end_array();
  const People::Sums sums = facts.people->read().people().sums();
  json.member("contacts", sums.contacts).member("trusted", sums.trusted);
  json.member("settled", sums.settled).end_object();
}

void audit_details(JsonWriter& json, const AuditRecord* audit) {
  json.key("audit").begin_object();
  if (audit == nullptr) {
    json.member("kept", "none").end_object();
    return;
  }
  json.member("kept", audit->error() ? "unavailable" : "record");
  json.member("folder", audit->folder().string());
  text_or_null(json, "error", audit->error() ? audit->error()->text : "");
  json.member("waiting", audit->waiting()).end_object();
}

void policy_details(JsonWriter& json, const HostFacts& facts, const Policy* policy,
                    const std::optional<Error>& error) {
  json.key("policy").begin_object();
  policy_members(json, policy, error);
  json.key("documents").begin_array();
  for (const auto& document : policy == nullptr ? std::vector<std::string>() : policy->documents) {
    json.value(document);
  }
  json.end_array().key("errors").begin_array();
  std::size_t told = 0;
  for (const auto& one : facts.policy.errors()) {
    if (told++ < max_told_errors) {
      json.value(one.text);
    }
  }
  json.end_array().key("remarks").begin_array();
  for (const auto& remark : facts.policy.remarks()) {
    if (told++ < 2 * max_told_errors) {
      json.value(remark);
    }
  }
  json.end_array().end_object();
}

void diagnosis_lines(JsonWriter& json, const Diagnosis* diagnosis) {
  if (diagnosis == nullptr) {
    return;
  }
  json.member("state", name_of(diagnosis->worst())).key("lines").begin_array();
  for (const DiagnosisLine& line : diagnosis->lines()) {
    json.begin_object().member("check", line.check).member("state", name_of(line.condition));
    json.member("text", line.text);
    text_or_null(json, "advice", line.advice);
    json.end_object();
  }
  json.end_array();
}

/// The members that status and doctor share.
void condition(JsonWriter& json, const HostFacts& facts) {
  const std::shared_ptr<const Policy> policy = facts.policy.policy();
  const std::optional<Error> error = facts.policy.error();
  health(json, facts, policy.get(), error);
  policy_details(json, facts, policy.get(), error);
  json.key("suffixes").begin_object().member("source", facts.suffixes.source());
  text_or_null(json, "date", facts.suffixes.date());
  json.end_object();
  people_details(json, facts);
  audit_details(json, facts.audit);
  diagnosis_lines(json, facts.diagnosis);
}

void counts(JsonWriter& json, const Counts& of) {
  json.key("counts").begin_object();
  json.member("requests", of.requests).member("refused", of.refused);
  json.member("checks", of.checks).member("allowed", of.allowed);
  json.member("warned", of.warned).member("blocked", of.blocked);
  json.member("decisions", of.decisions).member("sent", of.sent);
  json.member("mismatched", of.mismatched).member("unguarded", of.unguarded);
  json.end_object();
}

}  // namespace

std::string hello_json(const HostFacts& facts) {
  const std::shared_ptr<const Policy> policy = facts.policy.policy();
  const std::optional<Error> error = facts.policy.error();
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", program_version).member("protocol", protocol_version);
  json.key("policy").begin_object();
  policy_members(json, policy.get(), error);
  json.end_object();
  health(json, facts, policy.get(), error);
  json.member("replaced", facts.replaced).end_object();
  return out;
}

std::string status_json(const HostFacts& facts) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", program_version).member("protocol", protocol_version);
  json.member("pid", process_number()).member("uptime", facts.uptime_seconds);
  json.member("replaced", facts.replaced);
  condition(json, facts);
  json.member("remembered", facts.remembered_checks);
  counts(json, facts.counts);
  json.end_object();
  return out;
}

std::string doctor_json(const HostFacts& facts) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", program_version).member("protocol", protocol_version);
  condition(json, facts);
  json.end_object();
  return out;
}

RecordCondition condition_of(const AuditRecord* record) {
  if (record == nullptr) {
    return {};
  }
  const std::string waiting =
      record->waiting() == 0
          ? ""
          : "; " + count_text(record->waiting(), "line waits", "lines wait") + " to be written";
  return {record->folder(),
          record->error(),
          {},
          count_text(record->head().count, "line", "lines") + waiting};
}

}  // namespace recipient_guard
