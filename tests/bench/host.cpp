// SPDX-License-Identifier: MPL-2.0
// What the built program takes as a whole: start, memory, round trips, a large message, --batch.
//
//   bench_host PROGRAM ECHO_HOST FOLDER ENTRIES        figures as one JSON object
//
// FOLDER holds what `bench_judge --write` wrote; more is written into it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "child.hpp"
#include "messaging/json_writer.hpp"
#include "names.hpp"

using namespace recipient_guard;
using bench::Child;
using nlohmann::json;

namespace {

struct Places {
  std::string program;
  std::string echo;
  std::string folder;
  std::uint32_t entries;
};

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::vector<std::string> serve(const Places& places, const std::string& policy,
                               const std::string& people = "people") {
  return {places.program, "serve",
          "--policy",     places.folder + "/" + policy,
          "--people",     places.folder + "/" + people,
          "--audit",      places.folder + "/audit"};
}

/// Every other recipient is a slip away from one that is listed, or all are listed.
enum class Asked { half_slips, all_listed };

std::string check_request(std::uint32_t first, std::uint32_t recipients, std::uint32_t entries,
                          Asked asked = Asked::half_slips) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("v", 1).member("id", std::int64_t{first});
  writer.member("op", "check").member("key", "key-" + std::to_string(first));
  writer.key("message").begin_object().member("from", "clerk@kettledrum-quarry.net");
  writer.member("subject", "Minutes of the meeting").key("recipients").begin_array();
  for (std::uint32_t i = 0; i < recipients; ++i) {
    const std::string address = asked == Asked::half_slips
                                    ? bench::query(first + i, entries)
                                    : bench::address((first + i) * 7919U % entries);
    writer.begin_object().member("field", "to");
    writer.member("text", "Some Person <" + address + ">").member("parsed", address).end_object();
  }
  writer.end_array().end_object().end_object();
  return out;
}

/// Until the first check is answered, in seconds.
double start_once(const Places& places, const std::string& policy, const std::string& people) {
  const std::string request = check_request(0, 1, places.entries);
  const double began = bench::seconds_now();
  Child host(serve(places, policy, people));
  host.ask(request);
  return bench::seconds_now() - began;
}

constexpr std::uint32_t known_people = 100'000;

/// A store of so many people, five to a message, as the program itself learns them.
void write_people(const Places& places) {
  const std::string path = places.folder + "/sent.jsonl";
  {
    std::ofstream sent(path, std::ios::binary);
    const std::int64_t now = std::time(nullptr);
    for (std::uint32_t i = 0; i < known_people; i += 5) {
      json message = {{"from", "clerk@kettledrum-quarry.net"},
                      {"time", now - 86'400 * (1 + i / 5 % 300)},
                      {"recipients", json::array()}};
      for (std::uint32_t member = i; member < i + 5; ++member) {
        message["recipients"].push_back({{"field", "to"}, {"text", bench::address(member)}});
      }
      sent << message.dump() << '\n';
    }
  }
  write_file(places.folder + "/none.jsonl", "");
  bench::run_with_files(
      {places.program, "history", "learn", "--people", places.folder + "/many-people", "--from",
       "clerk@kettledrum-quarry.net", path},
      places.folder + "/none.jsonl", "/dev/null");
}

void measure_start(const Places& places, const std::string& name, const std::string& people,
                   json& figures) {
  const std::string policy = name + ".json";
  const std::string of = people == "people" ? name : name + "_people";
  std::vector<double> times;
  for (int i = 0; i < 7; ++i) {
    times.push_back(start_once(places, policy, people));
  }
  figures["start_" + of + "_ms"] = median(times) * 1000;
  Child host(serve(places, policy, people));
  host.ask(check_request(0, 1, places.entries));
  figures["memory_" + of + "_mib"] = host.resident();
  figures["memory_most_" + of + "_mib"] = host.most_resident();
}

/// Seconds of one request, of those that are asked in a row: what is done behind an answer delays
/// the next one, and counts.
double asked_in_a_row(Child& child, const std::vector<std::string>& requests) {
  const double began = bench::seconds_now();
  for (const std::string& request : requests) {
    child.ask(request);
  }
  return (bench::seconds_now() - began) / static_cast<double>(requests.size());
}

/// In turns, so that whatever else the machine does meets both.
void measure_round_trip(const Places& places, const std::string& policy, Asked asked,
                        const std::string& name, json& figures) {
  constexpr std::uint32_t turns = 300;
  constexpr std::uint32_t in_a_row = 10;
  Child host(serve(places, policy));
  const json sample = json::parse(host.ask(check_request(0, 10, places.entries, asked)));
  write_file(places.folder + "/verdict.json", sample["ok"].dump());
  Child echo({places.echo, places.folder + "/verdict.json"});
  std::vector<double> of_host;
  std::vector<double> of_echo;
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    std::vector<std::string> requests;
    for (std::uint32_t i = 0; i < in_a_row; ++i) {
      const std::uint32_t first = 1000 + (turn * in_a_row + i) * 10;
      requests.push_back(check_request(first, 10, places.entries, asked));
    }
    of_host.push_back(asked_in_a_row(host, requests));
    of_echo.push_back(asked_in_a_row(echo, requests));
  }
  figures[name + "_us"] = median(of_host) * 1e6;
  figures[name + "_echo_us"] = median(of_echo) * 1e6;
  figures[name + "_ratio"] = median(of_host) / median(of_echo);
}

