// SPDX-License-Identifier: MPL-2.0
#include "verdict/judge.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "verdict/checks/checks.hpp"
#include "verdict/clearing.hpp"
#include "verdict/facts.hpp"
#include "verdict/weights.hpp"

namespace recipient_guard {
namespace {

/// The policy for mail from somebody whom `senders` does not name: the defaults.
const Policy& default_policy() {
  static const Policy policy;
  return policy;
}

const Policy& policy_for(const Message& message, const Policy& policy) {
  if (policy.senders.empty()) {
    return policy;
  }
  // Where From is not told or cannot be read the stricter reading holds: it may be one of them.
  const auto from = read_mailbox(message.from);
  const bool is_other = from && !policy.senders.covers(*from);
  return is_other ? default_policy() : policy;
}

bool is_group_name(Field field) {
  return field == Field::newsgroup || field == Field::followup_to;
}

/// A group's name is no mailbox, whatever it looks like.
RecipientFacts facts_of_group(const Recipient& recipient, const MessageFacts& message) {
  RecipientFacts facts = facts_of_list(recipient, message);
  facts.shown_otherwise = escape_for_display(recipient.text.value_or(""));
  return facts;
}

TrustOffer trust_offer(const RecipientFacts& facts, Verdict verdict) {
  const Policy& policy = facts.policy();
  const bool is_covered = facts.standing.allowed() || facts.standing.trusted;
  if (facts.read == nullptr || verdict == Verdict::block || facts.standing.blocked() ||
      is_covered || policy.personal_trust == PersonalTrust::none) {
    return TrustOffer::none;
  }
  const bool may_be_domain =
      policy.personal_trust == PersonalTrust::domains &&
      !facts.message.snapshots.suffixes.is_public_suffix(facts.read->mailbox.domain);
  return may_be_domain ? TrustOffer::domain : TrustOffer::address;
}

/// Also where it is not offered, as what the organisation blocks is not. The order of a tie says
/// nothing.
bool propose_the_same(const Found& a, const Found& b) {
  const auto& offered_a = a.finding.meant;
  const auto& offered_b = b.finding.meant;
  if (offered_a.empty() && offered_b.empty()) {
    return !a.candidates.empty() && !b.candidates.empty() &&
           a.candidates.front().meant.key() == b.candidates.front().meant.key();
  }
  return !offered_a.empty() && !offered_b.empty() &&
         (offered_a.front() == offered_b.front() ||
          std::ranges::is_permutation(offered_a, offered_b));
}

/// Both say what the domain was meant for, `a` so much more likely that `b`, a name that just
/// anybody has heard of, would only be in the way: navy.mil.com is navy.mil, not navy.mail.com.
bool explains_better(const Found& a, const Found& b) {
  const auto explains_domain = [](const Found& found) {
    return traits_of(found.finding.reason).of_domain && !found.candidates.empty();
  };
  if (!explains_domain(a) || !explains_domain(b)) {
    return false;
  }
  const Standing& meant = b.candidates.front().standing;
  const bool is_ours = meant.named_by_organisation() || meant.trusted || meant.domain_known;
  return !is_ours && a.score > b.score + weights::tie;
}

/// `behind` no longer stands by itself.
void merge(Finding& into, const Finding& behind) {
  into.merged.push_back(behind.reason);
  into.merged.insert(into.merged.end(), behind.merged.begin(), behind.merged.end());
  into.verdict = std::max(into.verdict, behind.verdict);
}

/// Of findings that propose the same address only the first of the table stands, of explanations of
/// a domain the best, with the strictest verdict among them; then strictest first.
std::vector<Finding> merged_and_ordered(std::vector<Found> all) {
  std::vector<Found> kept;
  for (Found& found : all) {  // they come in the order of the table
    const auto first = std::ranges::find_if(kept, [&](const Found& other) {
      return propose_the_same(other, found) || explains_better(other, found);
    });
    if (first != kept.end()) {
      merge(first->finding, found.finding);
      continue;
    }
    const auto worse = std::stable_partition(kept.begin(), kept.end(), [&](const Found& other) {
      return !explains_better(found, other);
    });
    std::for_each(worse, kept.end(),
                  [&](const Found& other) { merge(found.finding, other.finding); });
    kept.erase(worse, kept.end());
    kept.push_back(std::move(found));
  }
  std::vector<Finding> findings;
  std::ranges::transform(kept, std::back_inserter(findings),
                         [](Found& found) { return std::move(found.finding); });
  if (findings.size() > 1) {  // for one, too, it would take memory
    std::ranges::stable_sort(findings, std::greater<>(), &Finding::verdict);
  }
  return findings;
}

/// Each read once. What has no text, or is a group's name, is unreadable and never asked for.
std::vector<Reading> readings_of(const Message& message) {
  std::vector<Reading> readings;
  readings.reserve(message.recipients.size());
  for (const Recipient& recipient : message.recipients) {
    const auto parsed =
        recipient.parsed ? std::optional<std::string_view>(*recipient.parsed) : std::nullopt;
    if (recipient.text && !is_group_name(recipient.field)) {
      readings.push_back(read_recipient(*recipient.text, parsed));
    } else {
      readings.emplace_back(Unreadable());
    }
  }
  return readings;
}

class Judge {
 public:
  Judge(const Message& message, const Snapshots& snapshots, Trace trace)
      : readings_(readings_of(message)),
        facts_(facts_of(message, readings_, snapshots)),
        trace_(trace) {}

