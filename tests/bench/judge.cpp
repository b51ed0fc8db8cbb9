// SPDX-License-Identifier: MPL-2.0
// What judging one recipient takes: each call timed by itself, no question asked twice.
//
//   bench_judge ENTRIES QUERIES [addresses|domains [PEOPLE]]    figures as one JSON object
//   bench_judge --write FOLDER ENTRIES QUERIES         the same list and queries, as text
#include "verdict/judge.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "lists.hpp"
#include "names.hpp"
#include "organisation/entry.hpp"

using namespace recipient_guard;
using Clock = std::chrono::steady_clock;

namespace {

std::int64_t nanoseconds(Clock::duration time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

std::string listed(std::uint32_t number, bool domains) {
  return domains ? bench::domain_name(number) : bench::address(number);
}

long resident_kib() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

int write_lists(const std::string& folder, std::uint32_t entries, std::uint32_t queries) {
  std::ofstream list(folder + "/listed.txt");
  for (std::uint32_t i = 0; i < entries; ++i) {
    list << bench::address(i) << '\n';
  }
  std::ofstream asked(folder + "/asked.txt");
  for (std::uint32_t i = 0; i < queries; ++i) {
    asked << bench::query(i, entries) << '\n';
  }
  std::ofstream domains(folder + "/domains.txt");
  for (std::uint32_t i = 0; i < entries; ++i) {
    domains << bench::domain_name(i) << '\n';
  }
  return list && asked && domains ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// So many people written to, half of them listed too.
People people_written_to(std::uint32_t count, const PublicSuffixes& suffixes) {
  People people;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t number = i % 2 == 0 ? i : (1U << 23U) + i;
    const auto entry = read_entry(bench::address(number));
    people.wrote_to(*std::get<Entry>(entry).mailbox, 1'690'000'000, Sending::right, suffixes);
  }
  return people;
}

int measure(std::uint32_t entries, std::uint32_t queries, bool domains, std::uint32_t contacts) {
  const PublicSuffixes suffixes;
  const WellKnownNames well_known(suffixes);
  const People people = people_written_to(contacts, suffixes);
  const long before = resident_kib();
  const auto began = Clock::now();
  const Policy policy = bench::policy_of(
      entries, [&](std::uint32_t number) { return listed(number, domains); }, suffixes);
  const auto loaded = Clock::now();
  const long after = resident_kib();
  const std::uint32_t at_these = domains ? entries * 20 : entries;
  std::vector<Message> messages;
  messages.reserve(queries);
  for (std::uint32_t i = 0; i < queries; ++i) {
    messages.push_back(bench::message_to(bench::query(i, at_these)));
  }
  std::vector<std::int64_t> times;
  times.reserve(queries);
  std::size_t questioned = 0;
  const Snapshots snapshots{policy, people, well_known, suffixes};
  for (const Message& message : messages) {
    const auto start = Clock::now();
    const Judgement judgement = judge(message, snapshots);
    times.push_back(nanoseconds(Clock::now() - start));
    questioned += judgement.verdict == Verdict::allow ? 0 : 1;
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  const auto sum = std::accumulate(times.begin(), times.end(), std::int64_t{0});
  std::printf(
      "{\"entries\":%u,\"queries\":%u,\"load_ms\":%.1f,\"mib\":%.1f,\"p50_ns\":%lld,"
      "\"p99_ns\":%lld,\"max_ns\":%lld,\"mean_ns\":%lld,\"questioned\":%zu}\n",
      entries, queries, static_cast<double>(nanoseconds(loaded - began)) / 1e6,
      static_cast<double>(after - before) / 1024, static_cast<long long>(at(0.5)),
      static_cast<long long>(at(0.99)), static_cast<long long>(times.back()),
      static_cast<long long>(sum) / static_cast<long long>(queries), questioned);
  return EXIT_SUCCESS;
}

std::uint32_t number_of(const char* text) {
  return static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 4 && arguments[0] == "--write") {
    return write_lists(arguments[1], number_of(argv[3]), number_of(argv[4]));
  }
  if (arguments.size() < 2) {
    std::fputs("usage: bench_judge ENTRIES QUERIES [addresses|domains [PEOPLE]]\n", stderr);
    return 64;
  }
  return measure(number_of(argv[1]), number_of(argv[2]),
                 arguments.size() > 2 && arguments[2] == "domains",
                 arguments.size() > 3 ? number_of(argv[4]) : 0);
}
