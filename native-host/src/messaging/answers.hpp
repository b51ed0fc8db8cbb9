// SPDX-License-Identifier: MPL-2.0
// What a person answered to questioned recipients, what of it the verdict permits, and what is left
// of a judgement with these answers taken in: docs/PROTOCOL, "decision".
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "messaging/fields.hpp"
#include "people/facts.hpp"
#include "system/error.hpp"
#include "verdict/judgement.hpp"

namespace recipient_guard {

enum class ActionKind { right, change, remove, bcc };
std::string_view name_of(ActionKind kind);  ///< "right"

/// One answer. It names a recipient (by address, else by what is shown), or a message finding by
/// its code and, of code marking, the marking's name.
struct Action {
  ActionKind kind = ActionKind::right;
  std::string name;              ///< empty: of a message finding
  std::optional<Reason> reason;  ///< of a message finding
  std::string marking;
  std::string to;  ///< of change
  std::string typed_reason;
  TrustOffer trust = TrustOffer::none;
  bool trust_as_offered = false;  ///< `"trust": true`: whatever was offered
};

/// Reads `actions`; none where the member is left out.
std::vector<Action> read_actions(const Fields& request, Complaints& complaints);

/// What stood on one card: all findings of an address, whatever fields it stands in, with the
/// strictest override and the least trust; or one message finding, without a name.
struct Card : RecipientJudgement {
  std::vector<SettledQuestion> settles;  ///< for good, by "it is right"
  std::set<std::string> about;  ///< of a message finding: its recipients, as answers name them
};

/// All that was asked and answered under keys that take each other's place.
class Conversation {
 public:
  /// Remembers the cards of what is still open. A card of the same name as it was before is
  /// replaced.
  void asked(const Judgement& open);

  /// Whether the person may answer so: not_permitted says which action and why.
  Result<Done> permits(const std::vector<Action>& actions) const;

  /// Those of the permitted `actions` that say "it is right", with the cards they answer.
  std::vector<std::pair<Action, Card>> answered_right(const std::vector<Action>& actions) const;

  /// Takes the permitted `actions` in.
  void take_in(const std::vector<Action>& actions);

  /// `judgement` without the findings that were answered, verdicts worked out anew. An answer holds
  /// for no more than was asked: not for a stricter verdict, nor where by now the policy leaves no
  /// choice or wants a reason that was not typed, nor (of a message finding) for recipients who had
  /// no part in it.
  Judgement with_answers(Judgement judgement) const;

  /// How many cards are remembered.
  std::size_t size() const { return cards_.size(); }

 private:
  /// "It is right", and to what.
  struct Answer {
    Verdict verdict = Verdict::allow;
    bool reason_typed = false;
    std::set<std::string> about;
  };

  const Card* card_of(const Action& action) const;
  bool answered(const std::string& name, const Finding& finding, Override override,
                const std::set<std::string>& about) const;

  std::unordered_map<std::string, Card> cards_;
  std::unordered_map<std::string, std::map<Reason, Answer>> right_;  // by card
};

/// What these answers teach: questions settled, contacts trusted. not_permitted where by now the
/// policy, if there is one, does not let the person trust them.
Result<Facts> taught_by(const std::vector<std::pair<Action, Card>>& right, std::int64_t now,
                        const Policy* policy);

}  // namespace recipient_guard
