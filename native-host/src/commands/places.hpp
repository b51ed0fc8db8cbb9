// SPDX-License-Identifier: MPL-2.0
// `--policy`, `--people`, `--audit`: the same wherever they stand; and what is loaded from there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "lookalike/well_known.hpp"
#include "organisation/policy_source.hpp"
#include "people/people.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {

struct Places {
  std::vector<std::string> policy;
  std::string people;
  std::string audit;
};

void add_policy_option(CLI::App& app, Places& places);
void add_people_option(CLI::App& app, Places& places, bool none_allowed);
void add_audit_option(CLI::App& app, Places& places);

/// Says of the places given what this version does not do with them yet.
void remark_on(const Places& places);

/// All that a verdict needs, loaded.
class Engine {
 public:
  Engine(const Places& places, LaxRights lax_rights);

  const PublicSuffixes& suffixes() const { return *suffixes_; }
  const WellKnownNames& well_known() const { return well_known_; }
  PolicySource& policy() { return policy_; }

  /// Says what is wrong with the policy. A number: there is no policy to judge by, and the command
  /// ends with this exit status.
  std::optional<int> report_policy() const;

 private:
  std::shared_ptr<const PublicSuffixes> suffixes_;
  WellKnownNames well_known_;
  PolicySource policy_;
};

}  // namespace recipient_guard
