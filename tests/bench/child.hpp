// SPDX-License-Identifier: MPL-2.0
// A program at the other end of two pipes, spoken to in frames as Thunderbird does.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recipient_guard::bench {

/// What a program took, once it has ended.
struct Usage {
  double seconds = 0;      ///< of the clock
  double cpu_seconds = 0;  ///< its own and the kernel's for it
  int status = 0;
};

/// Ends this program with a message where anything goes wrong: a measurement has nothing to mend.
class Child {
 public:
  explicit Child(const std::vector<std::string>& command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void send(std::string_view body);
  std::string receive();
  std::string ask(std::string_view body) {
    send(body);
    return receive();
  }
  /// Resident now, and the most it ever was, in MiB.
  double resident() const;
  double most_resident() const;
  Usage end();

 private:
  double status_mib(std::string_view name) const;

  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  double began_ = 0;
};

double seconds_now();

/// Runs a program with files as its input and output.
Usage run_with_files(const std::vector<std::string>& command, const std::string& input,
                     const std::string& output);

}  // namespace recipient_guard::bench
