// SPDX-License-Identifier: MPL-2.0
// What the checks look at: gathered once a message and once a recipient, then only read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "address/reader.hpp"
#include "lookalike/near_names.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {

/// Of the message as a whole.
struct MessageFacts {
  const Message& message;
  const Snapshots& snapshots;  ///< the policy here is the one that judges this message
  std::optional<Mailbox> from;
  /// The domain of From where it is "us": `own` is empty, and it is no mail provider's.
  std::optional<DomainName> inside;
  std::unordered_set<std::string> thread_domains;  ///< who took part in what is answered
  /// Who stands in To, Cc and Bcc and can be read; empty where they are too many to say anything
  /// of each other, or fewer than two. Of the readings.
  std::vector<const Mailbox*> written_to;

  const Policy& policy() const { return snapshots.policy; }
  /// Covered by `own`, or at the domain of From where that is "us".
  bool is_inside(const Mailbox& mailbox) const;
  /// Somebody of written_to has this key().
  bool is_written_to(const std::string& key) const;
};

/// What speaks for a mailbox, typed or meant.
struct Standing {
  std::optional<ListedRule> rule;  ///< the organisation's most specific one
  bool rule_is_suffix = false;     ///< it names a bare public suffix
  std::optional<ListedRule> protect;
  bool protect_is_suffix = false;
  const WellKnownDomain* built_in = nullptr;  ///< where the built-in list is in force
  bool inside = false;                        ///< MessageFacts::is_inside()
  bool inside_by_suffix = false;              ///< by an entry of `own` that is a bare public suffix
  bool trusted = false;                       ///< address or domain, as far as personal_trust goes
  bool known = false;                         ///< this very address (K)
  bool domain_known = false;                  ///< somebody at this very domain is known or trusted

  bool blocked() const { return rule && rule->kind == RuleKind::block; }
  bool allowed() const { return rule && rule->kind != RuleKind::block; }
  bool address_listed() const { return allowed() && rule->names_address(); }
  bool inside_by_name() const { return inside && !inside_by_suffix; }
  /// Own, allowed or protected by an entry that is no public suffix.
  bool named_by_organisation() const {
    return inside_by_name() || (allowed() && !rule_is_suffix) || (protect && !protect_is_suffix);
  }
  /// .. and nothing more specific blocks it.
  bool vouched_for() const { return named_by_organisation() && !blocked(); }
  /// Covered by own, allow, protect or the built-in list, or trusted or known.
  bool means_something() const {
    return inside || allowed() || protect || built_in != nullptr || trusted || domain_known;
  }
  /// Names of the organisation itself, and those of the built-in list, count as far better known
  /// than one merely written to, or kept in an address book; two below one ending that is its own
  /// (`mil`) are alike in that.
  bool better_by_list_than(const Standing& typed) const {
    return (inside && !(inside_by_suffix && typed.inside)) || (protect && !protect_is_suffix) ||
           built_in != nullptr;
  }
  /// By more than a bare public suffix.
  bool named() const {
    return named_by_organisation() || built_in != nullptr || trusted || domain_known;
  }
};

Standing standing_of(const Mailbox& mailbox, const MessageFacts& facts);

/// A mailbox that may have been meant, and the weight of the evidence for it.
struct Candidate {
  Mailbox meant;
  DomainName near;
  SlipKind slip;
  Standing standing;  ///< of `meant`
  std::vector<Weight> weights{};
  double score = 0;  ///< their sum
  /// Of a confusable pair in the policy.
  const ConfusablePair* pair = nullptr;
  /// The user knows or trusts the typed name as well: no slip, but no excuse where it is a block.
  bool both_known = false;

  void weigh(std::string_view name, double value) { add({name, value, std::nullopt}); }
  /// The term of a table by so many characters; what is longer counts as the last.
  template <std::size_t n>
  void weigh(std::string_view name, const double (&table)[n], std::size_t characters) {
    const std::size_t row = characters < n ? characters : n - 1;
    add({name, table[row], row});
  }

 private:
  void add(Weight weight) {
    constexpr std::size_t usual = 12;
    if (weights.empty()) {
      weights.reserve(usual);
    }
    score += weight.value;
    weights.push_back(weight);
  }
};

/// Of one recipient. `recipient` and `reading` outlive it.
struct RecipientFacts {
  const MessageFacts& message;
  const Recipient& recipient;
  const Reading* reading = nullptr;   ///< null of a list or group
  const ReadMailbox* read = nullptr;  ///< null where it could not be read, or is a list
  const Unreadable* unreadable = nullptr;
  std::optional<ListedRule> verbatim_rule{};  ///< of an address that cannot be read
  Standing standing{};                        ///< of read->mailbox
  // What may have been meant, the likeliest first; see NearSearch.
  std::vector<Candidate> near{};          ///< names near the domain
  std::vector<Candidate> other_ending{};  ///< the domain with another ending
  std::vector<Candidate> near_people{};   ///< people at the domain, near the local part
  std::string shown_otherwise{};          ///< as in the RecipientJudgement

  const Policy& policy() const { return message.policy(); }
  /// The entry that names this recipient, also one that cannot be read, whole.
  std::optional<ListedRule> named_in(const EntrySet& entries) const {
    return reading == nullptr ? std::nullopt : entries.covering(*reading);
  }
  bool only_of_address() const { return recipient.field == Field::reply_to; }
};

/// When near names are looked for. An entry that names the very address clears whatever they tell
/// (A), so only who wants to see it searches `always`.
enum class NearSearch { where_it_may_stand, always };

/// Precondition: `readings` are of the recipients, in their order, and outlive the facts.
MessageFacts facts_of(const Message& message, const std::vector<Reading>& readings,
                      const Snapshots& snapshots);

/// Precondition: `reading` is of `recipient`, and not an empty group.
RecipientFacts facts_of(const Recipient& recipient, const Reading& reading,
                        const MessageFacts& message, NearSearch search);
/// Of a list whose members cannot be seen.
RecipientFacts facts_of_list(const Recipient& recipient, const MessageFacts& message);

/// near_search.cpp: names one slip away, in every index, weighed; the likeliest first.
std::vector<Candidate> near_candidates(const RecipientFacts& facts);
/// near_people.cpp: those known, trusted or listed by address whose local part is one slip away.
std::vector<Candidate> near_people(const RecipientFacts& facts);
/// ending_search.cpp: what the ending may have stood for, weighed; the likeliest first.
std::vector<Candidate> ending_candidates(const RecipientFacts& facts);

/// Those of equal score stay in their order.
void sort_likeliest_first(std::vector<Candidate>& candidates);

/// The typed domain is a name of the built-in list, the very name and not what lies below it.
bool is_built_in_name(const RecipientFacts& facts);

/// Both names are the organisation's, trusted or known, and neither far better known than the
/// other: never each other's slip. By the organisation's own entries that ends it; by what the user
/// trusts or knows it ends what is warn.
enum class EqualTerms { no, by_user, by_organisation };
EqualTerms equal_terms(const RecipientFacts& facts, const Candidate& candidate);

/// `b` is far better known to the user than `a`, by messages to the address or to the domain.
bool far_better_known(const Mailbox& b, const Mailbox& a, const People& people);

}  // namespace recipient_guard
