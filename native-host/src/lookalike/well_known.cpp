// SPDX-License-Identifier: MPL-2.0
#include "lookalike/well_known.hpp"

#include <algorithm>
#include <vector>

namespace recipient_guard {
namespace {

/// Calls `visit` with `domain` and each one above it until it answers true; those of more than
/// `longest` octets are passed over.
template <typename Visit>
bool any_parent(const DomainName& domain, std::size_t longest, Visit&& visit) {
  std::string_view text = domain.text();
  while (true) {
    if (text.size() <= longest && visit(text)) {
      return true;
    }
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
      return false;
    }
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

std::span<const WellKnownDomain> well_known_domains() {
  static const std::vector<WellKnownDomain> both = [] {
    const auto providers = well_known_mail_providers();
    const auto institutions = well_known_institutions();
    std::vector<WellKnownDomain> rows(providers.begin(), providers.end());
    rows.insert(rows.end(), institutions.begin(), institutions.end());
    return rows;
  }();
  return both;
}

WellKnownNames::WellKnownNames(const PublicSuffixes& suffixes) {
  std::uint32_t row = 0;
  near_names_.reserve(well_known_domains().size());
  for (const WellKnownDomain& domain : well_known_domains()) {
    by_name_.emplace(domain.name, &domain);
    longest_ = std::max(longest_, domain.name.size());
    near_names_.add(*DomainName::from_ascii(domain.name), row++, suffixes);
  }
}

const WellKnownDomain* WellKnownNames::covering(const DomainName& domain) const {
  const WellKnownDomain* found = nullptr;
  any_parent(domain, longest_, [&](std::string_view text) {
    const auto at = by_name_.find(text);
    found = at == by_name_.end() ? nullptr : at->second;
    return found != nullptr;
  });
  return found;
}

bool WellKnownNames::is_mail_provider(const DomainName& domain) const {
  const WellKnownDomain* const row = covering(domain);
  if (row != nullptr) {
    return row->kind == WellKnownDomain::Kind::mail_provider;
  }
  const auto providers = short_mail_providers();
  return any_parent(domain, domain.text().size(), [&](std::string_view text) {
    return std::find(providers.begin(), providers.end(), text) != providers.end();
  });
}

}  // namespace recipient_guard