  Judgement run() {
    const auto& recipients = facts_.message.recipients;
    judgement_.watch = facts_.policy().mode == PolicyMode::watch;
    judgement_.overrides = {facts_.policy().override_warn, facts_.policy().override_block};
    judgement_.recipients.reserve(recipients.size());
    facts_.policy().rules.fetch(facts_.written_to);
    for (std::size_t index = 0; index < recipients.size(); ++index) {
      RecipientJudgement& judged = judgement_.recipients.emplace_back();
      judge_recipient(index, judged);
      judgement_.verdict = std::max(judgement_.verdict, judged.verdict);
    }
    judge_message();
    if (trace_ == Trace::on) {
      judgement_.keyboards = facts_.snapshots.keyboards;
    }
    if (judgement_.verdict == Verdict::block) {
      judgement_.help = facts_.policy().help;
    }
    return std::move(judgement_);
  }

 private:
  void judge_message() {
    judgement_.findings = check_marking(facts_);
    std::ranges::move(check_visible_crowd(facts_), std::back_inserter(judgement_.findings));
    std::ranges::stable_sort(judgement_.findings, std::greater<>(), &Finding::verdict);
    for (Finding& finding : judgement_.findings) {
      add_rule_of_setting(finding);
      finding.override = override_of(finding.verdict, {}, judgement_.overrides);
      judgement_.verdict = std::max(judgement_.verdict, finding.verdict);
    }
  }

  void judge_recipient(std::size_t index, RecipientJudgement& judged) {
    const Recipient& recipient = facts_.message.recipients[index];
    judged.index = index;
    judged.field = recipient.field;
    if (is_group_name(recipient.field)) {
      return judge_by(facts_of_group(recipient, facts_), judged);
    }
    if (!recipient.text) {
      return judge_by(facts_of_list(recipient, facts_), judged);
    }
    const Reading& reading = readings_[index];
    if (std::holds_alternative<EmptyGroup>(reading)) {
      judged.shown_otherwise = escape_for_display(*recipient.text);
      return;  // nobody
    }
    const auto search = trace_ == Trace::on ? NearSearch::always : NearSearch::where_it_may_stand;
    judge_by(facts_of(recipient, reading, facts_, search), judged);
  }

  void judge_by(RecipientFacts facts, RecipientJudgement& judged) {
    judged.address = facts.read == nullptr ? std::string() : facts.read->mailbox.text();
    judged.findings = merged_and_ordered(findings_of(facts, judged.index));
    for (const Finding& finding : judged.findings) {
      judged.verdict = std::max(judged.verdict, finding.verdict);
    }
    judged.override = override_of(judged.verdict, judged.findings, judgement_.overrides);
    judged.trust = trust_offer(facts, judged.verdict);
    judged.shown_otherwise = std::move(facts.shown_otherwise);
  }

  std::vector<Found> findings_of(const RecipientFacts& facts, std::size_t index) {
    std::vector<Found> findings;
    for (const CheckRow& row : recipient_checks()) {
      const bool is_of_others = facts.only_of_address() && !row.of_address_itself;
      if (is_of_others || (is_group_name(facts.recipient.field) && row.reason != Reason::posting)) {
        continue;
      }
      std::optional<Found> found = row.check(facts);
      if (!found) {
        continue;
      }
      const std::string_view cleared = cleared_by(*found, facts);
      if (trace_ == Trace::on) {
        note_evidence(*found, index, cleared);
      }
      if (found->score >= found->threshold && cleared.empty()) {
        add_rule_of_setting(found->finding);
        findings.push_back(*std::move(found));
      }
    }
    return findings;
  }

  /// Where no entry decided, the line of `checks` that set the verdict did.
  void add_rule_of_setting(Finding& finding) const {
    const CheckSetting* const set = verdict_setting(finding.reason, facts_.policy());
    if (finding.rule.empty() && set != nullptr) {
      finding.rule = facts_.policy().shown(set->source);
    }
  }

  void note_evidence(const Found& found, std::size_t index, std::string_view cleared) {
    Evidence evidence;
    evidence.recipient = index;
    evidence.reason = found.finding.reason;
    evidence.threshold = found.threshold;
    evidence.cleared_by = cleared;
    if (found.candidates.empty()) {
      evidence.score = found.score;
      judgement_.evidence.push_back(std::move(evidence));
      return;
    }
    for (const Candidate& candidate : found.candidates) {
      Evidence one = evidence;
      one.score = candidate.score;
      one.near = candidate.near.text();
      one.slip = candidate.slip;
      one.meant = candidate.meant.text();
      one.weights = candidate.weights;
      judgement_.evidence.push_back(std::move(one));
    }
  }

  std::vector<Reading> readings_;
  MessageFacts facts_;
  Trace trace_;
  Judgement judgement_;
};

}  // namespace

Override override_of(Verdict verdict, const std::vector<Finding>& findings,
                     const Overrides& overrides) {
  const bool is_unreadable = std::ranges::any_of(findings, [](const Finding& finding) {
    return finding.reason == Reason::unreadable_address;
  });
  if (verdict == Verdict::allow || is_unreadable) {
    return Override::none;
  }
  return verdict == Verdict::block ? overrides.block : overrides.warn;
}

Judgement judge(const Message& message, const Snapshots& snapshots, Trace trace) {
  const Snapshots effective{policy_for(message, snapshots.policy), snapshots.people,
                            snapshots.well_known, snapshots.suffixes, snapshots.keyboards};
  return Judge(message, effective, trace).run();
}

}  // namespace recipient_guard
