// SPDX-License-Identifier: MPL-2.0
// The requests about the user's own people: trust.*, history.*, known.replace. docs/PROTOCOL,
// "trust" and "history".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "lookalike/well_known.hpp"
#include "messaging/contacts.hpp"
#include "messaging/fields.hpp"
#include "messaging/protocol.hpp"
#include "organisation/policy_source.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_entries_at_once = 1000;
inline constexpr std::size_t max_messages_at_once = 1000;
inline constexpr std::size_t max_addresses_of_book = 100'000;
inline constexpr std::size_t max_source_octets = 256;
inline constexpr std::size_t max_trust_source_octets = 64;

class ContactRequests {
 public:
  struct Surroundings {
    Contacts& contacts;
    const PolicySource& policy;
    const WellKnownNames& well_known;
    const PublicSuffixes& suffixes;
    std::function<std::int64_t()> now;  ///< Unix seconds
    KeyboardLayouts keyboards = KeyboardLayouts::all();
  };

  explicit ContactRequests(Surroundings surroundings) : around_(std::move(surroundings)) {}

  /// Follows `request`; nothing where it is none of these.
  std::optional<Result<std::string>> follow(Request& request);

 private:
  Result<std::string> add_trust(Request& request);
  Result<std::string> add_several(const Fields& fields, Complaints& complaints);
  Result<std::string> remove_trust(Request& request);
  Result<std::string> list_trust(Request& request);
  Result<std::string> learn(Request& request);
  Result<std::string> show(Request& request);
  Result<std::string> forget(Request& request);
  Result<std::string> replace_known(Request& request);

  Result<Trusted> read_trusted(const Fields& fields, Complaints& complaints) const;
  Result<TrustEntry> read_entry(const Fields& fields) const;
  Result<std::shared_ptr<const Policy>> policy_in_force() const;
  Result<PeopleStore*> store() const;

  Surroundings around_;
};

}  // namespace recipient_guard
