// SPDX-License-Identifier: MPL-2.0
#include "commands/run.hpp"

#include <exception>
#include <string>
#include <vector>

#include "commands/audit.hpp"
#include "commands/check.hpp"
#include "commands/command.hpp"
#include "commands/doctor.hpp"
#include "commands/explain.hpp"
#include "commands/history.hpp"
#include "commands/manifest.hpp"
#include "commands/policy.hpp"
#include "commands/serve.hpp"
#include "commands/trust.hpp"
#include "system/stdio.hpp"
#include "version.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t name_column = 12;
constexpr std::size_t indent_of_summaries = name_column + 2;

std::string help() {
  std::string text =
      "Recipient Guard stops mail to mistyped recipients before it leaves.\n"
      "\n"
      "Usage: recipient-guard COMMAND [ARGUMENTS]\n"
      "       recipient-guard MANIFEST.json EXTENSION-ID    how Thunderbird starts it\n"
      "\n"
      "Commands:\n";
  for (const auto& one : subcommands()) {
    text += "  " + std::string(one.name) + std::string(name_column - one.name.size(), ' ');
    text += folded(one.summary, width_of_help - indent_of_summaries, indent_of_summaries) + "\n";
  }
  text +=
      "\n"
      "  --help      this text; COMMAND --help, or help COMMAND: more on one of them\n"
      "  --version   the version\n"
      "\n";
  return text + folded(
                    "Exit status: 0 allow or clean, 1 warn or findings, 2 block, 64 usage, 65 bad "
                    "data, 66 no such input, 69 unavailable, 73 can't create, 74 input/output, 77 "
                    "permission, 78 bad policy.\n",
                    width_of_help);
}

int usage(const std::string& text) {
  say("recipient-guard: " + text);
  say("See recipient-guard --help.");
  return traits_of(ErrorCode::usage).exit_status;
}

int run(const std::vector<std::string>& arguments) {
  if (is_started_by_thunderbird(arguments)) {
    return serve_thunderbird(arguments[1]);
  }
  if (arguments.empty()) {
    say(help());
    return traits_of(ErrorCode::usage).exit_status;
  }
  const std::string& first = arguments[0];
  if (first == "help" && arguments.size() > 1) {
    return run({arguments[1], "--help"});
  }
  if (first == "--help" || first == "-h" || first == "help") {
    return finish(help(), exit_clean);
  }
  if (first == "--version") {
    return finish(std::string("recipient-guard ") + program_version + "\n", exit_clean);
  }
  std::vector<std::string_view> names{"--help", "--version"};
  for (const auto& one : subcommands()) {
    if (one.name == first) {
      return one.run(std::vector<std::string>(arguments.begin() + 1, arguments.end()));
    }
    names.push_back(one.name);
  }
  return usage(unknown_word(first[0] == '-' ? "option" : "command", first, names));
}

}  // namespace

const std::vector<Subcommand>& subcommands() {
  static const std::vector<Subcommand> all{
      {"check", "says of addresses what Send would say of them", run_check},
      {"explain", "says why an address gets its verdict, and what came close", run_explain},
      {"policy", "looks a policy over, or shows each value and where it comes from", run_policy},
      {"serve", "serves the extension on standard input and output", run_serve},
      {"trust", "lists and changes whom you trust", run_trust},
      {"audit", "shows, checks and exports the record of decisions", run_audit},
      {"doctor", "looks at everything that can be wrong, and says what to do", run_doctor},
      {"history", "shows, learns and forgets what is kept of sent mail", run_history},
      {"manifest", "prints, installs or removes the manifest that Thunderbird finds the host by",
       run_manifest},
  };
  return all;
}

int run_program(int count, const char* const* arguments) {
  try {
    // A parent may start a program without even its name.
    const char* const* first = count > 0 ? arguments + 1 : arguments;
    return run(std::vector<std::string>(first, arguments + count));
  } catch (const std::exception& failure) {
    return fail(
        {ErrorCode::internal, std::string("ends by a fault of its own: ") + failure.what()});
  }
}

}  // namespace recipient_guard
