// SPDX-License-Identifier: MPL-2.0
#include "child.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace recipient_guard::bench {
namespace {

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bench: %s: %s\n", what, std::strerror(errno));
  std::exit(69);
}

pid_t started(const std::vector<std::string>& command, int input, int output) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) {
    give_up("fork");
  }
  if (pid == 0) {
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);  // what it says is no figure
    execv(arguments.front(), arguments.data());
    _exit(127);
  }
  return pid;
}

Usage ended(pid_t pid, double began) {
  int status = 0;
  rusage usage{};
  if (wait4(pid, &status, 0, &usage) != pid) {
    give_up("wait");
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds_now() - began, seconds(usage.ru_utime) + seconds(usage.ru_stime),
          WIFEXITED(status) ? WEXITSTATUS(status) : 128};
}

}  // namespace

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Child::Child(const std::vector<std::string>& command) {
  std::signal(SIGPIPE, SIG_IGN);
  int to[2];
  int from[2];
  if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
    give_up("pipe");
  }
  began_ = seconds_now();
  pid_ = started(command, to[0], from[1]);
  close(to[0]);
  close(from[1]);
  input_ = to[1];
  output_ = from[0];
}

Child::~Child() {
  if (pid_ > 0) {
    end();
  }
}

void Child::send(std::string_view body) {
  const auto length = static_cast<std::uint32_t>(body.size());
  std::string frame(reinterpret_cast<const char*>(&length), sizeof length);
  frame += body;
  for (std::size_t at = 0; at < frame.size();) {
    const ssize_t written = write(input_, frame.data() + at, frame.size() - at);
    if (written <= 0) {
      give_up("write");
    }
    at += static_cast<std::size_t>(written);
  }
}

std::string Child::receive() {
  std::string got;
  std::size_t wanted = sizeof(std::uint32_t);
  while (got.size() < wanted) {
    char chunk[65536];
    const ssize_t count = read(output_, chunk, sizeof chunk);
    if (count <= 0) {
      give_up("the program gave no answer");
    }
    got.append(chunk, static_cast<std::size_t>(count));
    if (got.size() >= sizeof(std::uint32_t)) {
      std::uint32_t length = 0;
      std::memcpy(&length, got.data(), sizeof length);
      wanted = sizeof length + length;
    }
  }
  return got.substr(sizeof(std::uint32_t));
}

double Child::status_mib(std::string_view name) const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) {
      return std::strtod(line.c_str() + name.size(), nullptr) / 1024;
    }
  }
  return 0;
}

double Child::resident() const {
  return status_mib("VmRSS:");
}

double Child::most_resident() const {
  return status_mib("VmHWM:");
}

Usage Child::end() {
  close(input_);
  close(output_);
  const Usage usage = ended(pid_, began_);
  pid_ = -1;
  return usage;
}

Usage run_with_files(const std::vector<std::string>& command, const std::string& input,
                     const std::string& output) {
  const int in = open(input.c_str(), O_RDONLY | O_CLOEXEC);
  const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (in < 0 || out < 0) {
    give_up(input.c_str());
  }
  const double began = seconds_now();
  const Usage usage = ended(started(command, in, out), began);
  close(in);
  close(out);
  return usage;
}

}  // namespace recipient_guard::bench
