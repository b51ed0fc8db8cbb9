// SPDX-License-Identifier: MPL-2.0
// What every target has: its own function of one input, and a way to say that something which
// always holds does not. README.md tells how they are run.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace recipient_guard::fuzzing {

/// The target. Whatever octets stand in `input`: it returns, and what it demands holds.
void try_input(std::string_view input);

/// Ends the process, so that the input is kept, where `holds` is false.
void demand(bool holds, std::string_view what);

/// An input as lines, without their LF; at most `most` of them, the last one takes the rest.
std::vector<std::string_view> lines_of_input(std::string_view input, std::size_t most);

/// Takes numbers off the front of an input, one octet each; 0 where nothing is left.
class Dice {
 public:
  explicit Dice(std::string_view input) : rest_(input) {}

  std::size_t next() {
    if (rest_.empty()) {
      return 0;
    }
    const auto octet = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return octet;
  }
  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace recipient_guard::fuzzing
