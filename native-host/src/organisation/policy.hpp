// SPDX-License-Identifier: MPL-2.0
// The organisation's policy as the judge sees it: an immutable snapshot of plain values.
// How it came from JSON documents is policy_folder.hpp's business.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lookalike/near_addresses.hpp"
#include "lookalike/near_names.hpp"
#include "organisation/rules.hpp"

namespace recipient_guard {

enum class PolicyMode { enforce, watch };
enum class PolicyVerdict { off, allow, warn, block };  ///< `off` for checks and pairs only
enum class KnownContacts { ignore, allow };
enum class PersonalTrust { none, addresses, domains };
enum class Override { none, click, reason };

/// The word for it in a document: "watch", "block", "addresses" ..
std::string_view name_of(PolicyMode mode);
std::string_view name_of(PolicyVerdict verdict);
std::string_view name_of(KnownContacts known);
std::string_view name_of(PersonalTrust trust);
std::string_view name_of(Override override);

/// `checks`: a verdict, and the limits that the check takes (visible-crowd: "limit"), each with
/// where the check stands in the document that last set it.
struct CheckSetting {
  struct Number {
    std::int64_t value = 0;
    SourcePlace source;
  };
  std::optional<PolicyVerdict> verdict;     ///< left out: the table's default
  SourcePlace source;                       ///< of the verdict
  std::map<std::string, Number> numbers;    ///< "limit"
  std::map<std::string, EntrySet> entries;  ///< posting: "lists"
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
  std::optional<PolicyVerdict> otherwise;  ///< left out: warn
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
std::string_view name_of(AuditSettings::Record record);
std::string_view name_of(AuditSettings::Addresses addresses);

/// Whose entry makes a name one to look near to.
enum class NearList { own, allow, protect };
struct NearRule {
  NearList list = NearList::allow;
  Rule rule;
};

/// A value; safe to read from several threads.
struct Policy {
  bool from_organisation = false;      ///< false: no document was found, these are the defaults
  std::vector<std::string> documents;  ///< as shown in `rule`: "policy.d/10-defence.json"
  /// SHA-256, hex, over what `sha256sum` prints of all documents and list files in their order (of
  /// each "DIGEST  NAME" and LF; a list file's name as the document gives it); empty if there is
  /// none.
  std::string digest;

  std::string organisation;
  std::int64_t revision = 0;
  PolicyMode mode = PolicyMode::enforce;
  EntrySet senders;
  EntrySet rules;  ///< own, allow, block and their files: the most specific decides
  EntrySet own;    ///< own alone: who is inside
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

  /// Where a key was last set, by its dotted name: "strangers", "override.warn", "audit.record",
  /// "mode" .. Lists and the members of `checks`, `markings` and `confusable` have their own.
  std::map<std::string, SourcePlace, std::less<>> set_at;

  /// The names that a slip may have been meant for: every domain of own, allow and protect, also of
  /// their addresses; each name once. The id of a name is for near_rule().
  NearNames near_names;
  /// The addresses of own, allow and protect: a slip may have been meant for one of them.
  NearAddresses near_addresses;

  /// The entry behind an id of near_names: the first listed by own or allow, else by protect; an
  /// entry that names the domain before one that names an address there (entry.names_address()).
  NearRule near_rule(std::uint32_t id) const;

  /// `policy.d/10-defence.json:9`; of a document given by name alone `10-defence.json:9`.
  std::string shown(SourcePlace source) const;
  /// Where `key` of set_at was set, shown; empty where no document sets it.
  std::string shown(std::string_view key) const;
};

/// Fills near_names and near_addresses from rules and protect; whoever makes a Policy by hand calls
/// it last. An entry that an equally specific block entry overrules is left out.
void fill_near_names(Policy& policy, const PublicSuffixes& suffixes);

}  // namespace recipient_guard
