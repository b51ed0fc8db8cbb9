// SPDX-License-Identifier: MPL-2.0
// Four ways to find which of many domains is one edit from a typed one, asked the same: what
// tests/bench/README.md chooses by.
//
//   bench_index ours|deletions|neighbours|every ENTRIES QUERIES    figures as one JSON object
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "lookalike/near_names.hpp"
#include "lookalike/slip.hpp"
#include "names.hpp"

using namespace recipient_guard;
using Clock = std::chrono::steady_clock;

namespace {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : text) {
    sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return bench::spread(sum);
}

bool is_near(std::string_view a, std::string_view b) {
  const std::u32string one(a.begin(), a.end());
  const std::u32string other(b.begin(), b.end());
  return one_edit(one, other).has_value();
}

class Names {
 public:
  void add(std::string_view name) {
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
    texts_ += name;
  }
  std::string_view operator[](std::size_t i) const {
    const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : texts_.size();
    return std::string_view(texts_).substr(begins_[i], end - begins_[i]);
  }
  std::size_t size() const { return begins_.size(); }
  void reserve(std::size_t names) {
    begins_.reserve(names);
    texts_.reserve(names * 16);
  }

 private:
  std::string texts_;
  std::vector<std::uint32_t> begins_;
};

struct Index {
  virtual ~Index() = default;
  virtual void add(const std::string& name, std::uint32_t number) = 0;
  virtual std::size_t near(const std::string& typed) const = 0;
};

struct Ours : Index {
  PublicSuffixes suffixes;
  NearNames names;
  explicit Ours(std::size_t entries) { names.reserve(entries); }
  void add(const std::string& name, std::uint32_t number) override {
    names.add(*DomainName::from_ascii(name), number, suffixes);
  }
  std::size_t near(const std::string& typed) const override {
    const DomainName name = *DomainName::from_ascii(typed);
    return names.contains(name) ? 1 : names.near(name, suffixes).size();
  }
};

