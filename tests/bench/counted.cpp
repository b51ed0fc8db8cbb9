// SPDX-License-Identifier: MPL-2.0
// The fixed workloads whose instructions are recorded in instructions.json.
//
//   bench_counted FOLDER       FOLDER is empty and may be written to
#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "address/reader.hpp"
#include "counting.hpp"
#include "lists.hpp"
#include "messaging/guard.hpp"
#include "messaging/message_reader.hpp"
#include "messaging/verdict_writer.hpp"
#include "names.hpp"
#include "verdict/judge.hpp"

using namespace recipient_guard;

namespace {

constexpr std::uint32_t listed = 10'000;
constexpr std::uint32_t asked = 200;
constexpr std::uint32_t requests = 20;
constexpr std::uint32_t contacts = 2'000;
constexpr std::int64_t now = 1'700'000'000;

struct World {
  PublicSuffixes suffixes;
  WellKnownNames well_known{suffixes};
  People nobody;
  Policy addresses = bench::policy_of(listed, bench::address, suffixes);
  Policy domains = bench::policy_of(listed, bench::domain_name, suffixes);
};

/// Each time the same queries but another stretch of them: `round` 0 fills what is filled lazily.
std::vector<Message> messages_of(std::uint32_t round, std::uint32_t listed_addresses) {
  std::vector<Message> messages;
  for (std::uint32_t i = 0; i < asked; ++i) {
    messages.push_back(bench::message_to(bench::query(round * asked + i, listed_addresses)));
  }
  return messages;
}

void judge_all(const std::vector<Message>& messages, const Snapshots& snapshots) {
  for (const Message& message : messages) {
    bench::looked_at(judge(message, snapshots).recipients.size());
  }
}

void count_judging(const std::string& name, const Snapshots& snapshots,
                   std::uint32_t listed_addresses) {
  judge_all(messages_of(0, listed_addresses), snapshots);
  const std::vector<Message> messages = messages_of(1, listed_addresses);
  bench::counted(name, asked, [&] { judge_all(messages, snapshots); });
}

void count_near(const World& world) {
  std::vector<Mailbox> mailboxes;
  for (std::uint32_t i = 0; i < asked; ++i) {
    mailboxes.push_back(*read_address(bench::query(asked + i, listed)));
  }
  bench::counted("near addresses, 10^4 addresses listed", asked, [&] {
    for (const Mailbox& mailbox : mailboxes) {
      bench::looked_at(world.addresses.near_addresses.near(mailbox).size());
    }
  });
  bench::counted("near names, 10^4 domains listed", asked, [&] {
    for (const Mailbox& mailbox : mailboxes) {
      bench::looked_at(world.domains.near_names.near(mailbox.domain, world.suffixes).size());
    }
  });
}

People people_written_to(const PublicSuffixes& suffixes) {
  People people;
  for (std::uint32_t i = 0; i < contacts; ++i) {
    people.wrote_to(*read_address(bench::address(i)), now - 86'400 * (i % 300 + 2), Sending::right,
                    suffixes);
  }
  return people;
}

std::string request_of_ten(std::uint32_t number) {
  std::string text = R"({"v":1,"id":)" + std::to_string(number) + R"(,"op":"check","key":"key-)" +
                     std::to_string(number) +
                     R"(","message":{"from":"clerk@kettledrum-quarry.net",)"
                     R"("subject":"Minutes of the meeting","time":1700000000,"recipients":[)";
  for (std::uint32_t i = 0; i < 10; ++i) {
    const std::string address = bench::query(number * 10 + i, listed);
    text += i == 0 ? "" : ",";
    text += R"({"field":"to","text":"Some Person <)";
    text += address;
    text += R"(>","parsed":")";
    text += address;
    text += R"("})";
  }
  return text + "]}}";
}

std::vector<std::string> requests_from(std::uint32_t first) {
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; i < requests; ++i) {
    texts.push_back(request_of_ten(first + i));
  }
  return texts;
}

Message message_of(const std::string& request) {
  auto read = read_json(request);
  Complaints complaints;
  return read_message(std::move(*std::get<JsonValue>(read).find("message")), {.name = "message"},
                      complaints);
}

void count_reading_and_writing(const World& world) {
  const std::vector<std::string> texts = requests_from(0);
  bench::looked_at(message_of(texts.front()).recipients.size());
  bench::counted("reading a request of ten recipients", requests, [&] {
    for (const std::string& text : texts) {
      bench::looked_at(message_of(text).recipients.size());
    }
  });
  std::vector<Judgement> judgements;
  for (const std::string& text : texts) {
    judgements.push_back(
        judge(message_of(text), {world.addresses, world.nobody, world.well_known, world.suffixes}));
  }
  const VerdictForm form{VerdictForm::Listing::questioned, false, {}};
  bench::counted("writing the verdict on ten recipients", requests, [&] {
    for (const Judgement& judgement : judgements) {
      bench::looked_at(verdict_json(judgement, form).size());
    }
  });
}

void count_guard(const World& world, const std::string& folder) {
  {
    std::ofstream list(folder + "/listed.txt");
    for (std::uint32_t i = 0; i < listed; ++i) {
      list << bench::address(i) << '\n';
    }
    std::ofstream(folder + "/policy.json") << R"({"format":1,"allow_files":["listed.txt"]})";
  }
  PolicySource::Options options;
  options.places = {folder + "/policy.json"};
  options.lax_rights = LaxRights::remark;
  options.suffixes = std::make_shared<PublicSuffixes>();
  std::optional<PolicySource> source;
  bench::counted("loading a list file of 10^4 addresses", listed, [&] { source.emplace(options); });
  if (source->policy() == nullptr) {
    std::fprintf(stderr, "bench: %s\n", source->error()->text.c_str());
    std::exit(69);
  }
  Guard guard(
      {*source, world.well_known, world.suffixes, [] { return now; }, [] { return false; }});
  const std::vector<std::string> first = requests_from(0);
  const std::vector<std::string> texts = requests_from(requests);
  const auto ask = [&](const std::vector<std::string>& all) {
    for (const std::string& text : all) {
      bench::looked_at(guard.answer(text).size());
      guard.finish();
    }
  };
  ask(first);
  bench::counted("a check of ten recipients, text to text", requests, [&] { ask(texts); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_counted FOLDER\n", stderr);
    return 64;
  }
  bench::tell_compiler();
  const World world;
  count_judging("judging, 10^4 addresses listed",
                {world.addresses, world.nobody, world.well_known, world.suffixes}, listed);
  count_judging("judging, 10^4 domains listed",
                {world.domains, world.nobody, world.well_known, world.suffixes}, listed * 20);
  const People people = people_written_to(world.suffixes);
  count_judging("judging, 10^4 addresses listed and 2,000 people known",
                {world.addresses, people, world.well_known, world.suffixes}, listed);
  count_near(world);
  count_reading_and_writing(world);
  count_guard(world, argv[1]);
  return 0;
}
