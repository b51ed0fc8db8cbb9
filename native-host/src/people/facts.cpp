// SPDX-License-Identifier: MPL-2.0
#include "people/facts.hpp"

#include "address/reader.hpp"

namespace recipient_guard {

std::string TrustEntry::text() const {
  if (const auto* const mailbox = std::get_if<Mailbox>(&of)) {
    return mailbox->text();
  }
  return std::get<DomainName>(of).text();
}

std::optional<TrustEntry> TrustEntry::read(std::string_view text, const PublicSuffixes& suffixes) {
  if (text.find('@') != std::string_view::npos) {
    const auto mailbox = read_address(text);
    return mailbox ? std::optional(TrustEntry{*mailbox}) : std::nullopt;
  }
  // A domain is read as that of an address is, so that international names may stand in either
  // form.
  const auto mailbox = read_address("x@" + std::string(text));
  if (!mailbox || suffixes.is_public_suffix(mailbox->domain)) {
    return std::nullopt;
  }
  return TrustEntry{mailbox->domain};
}

std::vector<const WrittenTo*> company_of(const Facts& facts) {
  std::vector<const WrittenTo*> company;
  if (facts.written_to.size() > most_in_a_group) {
    return company;
  }
  for (const WrittenTo& to : facts.written_to) {
    if (to.sending == Sending::right) {
      company.push_back(&to);
    }
  }
  if (company.size() < 2) {
    company.clear();
  }
  return company;
}

void apply(const Facts& facts, People& people, const PublicSuffixes& suffixes) {
  for (const WrittenTo& to : facts.written_to) {
    people.wrote_to(to.mailbox, facts.time, to.sending, suffixes);
    if (to.sending == Sending::right && to.name.size() <= max_kept_name_octets) {
      people.named(to.mailbox, to.name);
    }
  }
  std::vector<Mailbox> together;
  for (const WrittenTo* const to : company_of(facts)) {
    together.push_back(to->mailbox);
  }
  people.stood_together(together, facts.time);
  for (const Mailbox& author : facts.answered) {
    people.answered(author, suffixes);
  }
  for (const SettledQuestion& question : facts.settled) {
    people.settle(question.reason, question.subject);
  }
  for (const Trusted& trusted : facts.trusted) {
    std::visit([&](const auto& entry) { people.trust(entry, suffixes); }, trusted.entry.of);
  }
}

}  // namespace recipient_guard
