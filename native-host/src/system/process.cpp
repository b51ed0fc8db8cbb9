// SPDX-License-Identifier: MPL-2.0
#include "system/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

// LeakSanitizer looks at its own process as a debugger does.
#if defined(__SANITIZE_ADDRESS__)
#define RECIPIENT_GUARD_WATCHED_BY_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RECIPIENT_GUARD_WATCHED_BY_SANITIZER 1
#endif
#endif

namespace recipient_guard {

void secure_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) {
      continue;
    }
    // The lowest free number is this one, because those below it are open by now.
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", mode) != descriptor) {
      ::_exit(71);  // EX_OSERR: without /dev/null nothing can be promised
    }
  }
}

void harden_process() {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef RECIPIENT_GUARD_WATCHED_BY_SANITIZER
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // a core handler behind a pipe asks this, not the limit
#endif
}

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

long process_number() {
  return ::getpid();
}

void end_process(int status) {
  ::_exit(status);
}

}  // namespace recipient_guard
