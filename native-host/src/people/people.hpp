// SPDX-License-Identifier: MPL-2.0
// What is known of the user's own contacts: trusted, written to before, answered, settled.
// Held in memory; PeopleStore makes it last. The judge sees it as an immutable snapshot.
//
// Times are Unix seconds; days are calendar days in UTC. Only addresses, names of domains, counts
// and times are kept, never anything of a message.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "lookalike/near_addresses.hpp"
#include "lookalike/near_names.hpp"
#include "people/company.hpp"
#include "people/number_lists.hpp"

namespace recipient_guard {

/// How an address was written to.
enum class Sending {
  right,       ///< not questioned, or confirmed as right
  overridden,  ///< it left questioned without "it is right"
};

/// What is kept of one address.
struct Contact {
  Mailbox mailbox;
  std::uint32_t messages = 0;  ///< sent to it
  /// Known from this day on (days since 1970): the day of the first right sending, or the day after
  /// the first override.
  std::int64_t known_from = 0;
  bool answered = false;  ///< the user answered mail from it
  bool trusted = false;
  Company::Number number = 0;        ///< People's own
  std::vector<std::string> names{};  ///< shown beside it; the first ones learned
};

/// What is kept of one domain: the sum of its addresses.
struct ContactDomain {
  std::uint32_t messages = 0;
  std::uint32_t contacts = 0;   ///< addresses written to
  std::int64_t known_from = 0;  ///< the earliest of its addresses
  std::uint32_t trusted = 0;    ///< addresses trusted
  bool answered = false;        ///< somebody at this very domain was answered
  /// As known_from, of its addresses with misplaced dots: the provider gave such ones out.
  std::int64_t odd_dots_from = 0;
};

class People {
 public:
  /// The user's own entries; the caller has made sure that the organisation permits them.
  void trust(const Mailbox& mailbox, const PublicSuffixes& suffixes);
  /// The domain and all below it. Precondition: no public suffix (else nothing happens).
  void trust(const DomainName& domain, const PublicSuffixes& suffixes);
  bool trusts(const Mailbox& mailbox) const;
  bool trusts_domain_of(const DomainName& domain) const;

  /// A message to `mailbox` left at `time`.
  void wrote_to(const Mailbox& mailbox, std::int64_t time, Sending sending,
                const PublicSuffixes& suffixes);
  /// The user answered mail from `mailbox`, whenever that was.
  void answered(const Mailbox& mailbox, const PublicSuffixes& suffixes);

  struct Sums {
    std::size_t contacts = 0;  ///< addresses of whom anything is kept
    std::size_t trusted = 0;   ///< addresses and domains
    std::size_t settled = 0;   ///< questions
  };
  Sums sums() const;

  static constexpr std::size_t most_names_of_contact = 8;
  /// `name` was shown beside somebody of whom something is kept, in a message that left rightly.
  void named(const Mailbox& mailbox, std::string_view name);
  /// A message at `time` went to all of these, of each of whom something is kept.
  void stood_together(std::span<const Mailbox> members, std::int64_t time);
  /// Messages to both, decayed to `time`.
  double together(const Contact& a, const Contact& b, std::int64_t time) const {
    return company_.together(a.number, b.number, time);
  }
  /// Those of whom something is kept and who bear a word (words_of_name()) in a name or in the
  /// local part.
  std::vector<const Contact*> bearers(const std::string& word) const;
  /// False: bearers() would be empty, for this word or for any.
  bool has_bearers(const std::string& word) const { return company_.has_bearers(word); }
  bool has_any_bearers() const { return company_.has_any_bearers(); }

  // What a lasting store keeps, in place of what is held of it. The store knows contacts by ids of
  // its own; of an id that was not put nothing is taken. Precondition: no count becomes less and
  // nothing that was true becomes false; what is taken away is taken away by loading anew.

  /// Makes room for so many contacts at once.
  void reserve(std::size_t contacts);
  /// All of one address but its names.
  void put(std::int64_t id, const Contact& kept, const PublicSuffixes& suffixes);
  /// It stands in an address book: known, whenever that is asked.
  void put_card(const Mailbox& mailbox, const PublicSuffixes& suffixes);
  void put_name(std::int64_t contact, std::string_view name);
  /// A group stands at so much weight as of `time`.
  void put_group(std::int64_t id, std::span<const std::int64_t> members, double weight,
                 std::int64_t time);

  /// Written to before, and no mere override of the same day (K of docs/PROTOCOL).
  bool is_known(const Mailbox& mailbox, std::int64_t now) const;
  bool is_known(const DomainName& domain, std::int64_t now) const;
  /// Somebody known at this very domain has misplaced dots in the local part.
  bool has_odd_dots(const DomainName& domain, std::int64_t now) const;
  /// A name that a slip may have been meant for: known or trusted, itself or somebody at it.
  bool means_something(const DomainName& domain, std::int64_t now) const;
  /// Null where nothing is kept.
  const Contact* contact(const Mailbox& mailbox) const;
  const ContactDomain* domain(const DomainName& domain) const;
  /// Addresses with this local part (folded), at any domain: at most `most_namesakes`, the first
  /// ones learned.
  static constexpr std::size_t most_namesakes = 64;
  std::vector<const Contact*> namesakes(const LocalPart& local) const;

  /// "It is right": ends this question for good. `subject` is settled_subject() of verdict: a
  /// domain, an address or a list.
  void settle(std::string_view reason, std::string_view subject);
  bool is_settled(std::string_view reason, std::string_view subject) const;

  /// Domains of trusted and written-to contacts. Ask means_something() of each find: it may not be
  /// known yet.
  const NearNames& near_names() const { return near_names_; }
  /// Trusted and written-to contacts. Look each find up: it may not be known yet.
  const NearAddresses& near_addresses() const { return near_addresses_; }

 private:
  const Contact* contact_of(const std::string& key) const;
  Contact* held(const Mailbox& mailbox);
  Contact& contact_for(const Mailbox& mailbox, const PublicSuffixes& suffixes);
  ContactDomain& domain_for(const DomainName& domain);
  void note_name(Contact& bearer, std::string_view name);

  std::vector<Contact> contacts_;                                   // by Contact::number
  NumberLists by_key_;                                              // Mailbox::key()
  NumberLists by_local_part_;                                       // folded
  boost::unordered_flat_map<std::int64_t, Company::Number> by_id_;  // of a lasting store
  std::unordered_map<std::string, ContactDomain> domains_;          // by DomainName::text()
  std::unordered_set<std::string> trusted_domains_;
  std::unordered_set<std::string> settled_;  // reason, line end, subject
  Company company_;
  NearNames near_names_;
  NearAddresses near_addresses_;
};

}  // namespace recipient_guard
