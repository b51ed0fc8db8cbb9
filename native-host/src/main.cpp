// SPDX-License-Identifier: MPL-2.0
// recipient-guard: serves Thunderbird, or runs a command.
#include "commands/run.hpp"
#include "system/process.hpp"

int main(int count, char** arguments) {
  recipient_guard::secure_standard_descriptors();
  recipient_guard::harden_process();
  return recipient_guard::run_program(count, arguments);
}
