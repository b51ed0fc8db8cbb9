// SPDX-License-Identifier: MPL-2.0
#include "messaging/answers.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "address/characters.hpp"
#include "address/reader.hpp"
#include "messaging/verdict_writer.hpp"
#include "organisation/quoting.hpp"
#include "verdict/learn.hpp"
#include "verdict/trust_permit.hpp"

namespace recipient_guard {
namespace {

// More cards than this in one conversation are nobody's work at a compose window.
constexpr std::size_t max_cards = 20'000;

// A recipient's card is named by the recipient; the NUL keeps those of message findings apart.
std::string card_name(Reason reason, const std::string& marking) {
  return '\0' + std::string(name_of(reason)) + '\0' + marking;
}

std::string card_name(const Action& action) {
  return action.reason ? card_name(*action.reason, action.marking) : name_in_answers(action.name);
}

int strictness(Override override) {
  return override == Override::click ? 0 : override == Override::reason ? 1 : 2;
}

constexpr std::array<std::string_view, 4> action_names{"right", "change", "remove", "bcc"};

std::optional<ActionKind> action_kind_of(std::string_view name) {
  const auto* const at = std::ranges::find(action_names, name);
  return at == action_names.end()
             ? std::nullopt
             : std::optional(static_cast<ActionKind>(at - action_names.begin()));
}

void read_trust(const JsonValue& value, const Fields& fields, Action& action) {
  const JsonValue* trust = value.find("trust");
  if (trust == nullptr || trust->is_null()) {
    return;
  }
  if (const bool* truth = trust->boolean()) {
    action.trust_as_offered = *truth;
  } else if (trust->text() != nullptr && *trust->text() == "address") {
    action.trust = TrustOffer::address;
  } else if (trust->text() != nullptr && *trust->text() == "domain") {
    action.trust = TrustOffer::domain;
  } else if (trust->text() == nullptr || *trust->text() != "none") {
    fields.complain("trust", "true, false, or one of none, address, domain is needed here");
  }
  const bool wanted = action.trust_as_offered || action.trust != TrustOffer::none;
  if (wanted && action.kind != ActionKind::right) {
    fields.complain("trust", "goes with the action right only");
  }
}

std::string optional_text(const Fields& fields, std::string_view name) {
  const std::string* text = fields.text(name);
  return text == nullptr ? std::string() : *text;
}

Action read_action(JsonValue& value, Way way, Complaints& complaints) {
  const Fields fields(value, way, complaints);
  Action action;
  const std::string kind = fields.needed_text("action");
  if (const auto known = action_kind_of(kind)) {
    action.kind = *known;
  } else {
    fields.complain("action", in_quotes(kind) + " is none of right, change, remove, bcc");
  }
  action.name = optional_text(fields, "address");
  if (const std::string* code = fields.text("code")) {
    action.reason = reason_of(*code);
    if (!action.reason) {
      fields.complain("code", in_quotes(*code) + " is no reason code");
    }
  }
  if (action.name.empty() == !action.reason) {
    fields.complain("address", "an action names either an address or a code");
  }
  action.marking = optional_text(fields, "marking");
  action.to = optional_text(fields, "to");
  action.typed_reason = optional_text(fields, "reason");
  if (action.kind == ActionKind::change && shows_nothing(action.to)) {
    fields.complain("to", "is missing; the address that was changed to is needed here");
  }
  if (action.kind == ActionKind::bcc && action.reason != Reason::visible_crowd) {
    fields.complain("action", "bcc answers the code visible-crowd only");
  }
  read_trust(value, fields, action);
  return action;
}

Verdict strictest(const std::vector<Finding>& findings) {
  Verdict verdict = Verdict::allow;
  for (const auto& finding : findings) {
    verdict = std::max(verdict, finding.verdict);
  }
  return verdict;
}

std::set<std::string> recipients_of(const Finding& finding, const Judgement& judgement) {
  std::set<std::string> names;
  for (const std::size_t index : finding.recipients) {
    names.insert(name_in_answers(judgement.recipients[index]));
  }
  return names;
}

Card message_card(const Finding& finding, const Judgement& judgement) {
  Card card;
  card.findings = {finding};
  card.override = finding.override;
  card.about = recipients_of(finding, judgement);
  return card;
}

std::optional<TrustEntry> trusted_by(const Action& action, const Card& card) {
  const TrustOffer offer = action.trust_as_offered ? card.trust : action.trust;
  const auto mailbox = read_address(card.address);
  if (!mailbox || offer == TrustOffer::none) {
    return std::nullopt;
  }
  return offer == TrustOffer::domain ? TrustEntry{mailbox->domain} : TrustEntry{*mailbox};
}

Error not_permitted(const Action& action, const std::string& why) {
  const std::string name =
      action.reason ? std::string(name_of(*action.reason)) : in_quotes(action.name);
  return {ErrorCode::not_permitted, name + ": " + why};
}

}  // namespace

std::string_view name_of(ActionKind kind) {
  return action_names[static_cast<std::size_t>(kind)];
}

std::vector<Action> read_actions(const Fields& request, Complaints& complaints) {
  std::vector<Action> actions;
  JsonArray* const given = request.list("actions");
  for (std::size_t i = 0; given != nullptr && i < given->size() && !complaints.first(); ++i) {
    actions.push_back(read_action((*given)[i], request.way_to("actions", i), complaints));
  }
  return actions;
}

void Conversation::asked(const Judgement& open) {
  std::unordered_map<std::string, Card> now;
  for (const auto& recipient : open.recipients) {
    if (recipient.findings.empty()) {
      continue;
    }
    const auto [place, is_new] =
        now.try_emplace(name_in_answers(recipient), Card{recipient, {}, {}});
    Card& card = place->second;
    std::ranges::move(settled_by(recipient), std::back_inserter(card.settles));
    if (!is_new) {
      card.findings.insert(card.findings.end(), recipient.findings.begin(),
                           recipient.findings.end());
      card.override = strictness(recipient.override) > strictness(card.override)
                          ? recipient.override
                          : card.override;
      card.trust = std::min(card.trust, recipient.trust);
    }
  }
  for (const auto& finding : open.findings) {
    now[card_name(finding.reason, finding.marking)] = message_card(finding, open);
  }
  if (cards_.size() + now.size() > max_cards) {
    cards_.clear();  // the newest stay answerable
  }
  now.merge(cards_);  // of two cards of one name that of now stays
  cards_ = std::move(now);
}

const Card* Conversation::card_of(const Action& action) const {
  const auto found = cards_.find(card_name(action));
  return found == cards_.end() ? nullptr : &found->second;
}

Result<Done> Conversation::permits(const std::vector<Action>& actions) const {
  for (const auto& action : actions) {
    if (action.kind != ActionKind::right) {
      continue;  // an edit of the message, which is judged anew
    }
    const Card* card = card_of(action);
    if (card == nullptr) {
      return not_permitted(action, "was not questioned");
    }
    if (card->override == Override::none) {
      return not_permitted(action, "the policy leaves no choice here");
    }
    if (card->override == Override::reason && shows_nothing(action.typed_reason)) {
      return not_permitted(action, "the policy asks for a reason");
    }
    if (action.trust > card->trust ||
        (action.trust_as_offered && card->trust == TrustOffer::none)) {
      return not_permitted(action, "cannot be added to the trusted contacts");
    }
  }
  return Done{};
}

std::vector<std::pair<Action, Card>> Conversation::answered_right(
    const std::vector<Action>& actions) const {
  std::vector<std::pair<Action, Card>> answered;
  for (const auto& action : actions) {
    const Card* card = card_of(action);
    if (action.kind == ActionKind::right && card != nullptr) {
      answered.emplace_back(action, *card);
    }
  }
  return answered;
}

void Conversation::take_in(const std::vector<Action>& actions) {
  for (const auto& [action, card] : answered_right(actions)) {
    auto& answers = right_[card_name(action)];
    for (const auto& finding : card.findings) {
      const Answer answer{finding.verdict, !shows_nothing(action.typed_reason), card.about};
      answers.insert_or_assign(finding.reason, answer);
      for (const Reason merged : finding.merged) {
        answers.insert_or_assign(merged, answer);
      }
    }
  }
}

bool Conversation::answered(const std::string& name, const Finding& finding, Override override,
                            const std::set<std::string>& about) const {
  const auto found = right_.find(name);
  if (found == right_.end() || override == Override::none) {
    return false;
  }
  const auto is_covered = [&](Reason reason) {
    const auto given = found->second.find(reason);
    return given != found->second.end() && finding.verdict <= given->second.verdict &&
           (override == Override::click || given->second.reason_typed) &&
           std::ranges::includes(given->second.about, about);
  };
  return is_covered(finding.reason) && std::ranges::all_of(finding.merged, is_covered);
}

Judgement Conversation::with_answers(Judgement judgement) const {
  if (right_.empty()) {
    return judgement;
  }
  judgement.verdict = Verdict::allow;
  for (auto& recipient : judgement.recipients) {
    if (!recipient.findings.empty()) {
      const std::string name = name_in_answers(recipient);
      const std::vector<Finding> all = recipient.findings;
      std::erase_if(recipient.findings, [&](const Finding& finding) {
        return answered(name, finding, override_of(finding.verdict, all, judgement.overrides), {});
      });
    }
    recipient.verdict = strictest(recipient.findings);
    recipient.override = override_of(recipient.verdict, recipient.findings, judgement.overrides);
    judgement.verdict = std::max(judgement.verdict, recipient.verdict);
  }
  std::erase_if(judgement.findings, [&](const Finding& finding) {
    return answered(card_name(finding.reason, finding.marking), finding, finding.override,
                    recipients_of(finding, judgement));
  });
  judgement.verdict = std::max(judgement.verdict, strictest(judgement.findings));
  return judgement;
}

Result<Facts> taught_by(const std::vector<std::pair<Action, Card>>& right, std::int64_t now,
                        const Policy* policy) {
  Facts facts;
  facts.time = now;
  for (const auto& [action, card] : right) {
    std::ranges::copy(card.settles, std::back_inserter(facts.settled));
    const auto entry = trusted_by(action, card);
    if (!entry) {
      continue;
    }
    const auto why = policy == nullptr ? std::nullopt : why_not_trusted(*entry, *policy);
    if (why) {
      return Error{ErrorCode::not_permitted, *why};
    }
    facts.trusted.push_back({*entry, now, "review"});
  }
  return facts;
}

}  // namespace recipient_guard
