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

/// CLI11's own usage line knows nothing of the arguments that are read from what it leaves, and no
/// text of its help is folded.
class OwnHelp final : public CLI::Formatter {
 public:
  OwnHelp(std::string command, std::string_view usages) : command_(std::move(command)) {
    while (!usages.empty()) {
      const std::size_t end = std::min(usages.find('\n'), usages.size());
      usages_.emplace_back(usages.substr(0, end));
      usages.remove_prefix(std::min(end + 1, usages.size()));
    }
  }

  std::string make_description(const CLI::App* app) const override {
    return folded(app->get_description(), width_of_help) + "\n";
  }

  std::string make_usage(const CLI::App*, std::string) const override {
    std::string text;
    for (const std::string& usage : usages_) {
      const std::string head = (text.empty() ? "Usage: " : "       ") + command_ + " ";
      text += head + folded(usage, width_of_help - head.size(), head.size()) + "\n";
    }
    return text;
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    return folded(CLI::Formatter::make_option_desc(option), width_of_help - get_column_width());
  }

  std::string make_footer(const CLI::App* app) const override {
    return folded(CLI::Formatter::make_footer(app), width_of_help);
  }

 private:
  std::string command_;
  std::vector<std::string> usages_;
};

std::string listed(const std::vector<std::string_view>& all) {
  std::string text;
  for (const std::string_view word : all) {
    text += text.empty() ? "" : ", ";
    text += word;
  }
  return text;
}

}  // namespace

std::string folded(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    // A word, or what stands in brackets, with the blanks before it.
    std::size_t end = 0;
    int depth = 0;
    for (bool begun = false; end < text.size(); ++end) {
      const char c = text[end];
      if (c == '\n' || (c == ' ' && begun && depth == 0)) {
        break;
      }
      begun |= c != ' ';
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
    }
    std::string_view word = text.substr(0, end);
    if (column > 0 && column + word.size() > width) {
      out += "\n" + std::string(indent, ' ');
      word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
      column = 0;
    }
    out += word;
    column += word.size();
    text.remove_prefix(end);
    if (text.starts_with('\n')) {
      text.remove_prefix(1);
      out += '\n';
      column = 0;
    }
  }
  return out;
}

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

Arguments::Arguments(std::string_view command, std::string_view summary, std::string_view usages)
    : app_(std::string(summary)), command_("recipient-guard " + std::string(command)) {
  app_.name(command_);
  app_.formatter(std::make_shared<OwnHelp>(command_, usages));
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

std::optional<int> Arguments::refuse_faulty_values(std::span<const std::string> arguments) const {
  std::vector<const CLI::Option*> given;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::size_t equals = arguments[i].find('=');
    const std::string name = arguments[i].substr(0, equals);
    const CLI::Option* const option =
        name.starts_with("--") ? app_.get_option_no_throw(name) : nullptr;
    if (option == nullptr) {
      continue;
    }
    std::size_t values = static_cast<std::size_t>(option->get_items_expected_min());
    const bool may_be_repeated =
        values == 0 || option->get_expected_max() == CLI::detail::expected_max_vector_size;
    if (!may_be_repeated && std::ranges::find(given, option) != given.end()) {
      return usage_error(name + " is given twice");
    }
    given.push_back(option);
    if (equals != std::string::npos) {
      if (values == 0 || equals + 1 == arguments[i].size()) {
        return usage_error(name + (values == 0 ? " takes no value" : " has an empty value"));
      }
      --values;
    }
    for (; values > 0; --values) {
      if (++i == arguments.size() || arguments[i].starts_with("--")) {
        return usage_error(name + " needs a value; one that begins with -- is written " + name +
                           "=VALUE");
      }
      if (arguments[i].empty()) {
        return usage_error(name + " has an empty value");
      }
    }
  }
  return std::nullopt;
}

std::optional<int> Arguments::read(const std::vector<std::string>& arguments) {
  // CLI11 takes `--` away without a trace, so what stands behind it is kept from CLI11.
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  if (const auto ended = refuse_faulty_values({arguments.begin(), end})) {
    return ended;
  }
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

void Arguments::goes_with(const CLI::Option* option, std::vector<std::string_view> actions) {
  bound_.push_back({option, std::move(actions)});
}

std::optional<int> Arguments::read(const std::vector<std::string>& arguments,
                                   const std::vector<std::string_view>& actions) {
  if (const auto ended = read(arguments)) {
    return ended;
  }
  if (plain_.empty()) {
    return usage_error("say one of " + listed(actions));
  }
  action_ = std::move(plain_.front());
  plain_.erase(plain_.begin());
  if (std::ranges::find(actions, action_) == actions.end()) {
    return usage_error(unknown_word("action", action_, actions));
  }
  for (const BoundOption& bound : bound_) {
    if (bound.option->count() > 0 &&
        std::ranges::find(bound.actions, action_) == bound.actions.end()) {
      return usage_error(bound.option->get_name() + " goes with " + listed(bound.actions));
    }
  }
  return std::nullopt;
}

}  // namespace recipient_guard
