// SPDX-License-Identifier: MPL-2.0
#include "system/stdio.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace recipient_guard {
namespace {

constexpr int first_private_descriptor = 3;

Error input_output(std::string_view what, int number) {
  return {ErrorCode::input_output,
          std::string(what) + ": " + std::generic_category().message(number)};
}

// Whether what failed with errno may be tried again. A parent may have left a descriptor
// non-blocking; then this waits until it is ready.
bool try_again(int descriptor, short event) {
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    pollfd ready{descriptor, event, 0};
    return ::poll(&ready, 1, -1) >= 0 || errno == EINTR;
  }
  return errno == EINTR;
}

// False with errno set.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (!try_again(descriptor, POLLOUT)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<PrivateStdio> claim_standard_streams() {
  PrivateStdio claimed;
  claimed.input = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, first_private_descriptor);
  claimed.output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, first_private_descriptor);
  if (claimed.input < 0 || claimed.output < 0) {
    return input_output("cannot move the standard streams", errno);
  }
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 ||
      ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    return input_output("cannot move the standard streams", errno);
  }
  ::close(nothing);
  return claimed;
}

Result<std::size_t> read_standard_input(std::span<char> into) {
  for (;;) {
    const ssize_t got = ::read(STDIN_FILENO, into.data(), into.size());
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (!try_again(STDIN_FILENO, POLLIN)) {
      return input_output("cannot read standard input", errno);
    }
  }
}

Result<Done> write_standard_output(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text)) {
    return input_output("cannot write to standard output", errno);
  }
  return Done{};
}

void say(std::string_view text) {
  std::string line(text);
  line += '\n';
  static_cast<void>(write_all(STDERR_FILENO, line));
}

}  // namespace recipient_guard
