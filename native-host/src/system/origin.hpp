// SPDX-License-Identifier: MPL-2.0
// Who writes on which machine, and the system's own log.
#pragma once

#include <string>

namespace recipient_guard {

std::string machine_name();  ///< as the system calls itself, empty where it cannot tell
std::string user_name();     ///< of the effective user; the number where it has no name

/// One line for the system's own log (syslog(3)), as a message of the user's programs.
void tell_system_log(const std::string& line);

}  // namespace recipient_guard
