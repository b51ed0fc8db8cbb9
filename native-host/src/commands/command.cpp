// SPDX-License-Identifier: MPL-2.0
#include "commands/command.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "organisation/nearest.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {
namespace {

// CLI11's own usage line knows nothing of the arguments that are read from what it leaves.
class OwnUsage final : public CLI::Formatter {
 public:
  explicit OwnUsage(std::string usage) : usage_(std::move(usage)) {}

  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: " + usage_ + "\n";
  }

 private:
  std::string usage_;
};

}  // namespace

std::string unknown_word(std::string_view kind, std::string_view typed,
                         const std::vector<std::string_view>& known) {
  std::string text = "unknown " + std::string(kind) + " \"" + std::string(typed) + "\"";
  if (const auto near = nearest_of(typed, known)) {
    text += ", did you mean \"" + std::string(*near) + "\"?";
  }
  return text;
}

int fail(const Error& error) {
  say("recipient-guard: " + error.text);
  return traits_of(error.code).exit_status;
}

int finish(std::string_view result, int status) {
  const auto written = write_standard_output(result);
  return written ? status : fail(written.error());
}

Arguments::Arguments(std::string_view command, std::string_view summary, std::string_view usage)
    : app_(std::string(summary)), command_("recipient-guard " + std::string(command)) {
  app_.name(command_);
  app_.formatter(std::make_shared<OwnUsage>(command_ + " " + std::string(usage)));
  app_.allow_extras();
}

int Arguments::usage_error(std::string_view text) const {
  say(command_ + ": " + std::string(text));
  say("See " + command_ + " --help.");
  return traits_of(ErrorCode::usage).exit_status;
}

int Arguments::unknown_option(std::string_view option) const {
  const std::string_view name = option.substr(0, option.find('='));
  std::vector<std::string> names;
  for (const CLI::Option* known : app_.get_options()) {
    for (const auto& name_of_one : known->get_lnames()) {
      names.push_back("--" + name_of_one);
    }
  }
  return usage_error(
      unknown_word("option", name, std::vector<std::string_view>(names.begin(), names.end())));
}

std::optional<int> Arguments::read(const std::vector<std::string>& arguments) {
  // CLI11 takes `--` away without a trace, so what stands behind it is kept from CLI11.
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> reversed(std::make_reverse_iterator(end), arguments.rend());
  try {
    app_.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    return finish(app_.help(), exit_clean);
  } catch (const CLI::ParseError& wrong) {
    return usage_error(wrong.what());
  }
  plain_ = app_.remaining();
  for (const auto& argument : plain_) {
    if (argument.size() > 1 && argument[0] == '-') {
      return unknown_option(argument);
    }
  }
  if (end != arguments.end()) {
    plain_.insert(plain_.end(), std::next(end), arguments.end());
  }
  return std::nullopt;
}

}  // namespace recipient_guard
