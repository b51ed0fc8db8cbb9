// SPDX-License-Identifier: MPL-2.0
#include "commands/places.hpp"

#include <utility>

#include "system/stdio.hpp"
#include "verdict/reason.hpp"

namespace recipient_guard {
namespace {

PolicySource::Options options_of(const Places& places, LaxRights lax_rights,
                                 std::shared_ptr<const PublicSuffixes> suffixes) {
  PolicySource::Options options;
  options.places.assign(places.policy.begin(), places.policy.end());
  options.lax_rights = lax_rights;
  options.vocabulary = check_vocabulary();
  options.suffixes = std::move(suffixes);
  return options;
}

}  // namespace

void add_policy_option(CLI::App& app, Places& places) {
  app.add_option("--policy", places.policy,
                 "Read the policy from this document or folder and from nowhere else; may be given "
                 "several times")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false);  // what follows the place is no further place
}

void add_people_option(CLI::App& app, Places& places, bool none_allowed) {
  app.add_option("--people", places.people,
                 none_allowed
                     ? "The user's contacts: a folder, or none. This version keeps them in "
                       "memory only, whatever is given"
                     : "The user's contacts: a folder. This version keeps them in memory "
                       "only, whatever is given")
      ->type_name(none_allowed ? "DIR|none" : "DIR");
}

void add_audit_option(CLI::App& app, Places& places) {
  app.add_option("--audit", places.audit,
                 "The folder of the audit record. This version keeps none, whatever is given")
      ->type_name("DIR");
}

void remark_on(const Places& places) {
  if (!places.people.empty() && places.people != "none") {
    say("recipient-guard: --people: this version keeps contacts in memory only; nothing is read "
        "from or written to " +
        places.people);
  }
  if (!places.audit.empty()) {
    say("recipient-guard: --audit: this version keeps no record; nothing is written to " +
        places.audit);
  }
}

Engine::Engine(const Places& places, LaxRights lax_rights)
    : suffixes_(std::make_shared<PublicSuffixes>()),
      well_known_(*suffixes_),
      policy_(options_of(places, lax_rights, suffixes_)) {}

std::optional<int> Engine::report_policy() const {
  for (const auto& remark : policy_.remarks()) {
    say(remark);
  }
  if (policy_.policy() != nullptr) {
    return std::nullopt;
  }
  for (const auto& error : policy_.errors()) {
    say(error.text);
  }
  const auto first = policy_.error();
  return traits_of(first ? first->code : ErrorCode::no_input).exit_status;
}

}  // namespace recipient_guard
