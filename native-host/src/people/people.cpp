// SPDX-License-Identifier: MPL-2.0
#include "people/people.hpp"

#include <algorithm>
#include <limits>

#include "document/time_text.hpp"

namespace recipient_guard {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t always = 0;

void note_known_from(ContactDomain& sum, const LocalPart& local, std::int64_t known_from) {
  sum.known_from = std::min(sum.known_from, known_from);
  if (local.has_misplaced_dots()) {
    sum.odd_dots_from = std::min(sum.odd_dots_from, known_from);
  }
}

std::string settled_key(std::string_view reason, std::string_view subject) {
  std::string key(reason);
  key += '\n';
  key += subject;
  return key;
}

}  // namespace

const Contact* People::contact(const Mailbox& mailbox) const {
  return contacts_.empty() ? nullptr : contact_of(mailbox.key());
}

const Contact* People::contact_of(const std::string& key) const {
  const auto number =
      by_key_.find(key, [&](Company::Number one) { return contacts_[one].mailbox.key() == key; });
  return number ? &contacts_[*number] : nullptr;
}

Contact* People::held(const Mailbox& mailbox) {
  const Contact* const found = contact(mailbox);
  return found == nullptr ? nullptr : &contacts_[found->number];
}

Contact& People::contact_for(const Mailbox& mailbox, const PublicSuffixes& suffixes) {
  const std::string key = mailbox.key();
  if (const Contact* const known = contact_of(key)) {
    return contacts_[known->number];
  }
  Contact& added = contacts_.emplace_back(Contact{mailbox});
  added.known_from = never;
  added.number = static_cast<Company::Number>(contacts_.size() - 1);
  const std::string local = mailbox.local.folded();
  by_key_.add(key, added.number);
  by_local_part_.add(local, added.number, most_namesakes);
  company_.name(added.number, local);
  near_addresses_.add(mailbox);
  if (!domains_.contains(mailbox.domain.text())) {
    near_names_.add(mailbox.domain, 0, suffixes);
  }
  return added;
}

ContactDomain& People::domain_for(const DomainName& name) {
  const auto [at, is_new] = domains_.try_emplace(name.text());
  if (is_new) {
    at->second.known_from = never;
    at->second.odd_dots_from = never;
  }
  return at->second;
}

void People::trust(const Mailbox& mailbox, const PublicSuffixes& suffixes) {
  Contact& trusted = contact_for(mailbox, suffixes);
  domain_for(mailbox.domain).trusted += trusted.trusted ? 0 : 1;
  trusted.trusted = true;
}

void People::trust(const DomainName& domain, const PublicSuffixes& suffixes) {
  if (!suffixes.is_public_suffix(domain)) {
    trusted_domains_.insert(domain.text());
    near_names_.add(domain, 0, suffixes);
  }
}

bool People::trusts(const Mailbox& mailbox) const {
  const Contact* const found = contact(mailbox);
  return found != nullptr && found->trusted;
}

bool People::trusts_domain_of(const DomainName& domain) const {
  if (trusted_domains_.empty()) {
    return false;
  }
  std::string_view text = domain.text();
  while (true) {
    if (trusted_domains_.contains(std::string(text))) {
      return true;
    }
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
      return false;
    }
    text.remove_prefix(dot + 1);
  }
}

void People::wrote_to(const Mailbox& mailbox, std::int64_t time, Sending sending,
                      const PublicSuffixes& suffixes) {
  Contact& known = contact_for(mailbox, suffixes);
  ContactDomain& at_domain = domain_for(mailbox.domain);
  const std::int64_t known_from = day_of(time) + (sending == Sending::overridden ? 1 : 0);
  at_domain.contacts += known.messages == 0 ? 1 : 0;
  known.known_from = std::min(known.known_from, known_from);
  ++known.messages;
  ++at_domain.messages;
  note_known_from(at_domain, mailbox.local, known_from);
}

void People::answered(const Mailbox& mailbox, const PublicSuffixes& suffixes) {
  contact_for(mailbox, suffixes).answered = true;
  domain_for(mailbox.domain).answered = true;
}

People::Sums People::sums() const {
  Sums sums{contacts_.size(), trusted_domains_.size(), settled_.size()};
  for (const auto& [name, domain] : domains_) {
    sums.trusted += domain.trusted;
  }
  return sums;
}

