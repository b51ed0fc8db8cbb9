// SPDX-License-Identifier: MPL-2.0
// What every subcommand shares: its arguments, its errors, its end.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "system/error.hpp"

namespace recipient_guard {

/// Exit statuses that are no errors.
inline constexpr int exit_clean = 0;
inline constexpr int exit_warn = 1;
inline constexpr int exit_block = 2;

struct Subcommand {
  std::string_view name;
  std::string_view summary;
  /// `arguments` are those behind the name; answers the exit status.
  int (*run)(const std::vector<std::string>& arguments);
};

/// All of them, in the order of --help.
const std::vector<Subcommand>& subcommands();

/// The arguments of one subcommand, read by CLI11.
class Arguments {
 public:
  /// `usages`: what may stand behind the command, a line each way.
  Arguments(std::string_view command, std::string_view summary, std::string_view usages);

  CLI::App& app() { return app_; }

  /// Reads them. A number: the command has ended with this exit status, because help was asked for
  /// and given, or because they are wrong, which was said. Options may stand anywhere; what is none
  /// becomes plain(), and so does all behind `--`.
  std::optional<int> read(const std::vector<std::string>& arguments);

  /// Of a command with actions: the first plain argument is one of them and becomes action().
  std::optional<int> read(const std::vector<std::string>& arguments,
                          const std::vector<std::string_view>& actions);

  /// The option is refused with any other action.
  void goes_with(const CLI::Option* option, std::vector<std::string_view> actions);

  const std::vector<std::string>& plain() const { return plain_; }
  const std::string& action() const { return action_; }

  /// Says what is wrong with the arguments; the exit status.
  int usage_error(std::string_view text) const;

 private:
  /// CLI11 would take the next argument for the value of `--people=`, and an option for a value; of
  /// an option that stands twice it speaks in numbers.
  std::optional<int> refuse_faulty_values(std::span<const std::string> arguments) const;
  int unknown_option(std::string_view option) const;

  struct BoundOption {
    const CLI::Option* option;
    std::vector<std::string_view> actions;
  };

  CLI::App app_;
  std::string command_;
  std::vector<BoundOption> bound_;
  std::string action_;
  std::vector<std::string> plain_;
};

/// Says what went wrong; the exit status that goes with it.
int fail(const Error& error);

/// Writes a result; the exit status is `status`, or that of the failure.
int finish(std::string_view result, int status);

/// Columns of every help text.
inline constexpr std::size_t width_of_help = 80;

/// The text with a line end at a blank wherever a line would be longer than `width`, never within
/// brackets; what follows such a line end stands behind `indent` blanks, which `width` does not
/// count.
std::string folded(std::string_view text, std::size_t width, std::size_t indent = 0);

/// `unknown KIND "typed", did you mean "known"?`
std::string unknown_word(std::string_view kind, std::string_view typed,
                         const std::vector<std::string_view>& known);

}  // namespace recipient_guard
