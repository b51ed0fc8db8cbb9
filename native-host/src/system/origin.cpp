// SPDX-License-Identifier: MPL-2.0
#include "system/origin.hpp"

#include <pwd.h>
#include <syslog.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace recipient_guard {

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                          : std::string();
}

std::string user_name() {
  std::vector<char> room(16U * 1024U);
  passwd entry{};
  passwd* found = nullptr;
  const int failed = ::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found);
  return failed == 0 && found != nullptr ? std::string(found->pw_name)
                                         : std::to_string(::geteuid());
}

void tell_system_log(const std::string& line) {
  ::openlog("recipient-guard", LOG_PID, LOG_USER);
  ::syslog(LOG_NOTICE, "%s", line.c_str());
}

}  // namespace recipient_guard
