// SPDX-License-Identifier: MPL-2.0
// What the judge answers: docs/PROTOCOL, "Verdict", as plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lookalike/keyboards.hpp"
#include "lookalike/slip.hpp"
#include "organisation/policy.hpp"
#include "verdict/message.hpp"
#include "verdict/reason.hpp"

namespace recipient_guard {

struct Finding {
  Reason reason = Reason::unreadable_address;
  Verdict verdict = Verdict::warn;
  /// Findings merged behind this one because they propose the same address, or explain the domain
  /// far worse: an "it is right" to this one settles them too.
  std::vector<Reason> merged;
  std::vector<std::string> meant;  ///< whole addresses, likeliest first; two or three are a tie
  std::string near;                ///< the name it is near to, empty if none
  std::optional<SlipKind> slip;
  std::string rule;                     ///< "policy.d/10-defence.json:9", empty if none
  std::string marking;                  ///< of reason marking: its name
  std::vector<std::size_t> recipients;  ///< of a message finding: by index
  Override override = Override::none;   ///< of a message finding
  std::string detail;                   ///< of unreadable_address: the fault's name
};

/// What the user may add to the trusted contacts.
enum class TrustOffer { none, address, domain };

struct RecipientJudgement {
  std::size_t index = 0;
  Field field = Field::to;
  std::string address;  ///< local part as typed, domain as A-label; empty if unreadable
  /// Where it is not shown as `address`: with the domain in Unicode; or the text, escaped; or the
  /// list's name.
  std::string shown_otherwise;
  Verdict verdict = Verdict::allow;
  std::vector<Finding> findings;  ///< strictest first, then in the order of the table
  Override override = Override::none;
  TrustOffer trust = TrustOffer::none;

  const std::string& shown() const { return shown_otherwise.empty() ? address : shown_otherwise; }
};

/// What "it is right" to `reason` on this recipient is about, for People::settle(): the domain for
/// a domain's finding, else the address in the form in which all its spellings are equal, or the
/// list or group by what is shown.
std::string settled_subject(Reason reason, const RecipientJudgement& recipient);

/// What lets the person send all the same, by verdict.
struct Overrides {
  Override warn = Override::none;
  Override block = Override::none;
};

/// Of a recipient, or of one of its findings, that is of `verdict` while `findings` stand: an
/// address that cannot be read never has one.
Override override_of(Verdict verdict, const std::vector<Finding>& findings,
                     const Overrides& overrides);

/// A term of a score: what it stands for ("kind", "length" ..), and its weight in log-odds.
struct Weight {
  std::string_view name;  ///< of a constant in weights.hpp, lives for ever
  double value = 0;
  std::optional<std::size_t> row;  ///< where it is a table of them
};

/// One piece of evidence and its weight, also of what stayed below the threshold (--trace).
struct Evidence {
  std::size_t recipient = 0;
  Reason reason = Reason::lookalike_domain;
  double score = 0;      ///< log-odds
  double threshold = 0;  ///< log-odds
  std::string near;
  std::string cleared_by;  ///< "A", "D", "T", "K", "S", or empty
  std::optional<SlipKind> slip;
  std::string meant;            ///< the address that this evidence speaks for, empty if none
  std::vector<Weight> weights;  ///< their sum is `score`
};

struct Judgement {
  Verdict verdict = Verdict::allow;  ///< the strictest of all
  std::vector<RecipientJudgement> recipients;
  std::vector<Finding> findings;            ///< of the message as a whole
  std::map<std::string, std::string> help;  ///< of the policy, by language, where it blocks
  Overrides overrides;                      ///< of the policy
  bool watch = false;  ///< the policy only watches: verdicts above are what would have been
  std::vector<Evidence> evidence;  ///< filled where a trace was asked for
  KeyboardLayouts keyboards;       ///< whose neighbouring keys counted, likewise

  /// The message may leave: nothing is asked, or the policy only watches.
  bool lets_go() const { return watch || verdict == Verdict::allow; }
};

}  // namespace recipient_guard
