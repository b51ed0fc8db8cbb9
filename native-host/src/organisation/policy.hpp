// SPDX-License-Identifier: MPL-2.0
// The organisation's policy as the judge sees it: an immutable snapshot of plain values.
// How it came from JSON documents is policy_folder.hpp's business.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lookalike/near_names.hpp"
#include "organisation/rules.hpp"

namespace recipient_guard {

enum class PolicyMode { enforce, watch };
enum class PolicyVerdict { off, allow, warn, block };  ///< `off` for checks and pairs only
enum class KnownContacts { ignore, allow };
enum class PersonalTrust { none, addresses, domains };
enum class Override { none, click, reason };

/// `checks`: a verdict, and the limits that the check takes (visible-crowd: "limit").
struct CheckSetting {
  std::optional<PolicyVerdict> verdict;           ///< left out: the table's default
  std::map<std::string, std::int64_t> numbers;    ///< "limit"
  std::map<std::string, EntrySet> entries;        ///< posting: "lists"
  SourcePlace source;
};

/// A pair of suffixes that people mistype for each other.
struct ConfusablePair {
  DomainName meant;
  DomainName typed;
  std::optional<PolicyVerdict> verdict;  ///< left out: as checks.confusable-suffix says
  std::optional<SourcePlace> source;
};

struct Marking {
  std::string name;
  bool in_subject = false;
  bool in_attachments = false;
  std::vector<std::string> words;
  EntrySet only;
  PolicyVerdict otherwise = PolicyVerdict::warn;
  SourcePlace source;
};

struct AuditSettings {
  enum class Record { none, questioned, all };
  enum class Addresses { full, domain };
  Record record = Record::questioned;
  EntrySet always;
  Addresses addresses = Addresses::full;
  std::int64_t keep_days = 90;
  bool syslog = false;
};

struct Policy {
  bool from_organisation = false;      ///< false: no document was found, these are the defaults
  std::vector<std::string> documents;  ///< as shown in `rule`: "policy.d/10-defence.json"
  std::string digest;                  ///< SHA-256 over all documents and list files, hex; empty if none

  std::string organisation;
  std::int64_t revision = 0;
  PolicyMode mode = PolicyMode::enforce;
  EntrySet senders;
  EntrySet rules;    ///< own, allow, block and their files: the most specific decides
  EntrySet own;      ///< own alone: who is inside
  EntrySet ask;
  EntrySet protect;
  bool builtin_protect = true;
  std::vector<ConfusablePair> confusable;
  PolicyVerdict strangers = PolicyVerdict::allow;
  KnownContacts known = KnownContacts::ignore;
  std::map<std::string, CheckSetting, std::less<>> checks;  ///< by reason code
  std::vector<Marking> markings;
  PersonalTrust personal_trust = PersonalTrust::addresses;
  Override override_warn = Override::click;
  Override override_block = Override::none;
  std::map<std::string, std::string> help;  ///< language -> text
  bool history_learn = true;
  std::int64_t history_keep_days = 365;
  AuditSettings audit;

  /// The names that a slip may have been meant for: every domain of own, allow and protect (also of
  /// their addresses), with the index of the rule.
  NearNames near_names;

  /// `policy.d/10-defence.json:9`
  std::string shown(SourcePlace source) const;
};

}  // namespace recipient_guard
