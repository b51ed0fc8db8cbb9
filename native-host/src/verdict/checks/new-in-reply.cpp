// SPDX-License-Identifier: MPL-2.0
#include <string>
#include <unordered_set>

#include "verdict/checks/checks.hpp"

namespace recipient_guard {
namespace {

std::string organisation_of(const DomainName& domain, const PublicSuffixes& suffixes) {
  return std::string(suffixes.organizational_domain_of(domain));
}

}  // namespace

std::optional<Found> check_new_in_reply(const RecipientFacts& facts) {
  const auto verdict = verdict_for(Reason::new_in_reply, facts.policy());
  const Message& message = facts.message.message;
  const bool is_told = !message.thread.empty() || message.answered;
  if (!verdict || facts.read == nullptr || !message.is_reply() || !is_told ||
      facts.standing.inside) {
    return std::nullopt;
  }
  const PublicSuffixes& suffixes = facts.message.snapshots.suffixes;
  std::unordered_set<std::string> took_part;
  for (const std::string& domain : facts.message.thread_domains) {
    took_part.insert(organisation_of(*DomainName::from_ascii(domain), suffixes));
  }
  for (const std::string& text :
       message.answered ? message.answered->reply_to : std::vector<std::string>()) {
    if (const auto mailbox = read_mailbox(text)) {
      took_part.insert(organisation_of(mailbox->domain, suffixes));
    }
  }
  if (facts.message.from) {
    took_part.insert(organisation_of(facts.message.from->domain, suffixes));
  }
  return took_part.contains(organisation_of(facts.read->mailbox.domain, suffixes))
             ? std::nullopt
             : std::optional(certain_finding(Reason::new_in_reply, *verdict));
}

}  // namespace recipient_guard