void People::reserve(std::size_t contacts) {
  contacts_.reserve(contacts);
  by_key_.reserve(contacts);
  by_local_part_.reserve(contacts);
  by_id_.reserve(contacts);
  near_addresses_.reserve(contacts);
}

void People::put(std::int64_t id, const Contact& kept, const PublicSuffixes& suffixes) {
  Contact& known = contact_for(kept.mailbox, suffixes);
  ContactDomain& sum = domain_for(kept.mailbox.domain);
  sum.messages += kept.messages - known.messages;
  sum.contacts += kept.messages > 0 && known.messages == 0 ? 1 : 0;
  sum.trusted += kept.trusted && !known.trusted ? 1 : 0;
  sum.answered = sum.answered || kept.answered;
  known.messages = kept.messages;
  known.known_from = std::min(known.known_from, kept.known_from);
  known.answered = kept.answered;
  known.trusted = kept.trusted;
  note_known_from(sum, kept.mailbox.local, known.known_from);
  by_id_[id] = known.number;
}

void People::put_card(const Mailbox& mailbox, const PublicSuffixes& suffixes) {
  Contact& known = contact_for(mailbox, suffixes);
  known.known_from = always;
  note_known_from(domain_for(mailbox.domain), mailbox.local, known.known_from);
}

void People::put_name(std::int64_t contact, std::string_view name) {
  if (const auto at = by_id_.find(contact); at != by_id_.end()) {
    note_name(contacts_[at->second], name);
  }
}

void People::put_group(std::int64_t id, std::span<const std::int64_t> members, double weight,
                       std::int64_t time) {
  std::vector<Company::Number> numbers;
  for (const std::int64_t member : members) {
    if (const auto at = by_id_.find(member); at != by_id_.end()) {
      numbers.push_back(at->second);
    }
  }
  company_.put(id, numbers, weight, time);
}

void People::named(const Mailbox& mailbox, std::string_view name) {
  if (Contact* const bearer = held(mailbox)) {
    note_name(*bearer, name);
  }
}

void People::note_name(Contact& bearer, std::string_view name) {
  auto& names = bearer.names;
  if (!name.empty() && names.size() < most_names_of_contact &&
      std::find(names.begin(), names.end(), name) == names.end()) {
    names.emplace_back(name);
    company_.name(bearer.number, name);
  }
}

void People::stood_together(std::span<const Mailbox> members, std::int64_t time) {
  std::vector<Company::Number> numbers;
  for (const Mailbox& member : members) {
    if (const Contact* const kept = contact(member)) {
      numbers.push_back(kept->number);
    }
  }
  company_.add(numbers, 1, time);
}

std::vector<const Contact*> People::bearers(const std::string& word) const {
  std::vector<const Contact*> found;
  for (const Company::Number number : company_.bearers(word)) {
    found.push_back(&contacts_[number]);
  }
  return found;
}

bool People::is_known(const Mailbox& mailbox, std::int64_t now) const {
  const Contact* const found = contact(mailbox);
  return found != nullptr && found->known_from <= day_of(now);
}

bool People::is_known(const DomainName& name, std::int64_t now) const {
  const ContactDomain* const found = domain(name);
  return found != nullptr && found->known_from <= day_of(now);
}

bool People::has_odd_dots(const DomainName& name, std::int64_t now) const {
  const ContactDomain* const found = domain(name);
  return found != nullptr && found->odd_dots_from <= day_of(now);
}

bool People::means_something(const DomainName& name, std::int64_t now) const {
  const ContactDomain* const kept = domain(name);
  return is_known(name, now) || (kept != nullptr && kept->trusted > 0) || trusts_domain_of(name);
}

const ContactDomain* People::domain(const DomainName& name) const {
  const auto at = domains_.find(name.text());
  return at == domains_.end() ? nullptr : &at->second;
}

std::vector<const Contact*> People::namesakes(const LocalPart& local) const {
  std::vector<const Contact*> found;
  if (contacts_.empty()) {
    return found;
  }
  static_cast<void>(by_local_part_.find(local.folded(), [&](Company::Number number) {
    if (contacts_[number].mailbox.local == local) {
      found.push_back(&contacts_[number]);
    }
    return false;
  }));
  return found;
}

void People::settle(std::string_view reason, std::string_view subject) {
  settled_.insert(settled_key(reason, subject));
}

bool People::is_settled(std::string_view reason, std::string_view subject) const {
  return !settled_.empty() && settled_.contains(settled_key(reason, subject));
}

}  // namespace recipient_guard
