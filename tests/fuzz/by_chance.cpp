// SPDX-License-Identifier: MPL-2.0
// Runs a target where there is no libFuzzer: all inputs of a folder, then changes of them by
// chance, which follow from the seed alone. Takes libFuzzer's options as far as run.js gives them
// and says the same words.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerInitialize(int*, char***);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// So that whatever a sanitizer finds ends in keep_input().
extern "C" const char* __asan_default_options() {
  return "abort_on_error=1";
}
extern "C" const char* __ubsan_default_options() {
  return "abort_on_error=1";
}

namespace {

constexpr std::size_t most_changes = 6;

std::string tried;
std::string kept_at;  // where an input that ends the process is kept

void keep_input(int) {
  if (std::FILE* const file = std::fopen(kept_at.c_str(), "wb")) {
    std::fwrite(tried.data(), 1, tried.size(), file);
    std::fclose(file);
    std::fprintf(stderr, "Test unit written to %s\n", kept_at.c_str());
  }
  std::_Exit(EXIT_FAILURE);
}

struct Wishes {
  std::size_t runs = SIZE_MAX;
  std::size_t max_total_time = 3600;
  std::size_t seed = 1;
  std::size_t max_len = 4096;
  std::string artifact_prefix;
  std::string folder;
};

Wishes wishes_in(const std::vector<std::string>& arguments) {
  Wishes wishes;
  for (const std::string& argument : arguments) {
    if (!argument.starts_with('-')) {
      wishes.folder = argument;
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(1, equals - 1);
    const std::string value = argument.substr(equals + 1);
    std::size_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (name == "runs") {
      wishes.runs = number;
    } else if (name == "max_total_time") {
      wishes.max_total_time = number;
    } else if (name == "seed") {
      wishes.seed = number;
    } else if (name == "max_len") {
      wishes.max_len = number;
    } else if (name == "artifact_prefix") {
      wishes.artifact_prefix = value;
    }
  }
  return wishes;
}

std::vector<std::string> inputs_in(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs{""};
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Chance {
 public:
  explicit Chance(std::size_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }

  std::string changed(const std::vector<std::string>& inputs, std::size_t longest) {
    std::string input = inputs[below(inputs.size())];
    for (std::size_t left = 1 + below(most_changes); left > 0; --left) {
      const std::size_t at = below(input.size() + 1);
      const std::string& other = inputs[below(inputs.size())];
      switch (below(5)) {
        case 0:
          input.insert(at, 1, static_cast<char>(below(256)));
          break;
        case 1:
          input.erase(at, 1 + below(8));
          break;
        case 2:
          input.insert(at, other.substr(below(other.size()), below(32)));
          break;
        case 3:
          input.insert(at, input.substr(below(input.size()), below(64)));
          break;
        default:
          if (at < input.size()) {
            input[at] = static_cast<char>(below(2) == 0 ? below(256) : input[at] ^ 1);
          }
      }
    }
    return input.substr(0, longest);
  }

 private:
  std::mt19937_64 engine_;
};

void run(std::string input) {
  tried = std::move(input);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as libFuzzer gives them.
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(tried.data()), tried.size());
}

}  // namespace

int main(int count, char** words) {
  const Wishes wishes = wishes_in({words + 1, words + count});
  const std::vector<std::string> inputs = inputs_in(wishes.folder);
  kept_at = wishes.artifact_prefix + "crash";
  std::signal(SIGABRT, keep_input);
  LLVMFuzzerInitialize(&count, &words);
  const auto began = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  std::size_t runs = 0;
  for (; runs < inputs.size() && runs < wishes.runs; ++runs) {
    run(inputs[runs]);
  }
  Chance chance(wishes.seed);
  for (; runs < wishes.runs && seconds() < static_cast<double>(wishes.max_total_time); ++runs) {
    run(chance.changed(inputs, wishes.max_len));
  }
  std::fprintf(stderr, "stat::number_of_executed_units: %zu\nstat::average_exec_per_sec: %.0f\n",
               runs, static_cast<double>(runs) / seconds());
  return EXIT_SUCCESS;
}
