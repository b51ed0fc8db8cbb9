// SPDX-License-Identifier: MPL-2.0
// The least that any native host has to do: reads a request with nlohmann/json and writes an answer
// that stands in a file, for the round trip to be compared with.
//
//   echo_host VERDICT.json
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

bool read_all(char* into, std::size_t size) {
  while (size > 0) {
    const ssize_t got = read(STDIN_FILENO, into, size);
    if (got <= 0) {
      return false;
    }
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = write(STDOUT_FILENO, text.data() + at, text.size() - at);
    if (written <= 0) {
      return false;
    }
    at += static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    return 64;
  }
  std::ifstream file(argv[1]);
  const nlohmann::json verdict = nlohmann::json::parse(file);
  for (;;) {
    std::uint32_t length = 0;
    if (!read_all(reinterpret_cast<char*>(&length), sizeof length)) {
      return 0;
    }
    std::string text(length, '\0');
    if (!read_all(text.data(), text.size())) {
      return 0;
    }
    const nlohmann::json request = nlohmann::json::parse(text);
    const nlohmann::json answer = {{"v", 1}, {"id", request["id"]}, {"ok", verdict}};
    const std::string body = answer.dump(-1, ' ', true);
    length = static_cast<std::uint32_t>(body.size());
    std::string frame(reinterpret_cast<const char*>(&length), sizeof length);
    if (!write_all(frame + body)) {
      return 74;
    }
  }
}
