// SPDX-License-Identifier: MPL-2.0
// The built-in list of well-known domains: mail providers and the main names of governments, armed
// forces and health services. Short by intent: each name must be written to by very many people.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "lookalike/near_names.hpp"

namespace recipient_guard {

struct WellKnownDomain {
  enum class Kind {
    mail_provider,  ///< anybody's address may stand below it: never "inside"
    armed_forces,
    government,
    health,
    alliance,  ///< between states
  };
  std::string_view name;
  Kind kind;
  std::string_view reason;  ///< why it is on the list
};

/// The list: its mail providers, its other names, and both. No first label is under three letters
/// long: such names are near everything.
std::span<const WellKnownDomain> well_known_mail_providers();
std::span<const WellKnownDomain> well_known_institutions();
std::span<const WellKnownDomain> well_known_domains();
/// Mail providers whose first label is too short to look near (me.com): marked as such all the
/// same.
std::span<const std::string_view> short_mail_providers();

/// The list made ready for looking up. Immutable; may be read from several threads.
class WellKnownNames {
 public:
  explicit WellKnownNames(const PublicSuffixes& suffixes);

  /// The row that is `domain` or lies above it; null if none.
  const WellKnownDomain* covering(const DomainName& domain) const;
  /// `domain` is, or lies below, a mail provider's.
  bool is_mail_provider(const DomainName& domain) const;
  const NearNames& near_names() const { return near_names_; }

 private:
  std::unordered_map<std::string_view, const WellKnownDomain*> by_name_;
  std::size_t longest_ = 0;  // octets of a name of the list
  NearNames near_names_;
};

}  // namespace recipient_guard
