// SPDX-License-Identifier: MPL-2.0
#include "commands/places.hpp"

#include <utility>

#include "messaging/recorder.hpp"
#include "system/files.hpp"
#include "system/keyboard_settings.hpp"
#include "system/paths.hpp"
#include "system/private_files.hpp"
#include "system/stdio.hpp"
#include "verdict/reason.hpp"

namespace recipient_guard {
namespace {

std::filesystem::path below_root(const Places& places, const std::filesystem::path& path) {
  return places.root.empty() ? path : places.root / path.relative_path();
}

bool is_nobody(const Places& places) {
  return places.people == "none";
}

/// A folder that is named and not there may be made by the first who is trusted or written to:
/// said, since it may be misspelt as well, and taken for empty.
Result<Done> look_for_named_people(const Places& places) {
  if (places.people.empty() || is_nobody(places)) {
    return Done();
  }
  const auto look = look_at_own(places.people);
  if (look && look->kind != FileKind::folder) {
    return Error{ErrorCode::no_input, places.people + ": is no folder of contacts"};
  }
  if (!look && look.error().code != ErrorCode::no_input) {
    return look.error();
  }
  if (!look) {
    say("recipient-guard: " + places.people + ": no such folder; nobody is known");
  }
  return Done();
}

PolicySource::Options options_of(const Places& places, LaxRights lax_rights,
                                 std::shared_ptr<const PublicSuffixes> suffixes) {
  PolicySource::Options options;
  options.places.assign(places.policy.begin(), places.policy.end());
  options.lax_rights = lax_rights;
  options.vocabulary = check_vocabulary();
  options.suffixes = std::move(suffixes);
  if (!places.root.empty()) {
    const auto look = look_at(places.root);
    options.default_place.folder = below_root(places, default_policy_folder());
    options.default_place.judged_below = places.root;
    // Whoever makes an image is root in it.
    options.default_place.owner = look ? look->owner : 0;
  }
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
                     ? "The user's contacts: a folder, read only; none for nobody. Left out: the "
                       "user's own folder"
                     : "The user's contacts: a folder. Left out: the user's own folder")
      ->type_name(none_allowed ? "DIR|none" : "DIR");
}

void add_audit_option(CLI::App& app, Places& places) {
  app.add_option("--audit", places.audit,
                 "The folder of the audit record. Left out: the user's own folder")
      ->type_name("DIR");
}

void add_keyboards_option(CLI::App& app, Places& places) {
  app.add_option("--keyboards", places.keyboards,
                 "Whose neighbouring keys count: qwerty, qwertz, azerty, several with commas, or "
                 "all. Left out: by the locale and the keyboard set up here; all for a batch")
      ->type_name("LAYOUTS")
      ->check([](const std::string& text) {
        return read_layouts(text) ? std::string()
                                  : "names none of qwerty, qwertz, azerty, all: " + text;
      });
}

Keyboards keyboards_of(const Places& places) {
  if (const auto given = read_layouts(places.keyboards)) {
    return {*given, "--keyboards"};
  }
  const KeyboardSettings settings = keyboard_settings(places.root);
  const KeyboardLayouts by_locale = layouts_of_locale(settings.locale);
  const KeyboardLayouts by_xkb = layouts_of_xkb(settings.xkb_layouts, settings.xkb_variants);
  const KeyboardLayouts found = by_locale | by_xkb;
  if (found.empty()) {
    return {KeyboardLayouts::all(), "nothing here tells which"};
  }
  std::string said_by;
  if (!by_locale.empty()) {
    said_by = "the locale " + settings.locale;
  }
  if (!by_xkb.empty()) {
    said_by += (said_by.empty() ? "" : " and ") + ("the keyboard " + settings.xkb_layouts);
  }
  return {found, said_by};
}

std::optional<std::filesystem::path> people_place(const Places& places) {
  if (is_nobody(places)) {
    return std::nullopt;
  }
  if (!places.people.empty()) {
    return places.people;
  }
  const auto folder = people_folder();
  return folder ? std::optional(below_root(places, *folder)) : std::nullopt;
}

std::optional<std::filesystem::path> audit_place(const Places& places) {
  if (!places.audit.empty()) {
    return places.audit;
  }
  const auto folder = audit_folder();
  return folder ? std::optional(below_root(places, *folder)) : std::nullopt;
}

std::unique_ptr<AuditRecord> open_audit(const Places& places) {
  auto folder = audit_place(places);
  return folder ? std::make_unique<AuditRecord>(
                      AuditRecord::Options{std::move(*folder), origin_of_this_user()})
                : nullptr;
}

Engine::Engine(const Places& places, LaxRights lax_rights)
    : suffixes_(std::make_shared<PublicSuffixes>()),
      well_known_(*suffixes_),
      policy_(options_of(places, lax_rights, suffixes_)),
      keyboards_(keyboards_of(places)) {}

std::unique_ptr<PeopleStore> Engine::open_people(const Places& places,
                                                 Database::Access access) const {
  auto folder = people_place(places);
  return folder ? std::make_unique<PeopleStore>(
                      PeopleStore::Options{std::move(*folder), access, suffixes_})
                : nullptr;
}

Result<std::unique_ptr<PeopleStore>> Engine::open_named_people(const Places& places,
                                                               Database::Access access) const {
  if (access == Database::Access::read_only) {
    if (const auto there = look_for_named_people(places); !there) {
      return there.error();
    }
  }
  auto store = open_people(places, access);
  if (store == nullptr) {
    return Error{ErrorCode::no_input,
                 is_nobody(places) ? "--people none: there are no contacts; name a folder"
                                   : "cannot tell where your contacts are kept; set HOME, or name "
                                     "a folder with --people"};
  }
  return store;
}

std::optional<int> Engine::report_policy_if_named(const Places& places) const {
  const auto ended = report_policy();
  return places.policy.empty() ? std::nullopt : ended;
}

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

void say_where_defaults_apply(const Policy& policy) {
  if (!policy.from_organisation) {
    say("no organisation policy: the defaults apply");
  }
}

Result<People> people_to_look_at(const Places& places, const Engine& engine) {
  if (const auto there = look_for_named_people(places); !there) {
    return there.error();
  }
  const auto store = engine.open_people(places, Database::Access::read_only);
  if (store == nullptr) {
    return People();
  }
  if (const auto error = store->error()) {
    say("recipient-guard: " + error->text + ": taken for empty");
  }
  return store->read().people();
}

}  // namespace recipient_guard