/// Each name under itself and all that one character taken out leaves of it (SymSpell).
struct Deletions : Index {
  struct Slot {
    std::uint32_t mark;
    std::uint32_t name;  // + 1; 0 is free
  };
  std::vector<Slot> slots;
  Names names;
  explicit Deletions(std::size_t entries) : slots(std::bit_ceil(entries * 18 + 64)) {
    names.reserve(entries);
  }
  template <typename Visit>
  static void each_key(const std::string& text, Visit&& visit) {
    visit(hash_of(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
      visit(hash_of(std::string(text).erase(i, 1)));
    }
  }
  void add(const std::string& name, std::uint32_t number) override {
    names.add(name);
    each_key(name, [&](std::uint64_t key) {
      std::size_t at = key & (slots.size() - 1);
      for (; slots[at].name != 0; at = (at + 1) & (slots.size() - 1)) {
      }
      slots[at] = {static_cast<std::uint32_t>(key >> 32U), number + 1};
    });
  }
  std::size_t near(const std::string& typed) const override {
    std::vector<std::uint32_t> found;
    each_key(typed, [&](std::uint64_t key) {
      std::size_t at = key & (slots.size() - 1);
      for (; slots[at].name != 0; at = (at + 1) & (slots.size() - 1)) {
        if (slots[at].mark == static_cast<std::uint32_t>(key >> 32U)) {
          found.push_back(slots[at].name - 1);
        }
      }
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return static_cast<std::size_t>(
        std::count_if(found.begin(), found.end(), [&](std::uint32_t number) {
          return names[number] == typed || is_near(typed, names[number]);
        }));
  }
};

/// Fingerprints of 8 octets; all that one edit makes of the typed name is looked up.
struct Neighbours : Index {
  std::vector<std::uint64_t> prints;
  explicit Neighbours(std::size_t entries) : prints(std::bit_ceil(entries + entries / 3 + 64)) {}
  bool has(const std::string& text) const {
    const std::uint64_t print = hash_of(text) | 1U;
    std::size_t at = (print >> 20U) & (prints.size() - 1);
    for (; prints[at] != 0; at = (at + 1) & (prints.size() - 1)) {
      if (prints[at] == print) {
        return true;
      }
    }
    return false;
  }
  void add(const std::string& name, std::uint32_t) override {
    const std::uint64_t print = hash_of(name) | 1U;
    std::size_t at = (print >> 20U) & (prints.size() - 1);
    for (; prints[at] != 0; at = (at + 1) & (prints.size() - 1)) {
    }
    prints[at] = print;
  }
  std::size_t near(const std::string& typed) const override {
    if (has(typed)) {
      return 1;
    }
    std::size_t found = 0;
    for (std::size_t i = 0; i <= typed.size(); ++i) {
      std::string text = typed;
      if (i < typed.size()) {
        found += has(std::string(typed).erase(i, 1)) ? 1U : 0U;
      }
      if (i + 1 < typed.size()) {
        std::swap(text[i], text[i + 1]);
        found += has(text) ? 1U : 0U;
        text = typed;
      }
      std::string longer = std::string(typed).insert(i, 1, ' ');
      for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789-.")) {
        longer[i] = c;
        found += has(longer) ? 1U : 0U;
        if (i < typed.size()) {
          text[i] = c;
          found += has(text) ? 1U : 0U;
        }
      }
    }
    return found;
  }
};

/// Every name, passed over where its letters are too different.
struct Every : Index {
  Names names;
  std::vector<std::uint64_t> letters;
  explicit Every(std::size_t entries) {
    names.reserve(entries);
    letters.reserve(entries);
  }
  static std::uint64_t letters_of(std::string_view text) {
    std::uint64_t sum = 0;
    for (const char c : text) {
      const std::uint64_t bit = std::uint64_t{1} << (2 * (static_cast<unsigned char>(c) % 32U));
      sum |= (sum & bit) != 0 ? bit << 1U : bit;
    }
    return sum;
  }
  void add(const std::string& name, std::uint32_t) override {
    names.add(name);
    letters.push_back(letters_of(name));
  }
  std::size_t near(const std::string& typed) const override {
    const std::uint64_t signature = letters_of(typed);
    std::size_t found = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      std::uint64_t bits = letters[i] ^ signature;
      bits &= bits - 1;
      bits &= bits - 1;
      found += bits == 0 && (names[i] == typed || is_near(typed, names[i])) ? 1U : 0U;
    }
    return found;
  }
};

std::unique_ptr<Index> made(const std::string& kind, std::size_t entries) {
  if (kind == "ours") {
    return std::make_unique<Ours>(entries);
  }
  if (kind == "deletions") {
    return std::make_unique<Deletions>(entries);
  }
  if (kind == "neighbours") {
    return std::make_unique<Neighbours>(entries);
  }
  return kind == "every" ? std::make_unique<Every>(entries) : nullptr;
}

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  return static_cast<double>(pages * sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at) {
    return static_cast<std::uint32_t>(at < argc ? std::strtoul(argv[at], nullptr, 10) : 0);
  };
  const std::string kind = argc > 1 ? argv[1] : "";
  const std::uint32_t entries = number(2);
  const std::uint32_t queries = number(3);
  const double before = resident_mib();
  const std::unique_ptr<Index> index = made(kind, entries);
  if (index == nullptr || entries == 0 || queries == 0) {
    std::fputs("usage: bench_index ours|deletions|neighbours|every ENTRIES QUERIES\n", stderr);
    return 64;
  }
  const auto began = Clock::now();
  for (std::uint32_t i = 0; i < entries; ++i) {
    index->add(bench::domain_name(i), i);
  }
  const std::chrono::duration<double, std::milli> built = Clock::now() - began;
  const double mib = resident_mib() - before;
  std::vector<double> times;
  std::size_t finds = 0;
  for (std::uint32_t i = 0; i < queries; ++i) {
    const std::uint64_t dice = bench::spread(i);
    std::string typed = bench::domain_name(static_cast<std::uint32_t>(dice % entries));
    typed = i % 2 == 0 ? typed
                       : bench::with_slip(typed.substr(0, typed.find('.')), bench::spread(dice)) +
                             typed.substr(typed.find('.'));
    const auto asked = Clock::now();
    finds += index->near(typed);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - asked).count());
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf(
      "{\"kind\":\"%s\",\"entries\":%u,\"built_ms\":%.0f,\"mib\":%.1f,\"p50_us\":%.2f,"
      "\"p75_us\":%.2f,\"p99_us\":%.2f,\"finds\":%zu}\n",
      kind.c_str(), entries, built.count(), mib, at(0.5), at(0.75), at(0.99), finds);
  return 0;
}
