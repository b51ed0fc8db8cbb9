// SPDX-License-Identifier: MPL-2.0
// `--policy`, `--people`, `--audit`: the same wherever they stand; and what is loaded from there.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/record.hpp"
#include "commands/command.hpp"
#include "lookalike/keyboards.hpp"
#include "lookalike/well_known.hpp"
#include "organisation/policy_source.hpp"
#include "people/store.hpp"
#include "verdict/judge.hpp"

namespace recipient_guard {

struct Places {
  std::vector<std::string> policy;
  std::string people;
  std::string audit;
  std::string keyboards;  ///< as read_layouts() takes them; empty: those of the person
  std::string root;  ///< where these are not given, they are those of the machine below this folder
};

void add_policy_option(CLI::App& app, Places& places);
void add_people_option(CLI::App& app, Places& places, bool none_allowed);
void add_audit_option(CLI::App& app, Places& places);
void add_keyboards_option(CLI::App& app, Places& places);

/// The folder of the contacts: as given, else the user's own; nothing where there is none.
std::optional<std::filesystem::path> people_place(const Places& places);

/// The folder of the audit record: as given, else the user's own; nothing where there is none.
std::optional<std::filesystem::path> audit_place(const Places& places);

/// The record there, to be written; null where there is no folder for it.
std::unique_ptr<AuditRecord> open_audit(const Places& places);

/// The keyboards of whoever runs this, and who says so: "the locale de_AT.UTF-8".
struct Keyboards {
  KeyboardLayouts layouts = KeyboardLayouts::all();
  std::string said_by;
};
Keyboards keyboards_of(const Places& places);

/// All that a verdict needs, loaded.
class Engine {
 public:
  Engine(const Places& places, LaxRights lax_rights);

  const PublicSuffixes& suffixes() const { return *suffixes_; }
  const WellKnownNames& well_known() const { return well_known_; }
  PolicySource& policy() { return policy_; }
  const Keyboards& keyboards() const { return keyboards_; }

  /// Says what is wrong with the policy. A number: there is no policy to judge by, and the command
  /// ends with this exit status.
  std::optional<int> report_policy() const;
  /// The same for what can be done without a policy: only one that was named must be good.
  std::optional<int> report_policy_if_named(const Places& places) const;

  /// The store of the folder given, else the user's own; null where `none` was given, or where no
  /// folder was and the user has no home.
  std::unique_ptr<PeopleStore> open_people(const Places& places, Database::Access access) const;
  /// The same for a command that is about this store. Errors: no_input where nothing tells a folder
  /// for it, or, to be read only, where what was named is no folder; one not made yet is said.
  Result<std::unique_ptr<PeopleStore>> open_named_people(const Places& places,
                                                         Database::Access access) const;

 private:
  std::shared_ptr<const PublicSuffixes> suffixes_;
  WellKnownNames well_known_;
  PolicySource policy_;
  Keyboards keyboards_;
};

/// Says so where no organisation has a policy here.
void say_where_defaults_apply(const Policy& policy);

/// A copy of what the contacts' store holds now, which is only looked at; nobody where there is
/// none, or where it cannot be read or is not there, which is said. A file that was named is
/// no_input.
Result<People> people_to_look_at(const Places& places, const Engine& engine);

}  // namespace recipient_guard
