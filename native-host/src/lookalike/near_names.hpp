// SPDX-License-Identifier: MPL-2.0
// The near-name index: which of many names is one slip away from a typed one?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/mailbox.hpp"
#include "address/public_suffix.hpp"
#include "lookalike/slip.hpp"

namespace recipient_guard {

/// A name of the index that is one slip from the typed domain, or from a parent of it.
struct NearName {
  DomainName near;     ///< the name as listed: navy.mil
  DomainName meant;    ///< the typed domain put right, sub-domains travelling along: fleet.navy.mil
  SlipKind slip;
  std::uint32_t id;    ///< what was given to add()
};

/// Filled once where its snapshot is loaded, then only read. Copies share nothing.
class NearNames {
 public:
  /// `id` is the caller's own, told back with each find. A public suffix is accepted and never near
  /// anything: a bare `mil` makes no name to look near.
  void add(const DomainName& name, std::uint32_t id, const PublicSuffixes& suffixes);

  /// All names one slip away, each once, likeliest kind first. The exact name is not among them.
  std::vector<NearName> near(const DomainName& typed, const PublicSuffixes& suffixes) const;

  bool contains(const DomainName& name) const;
  std::size_t size() const;

 private:
  // designed by the owner of this room
};

}  // namespace recipient_guard