void measure_large(const Places& places, json& figures) {
  constexpr std::uint32_t recipients = 10'000;
  Child host(serve(places, "full.json"));
  host.ask(check_request(0, 1, places.entries));
  std::vector<double> times;
  for (std::uint32_t i = 1; i <= 7; ++i) {
    const std::string request = check_request(i * recipients, recipients, places.entries);
    const double began = bench::seconds_now();
    host.ask(request);
    times.push_back(bench::seconds_now() - began);
  }
  figures["large_ms"] = median(times) * 1000;
}

/// Mail logs: one to five recipients a line.
void measure_batch(const Places& places, json& figures) {
  constexpr std::uint32_t wanted = 300'000;
  const std::string path = places.folder + "/log.jsonl";
  std::uint32_t recipients = 0;
  {
    std::ofstream log(path, std::ios::binary);
    while (recipients < wanted) {
      const auto count = static_cast<std::uint32_t>(1 + bench::spread(recipients) % 5);
      json message = {{"from", "clerk@kettledrum-quarry.net"}, {"recipients", json::array()}};
      for (std::uint32_t i = 0; i < count; ++i) {
        // A log's recipients are mostly right.
        const std::uint32_t number = recipients + i;
        const std::string address = number % 16 == 0 ? bench::query(number | 1U, places.entries)
                                                     : bench::query(number & ~1U, places.entries);
        message["recipients"].push_back({{"field", "to"}, {"text", address}});
      }
      log << json{{"message", message}}.dump() << '\n';
      recipients += count;
    }
  }
  const std::vector<std::string> command = {places.program,
                                            "check",
                                            "--batch",
                                            "--people",
                                            "none",
                                            "--policy",
                                            places.folder + "/full.json"};
  const auto idle = bench::run_with_files(command, places.folder + "/none.jsonl", "/dev/null");
  std::vector<double> rates;
  for (int i = 0; i < 3; ++i) {
    const auto usage = bench::run_with_files(command, path, "/dev/null");
    rates.push_back(recipients / (usage.cpu_seconds - idle.cpu_seconds));
  }
  figures["batch_per_second"] = median(rates);
}

/// Checks go on while a list of all entries is loaded anew.
void measure_reload(const Places& places, json& figures) {
  Child host(serve(places, "full.json"));
  const auto digest = [&](std::int64_t id) {
    const json status = json::parse(
        host.ask(json{{"v", 1}, {"id", id}, {"op", "hello"}, {"extension", "bench"}}.dump()));
    return status["ok"]["policy"]["digest"].get<std::string>();
  };
  host.ask(check_request(0, 1, places.entries));
  const double before = host.resident();
  const std::string old_digest = digest(1);
  const std::string list = read_file(places.folder + "/listed.txt");
  write_file(places.folder + "/listed.new", list + "one-more.example.org\n");
  std::rename((places.folder + "/listed.new").c_str(), (places.folder + "/listed.txt").c_str());
  std::vector<double> times;
  const double began = bench::seconds_now();
  double seen_after = 0;
  for (std::uint32_t i = 1; bench::seconds_now() - began < 30; ++i) {
    const std::string request = check_request(1'000'000 + i, 1, places.entries);
    const double asked = bench::seconds_now();
    host.ask(request);
    times.push_back(bench::seconds_now() - asked);
    if (i % 256 == 0 && digest(i) != old_digest) {
      seen_after = bench::seconds_now() - began;
      break;
    }
  }
  figures["reload_check_p99_ms"] = at_share(times, 0.99) * 1000;
  figures["reload_check_max_ms"] = at_share(times, 1) * 1000;
  figures["reload_seen_after_ms"] = seen_after * 1000;
  figures["reload_memory_before_mib"] = before;
  figures["reload_memory_after_mib"] = host.resident();
  write_file(places.folder + "/listed.txt", list);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: bench_host PROGRAM ECHO_HOST FOLDER ENTRIES\n", stderr);
    return 64;
  }
  const Places places{argv[1], argv[2], argv[3],
                      static_cast<std::uint32_t>(std::strtoul(argv[4], nullptr, 10))};
  write_file(places.folder + "/empty.json", R"({"format": 1})");
  write_file(places.folder + "/full.json", R"({"format": 1, "allow_files": ["listed.txt"]})");
  write_file(places.folder + "/unrecorded.json",
             R"({"format": 1, "allow_files": ["listed.txt"], "audit": {"record": "none"}})");
  write_file(places.folder + "/domains.json", R"({"format": 1, "allow_files": ["domains.txt"]})");
  json figures;
  for (const char* const policy : {"empty", "full", "domains"}) {
    measure_start(places, policy, "people", figures);
  }
  write_people(places);
  measure_start(places, "full", "many-people", figures);
  measure_round_trip(places, "full.json", Asked::half_slips, "pipe", figures);
  measure_round_trip(places, "unrecorded.json", Asked::half_slips, "pipe_unrecorded", figures);
  measure_round_trip(places, "full.json", Asked::all_listed, "pipe_listed", figures);
  measure_large(places, figures);
  measure_batch(places, figures);
  measure_reload(places, figures);
  std::printf("%s\n", figures.dump().c_str());
  return 0;
}
