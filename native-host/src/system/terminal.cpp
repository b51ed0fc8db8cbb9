// SPDX-License-Identifier: MPL-2.0
#include "system/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace recipient_guard {

bool input_is_terminal() {
  return ::isatty(STDIN_FILENO) == 1;
}

bool output_takes_colour() {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') {
    return false;
  }
  const char* term = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace recipient_guard
