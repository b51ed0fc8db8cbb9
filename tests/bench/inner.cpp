// SPDX-License-Identifier: MPL-2.0
// The inner steps of a check, one by one (Google Benchmark): where the time of a whole one goes.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>

#include "address/reader.hpp"
#include "document/json.hpp"
#include "messaging/verdict_writer.hpp"
#include "names.hpp"
#include "organisation/entry.hpp"
#include "verdict/judge.hpp"

using namespace recipient_guard;

namespace {

constexpr std::uint32_t listed = 100'000;
constexpr std::uint32_t asked = 4096;

struct World {
  PublicSuffixes suffixes;
  WellKnownNames well_known{suffixes};
  People people;
  Policy policy;
  std::vector<std::string> texts;
  std::vector<Mailbox> mailboxes;

  World() {
    policy.documents = {"bench.txt"};
    for (std::uint32_t i = 0; i < listed; ++i) {
      const auto entry = read_entry(bench::address(i));
      policy.rules.add(std::get<Entry>(entry), {0, i + 1});
    }
    fill_near_names(policy, suffixes);
    for (std::uint32_t i = 0; i < asked; ++i) {
      texts.push_back(bench::query(i, listed));
      mailboxes.push_back(*read_address(texts.back()));
    }
  }
};

const World& world() {
  static const World one;
  return one;
}

template <typename Step>
void over_mailboxes(benchmark::State& state, Step&& step) {
  const World& w = world();
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(step(w, w.mailboxes[i++ % asked]));
  }
}

void read_recipient_of_text(benchmark::State& state) {
  const World& w = world();
  std::size_t i = 0;
  for (auto _ : state) {
    const std::string& text = w.texts[i++ % asked];
    benchmark::DoNotOptimize(read_recipient(text, text));
  }
}
BENCHMARK(read_recipient_of_text);

void registrable_of(benchmark::State& state) {
  over_mailboxes(state, [](const World& w, const Mailbox& mailbox) {
    return w.suffixes.registrable_of(mailbox.domain);
  });
}
BENCHMARK(registrable_of);

void exact_rule(benchmark::State& state) {
  over_mailboxes(state, [](const World& w, const Mailbox& mailbox) {
    return w.policy.rules.covering(mailbox);
  });
}
BENCHMARK(exact_rule);

void near_names(benchmark::State& state) {
  over_mailboxes(state, [](const World& w, const Mailbox& mailbox) {
    return w.policy.near_names.near(mailbox.domain, w.suffixes);
  });
}
BENCHMARK(near_names);

void near_addresses(benchmark::State& state) {
  over_mailboxes(state, [](const World& w, const Mailbox& mailbox) {
    return w.policy.near_addresses.near(mailbox);
  });
}
BENCHMARK(near_addresses);

Message message_of(const World& w, std::size_t first, std::size_t count) {
  Message message;
  message.from = "clerk@kettledrum-quarry.net";
  message.time = 1'700'000'000;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& text = w.texts[(first + i) % asked];
    message.recipients.push_back({Field::to, text, text, std::nullopt});
  }
  return message;
}

void judge_ten(benchmark::State& state) {
  const World& w = world();
  const Snapshots snapshots{w.policy, w.people, w.well_known, w.suffixes};
  std::vector<Message> messages;
  for (std::size_t i = 0; i < asked; i += 10) {
    messages.push_back(message_of(w, i, 10));
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge(messages[i++ % messages.size()], snapshots));
  }
}
BENCHMARK(judge_ten);

std::string request_of_ten() {
  const World& w = world();
  nlohmann::json message = {{"from", "clerk@kettledrum-quarry.net"},
                            {"subject", "Minutes of the meeting"},
                            {"recipients", nlohmann::json::array()}};
  for (std::size_t i = 0; i < 10; ++i) {
    message["recipients"].push_back(
        {{"field", "to"}, {"text", "Some Person <" + w.texts[i] + ">"}, {"parsed", w.texts[i]}});
  }
  const nlohmann::json request = {
      {"v", 1}, {"id", 7}, {"op", "check"}, {"key", "key-1"}, {"message", message}};
  return request.dump();
}

void read_request_of_ten(benchmark::State& state) {
  const std::string text = request_of_ten();
  for (auto _ : state) {
    benchmark::DoNotOptimize(read_json(text));
  }
}
BENCHMARK(read_request_of_ten);

void read_request_of_ten_by_nlohmann(benchmark::State& state) {
  const std::string text = request_of_ten();
  for (auto _ : state) {
    benchmark::DoNotOptimize(nlohmann::json::parse(text));
  }
}
BENCHMARK(read_request_of_ten_by_nlohmann);

void write_verdict_of_ten(benchmark::State& state) {
  const World& w = world();
  const Judgement judgement =
      judge(message_of(w, 0, 10), {w.policy, w.people, w.well_known, w.suffixes});
  const VerdictForm form{VerdictForm::Listing::questioned, false, {}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(verdict_json(judgement, form));
  }
}
BENCHMARK(write_verdict_of_ten);

void write_verdict_of_ten_by_nlohmann(benchmark::State& state) {
  const World& w = world();
  const Judgement judgement =
      judge(message_of(w, 0, 10), {w.policy, w.people, w.well_known, w.suffixes});
  const auto verdict =
      nlohmann::json::parse(verdict_json(judgement, {VerdictForm::Listing::questioned, false, {}}));
  for (auto _ : state) {
    benchmark::DoNotOptimize(verdict.dump(-1, ' ', true));
  }
}
BENCHMARK(write_verdict_of_ten_by_nlohmann);

}  // namespace

BENCHMARK_MAIN();
