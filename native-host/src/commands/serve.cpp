// SPDX-License-Identifier: MPL-2.0
#include "commands/serve.hpp"

#include <ctime>
#include <filesystem>
#include <optional>

#include "host_manifest.hpp"
#include "messaging/connection.hpp"
#include "system/paths.hpp"
#include "system/process.hpp"
#include "system/program.hpp"
#include "system/stdio.hpp"
#include "system/terminal.hpp"

namespace recipient_guard {

bool is_started_by_thunderbird(const std::vector<std::string>& arguments) {
  if (arguments.size() != 2) {
    return false;
  }
  const std::filesystem::path manifest(arguments[0]);
  return manifest.is_absolute() && manifest.extension() == ".json";
}

int serve_thunderbird(const std::string& extension_id) {
  if (extension_id != known_extension_id) {
    return fail({ErrorCode::usage, "serves the extension " + std::string(known_extension_id) +
                                       " and no other; this one calls itself \"" + extension_id +
                                       "\""});
  }
  return serve({});
}

int run_serve(const std::vector<std::string>& given) {
  Places places;
  Arguments arguments("serve", "Serves the extension on standard input and output.",
                      "[--policy DIR|FILE]... [--people DIR] [--audit DIR] "
                      "[--keyboards LAYOUTS]");
  add_policy_option(arguments.app(), places);
  add_people_option(arguments.app(), places, false);
  add_audit_option(arguments.app(), places);
  add_keyboards_option(arguments.app(), places);
  if (const auto ended = arguments.read(given)) {
    return *ended;
  }
  if (!arguments.plain().empty()) {
    return arguments.usage_error("takes no argument \"" + arguments.plain()[0] + "\"");
  }
  return serve(places);
}

int serve(const Places& places) {
  if (input_is_terminal()) {
    say("This is the native host of Recipient Guard. Thunderbird starts it and talks to it in\n"
        "frames on standard input and output; there is nothing to type here.\n"
        "Try recipient-guard --help.");
    return exit_clean;
  }
  ignore_broken_pipes();
  const auto pipes = claim_standard_streams();
  if (!pipes) {
    return fail(pipes.error());
  }
  const auto program = RunningProgram::find();
  Engine engine(places, LaxRights::refuse);
  const auto people = engine.open_people(places, Database::Access::read_write);
  const auto audit = open_audit(places);
  const FileTree machine({}, home_folder());
  const auto now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
  Guard guard({engine.policy(), engine.well_known(), engine.suffixes(), now,
               [&] { return program && program->replaced(); }, people.get(), audit.get(), &machine,
               program ? std::optional(program->path()) : std::nullopt,
               engine.keyboards().layouts});
  Upkeep upkeep(engine.policy(), people.get(), now);
  const auto ended = serve_connection(*pipes, guard, upkeep);
  return ended ? exit_clean : fail(ended.error());
}

}  // namespace recipient_guard
