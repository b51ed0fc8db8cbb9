// SPDX-License-Identifier: MPL-2.0
// The worst that a list, a history and a message may hold, judged: each case is a line of figures.
//
//   bench_worst ENTRIES RECIPIENTS     ENTRIES listed, RECIPIENTS in the one large message
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "address/reader.hpp"
#include "counting.hpp"
#include "lists.hpp"
#include "lookalike/two_edits.hpp"
#include "verdict/judge.hpp"

using namespace recipient_guard;

namespace {

constexpr std::uint32_t asked = 24;
constexpr std::size_t most_list_octets = std::size_t{64} << 20U;  // of all list files (POLICY)
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::int64_t now = 1'700'000'000;

/// `text` with the digits of `number`, in base 36, at `places`: whatever differs in one digit is
/// one slip away.
std::string with_digits(std::string text, std::uint32_t number,
                        const std::vector<std::size_t>& places) {
  for (const std::size_t place : places) {
    text[place] = letters[number % letters.size()];
    number /= static_cast<std::uint32_t>(letters.size());
  }
  return text;
}

/// Three thirds of 64 octets, each like many others of its kind: whatever slips, two are known.
std::string long_address(std::uint32_t number) {
  const std::string local = "anna.procurement.anddeliveries.of.the.second.regional.department";
  return with_digits(local, number, {10, 31, 52, 60, 3}) + "@example.com";
}

std::string run(std::size_t length, std::size_t first) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text += letters[(first + i * 7) % 26];
  }
  return text;
}

/// 253 octets in labels of 63.
std::string long_domain(std::uint32_t number) {
  const std::string name =
      run(63, 1) + '.' + run(63, 2) + '.' + run(63, 3) + '.' + run(57, 4) + ".com";
  return with_digits(name, number, {210, 220, 140, 70, 10});
}

/// 253 octets in labels of one letter.
std::string deep_domain(std::uint32_t number) {
  std::string name;
  for (std::size_t i = 0; i < 125; ++i) {
    name += letters[i % 26];
    name += '.';
  }
  return with_digits(name + "net", number, {248, 246, 244, 120, 10});
}

std::string prefixed_domain(std::uint32_t number) {
  return with_digits("ministry-of-defence-procurement-office-_____.com", number,
                     {43, 42, 41, 40, 39});
}

std::string prefixed_address(std::uint32_t number) {
  return with_digits("procurement.office.section._____@example.com", number, {31, 30, 29, 28, 27});
}

/// One name with and without hyphens, in all ways: all are one slip from any other.
std::string hyphened_domain(std::uint32_t number) {
  const std::string name = "abcdefghijklmnopqrstuv";
  std::string text(1, name[0]);
  for (std::size_t i = 1; i < name.size(); ++i) {
    text += (number >> (i - 1) & 1U) != 0 ? "-" : "";
    text += name[i];
  }
  return text + ".com";
}

/// One look, written in all ways.
std::string lookalike_domain(std::uint32_t number) {
  std::string text = "n";
  for (std::size_t i = 0; i < 22; ++i) {
    const bool other = (number >> i & 1U) != 0;
    text += i % 2 == 0 ? (other ? '0' : 'o') : (other ? '1' : 'l');
  }
  return text + ".com";
}

/// All that one edit makes of a label of 60 letters, then of the next such label ..
std::string edited_domain(std::uint32_t number) {
  constexpr std::size_t length = 60;
  constexpr auto per_place = static_cast<std::uint32_t>(letters.size());
  constexpr std::uint32_t replaced = length * per_place;
  constexpr std::uint32_t neighbours = replaced + (length - 1) * per_place;
  std::string text = run(length, number / neighbours);
  number %= neighbours;
  if (number < replaced) {
    text[number / per_place] = letters[number % per_place];
  } else {
    number -= replaced;
    text.insert(1 + number / per_place, 1, letters[number % per_place]);
  }
  return text + ".com";
}

/// Long names each two edits from most others, no more of them than two edits are looked for in.
std::string twice_edited_domain(std::uint32_t number) {
  std::string text = long_domain(0);
  const std::size_t place = 230 - number / 25 % 164;
  text[place] = text[place] == '.' ? '.' : letters[number % 25];
  return text;
}

using Listed = std::string (*)(std::uint32_t);

/// Another letter at `place`; what is asked is near to what is listed, and seldom listed itself.
std::string changed(std::string text, std::size_t place, std::uint32_t number) {
  const std::size_t at = place % (text.find_last_of('.') - 1);
  if (text[at] == '.' || text[at] == '@') {
    return changed(std::move(text), place + 1, number);
  }
  switch (number % 4) {
    case 0:
      text[at] = letters[number % 26];
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      break;  // as it is listed
    default:
      std::swap(text[at], text[at + (text[at + 1] == '.' || text[at + 1] == '@' ? 0 : 1)]);
  }
  return text;
}

std::string asked_of(Listed listed, std::uint32_t number, std::uint32_t entries) {
  const std::string text =
      changed(listed(static_cast<std::uint32_t>(number * 7919ULL % entries)), number * 13, number);
  return text.find('@') == std::string::npos ? "john.smith@" + text : text;
}

struct Case {
  const char* name;
  Listed listed;
  std::uint32_t most = ~0U;
};
constexpr std::array cases = {
    Case{"local parts of 64 octets", long_address},
    Case{"domains of 253 octets", long_domain},
    Case{"domains of 126 labels", deep_domain},
    Case{"domains that share a prefix", prefixed_domain},
    Case{"addresses that share a prefix", prefixed_address},
    Case{"domains a hyphen from the typed one", hyphened_domain},
    Case{"domains that look like the typed one", lookalike_domain},
    Case{"domains an edit from the typed one", edited_domain},
    Case{"domains two edits from the typed one", twice_edited_domain, TwoEditNames::most_names},
};

struct World {
  PublicSuffixes suffixes;
  WellKnownNames well_known{suffixes};
};

void judge_and_look(const Message& message, const Snapshots& snapshots) {
  const Judgement judgement = judge(message, snapshots);
  for (const RecipientJudgement& recipient : judgement.recipients) {
    bench::looked_at(recipient.findings.size());
  }
}

void count_case(const Case& one, std::uint32_t entries, const World& world) {
  const auto octets = static_cast<std::uint32_t>(one.listed(0).size() + 1);
  entries = std::min({entries, one.most, static_cast<std::uint32_t>(most_list_octets / octets)});
  const Policy policy = bench::policy_of(entries, one.listed, world.suffixes);
  const People nobody;
  const Snapshots snapshots{policy, nobody, world.well_known, world.suffixes};
  std::vector<Message> messages;
  for (std::uint32_t i = 0; i < asked; ++i) {
    messages.push_back(bench::message_to(asked_of(one.listed, i, entries)));
  }
  judge_and_look(messages.back(), snapshots);
  bench::counted(one.name, asked, [&] {
    for (const Message& message : messages) {
      judge_and_look(message, snapshots);
    }
  });
}

/// Everybody known is called the same and sits at a name one slip from all others.
People namesakes(std::uint32_t contacts, const PublicSuffixes& suffixes) {
  People people;
  for (std::uint32_t i = 0; i < contacts; ++i) {
    const std::string text = "john.smith@" + (i % 2 == 0 ? hyphened_domain : edited_domain)(i);
    const Mailbox mailbox = *read_address(text);
    people.wrote_to(mailbox, now - 86'400 * (i % 300 + 2), Sending::right, suffixes);
    people.named(mailbox, "John Smith");
  }
  return people;
}

void count_people(std::uint32_t contacts, const World& world) {
  const Policy policy;
  const People people = namesakes(contacts, world.suffixes);
  const Snapshots snapshots{policy, people, world.well_known, world.suffixes};
  std::vector<Message> messages;
  for (std::uint32_t i = 0; i < asked; ++i) {
    const Listed listed = i % 2 == 0 ? hyphened_domain : edited_domain;
    messages.push_back(bench::message_to("John Smith <" + asked_of(listed, i, contacts) + ">"));
  }
  judge_and_look(messages.back(), snapshots);
  bench::counted("people of one name at near names", asked, [&] {
    for (const Message& message : messages) {
      judge_and_look(message, snapshots);
    }
  });
}

/// A message whose recipients are each near everything that is listed and everybody known.
void count_large_message(std::uint32_t entries, std::uint32_t recipients, const World& world) {
  const auto listed = [&](std::uint32_t number) {
    return cases[number % cases.size()].listed(number / cases.size());
  };
  const Policy policy = bench::policy_of(entries, listed, world.suffixes);
  const People people = namesakes(entries / 10, world.suffixes);
  Message message = bench::message_to("john.smith@example.com");
  for (std::uint32_t i = 1; i < recipients; ++i) {
    const Listed near = cases[i % cases.size()].listed;
    message.recipients.push_back({Field::to,
                                  "John Smith <" + asked_of(near, i, entries / cases.size()) + ">",
                                  std::nullopt, std::nullopt});
  }
  bench::counted("recipients of one message, each near everything", recipients, [&] {
    judge_and_look(message, {policy, people, world.well_known, world.suffixes});
  });
}

std::uint32_t number_of(const char* text) {
  return static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || number_of(argv[1]) < 1000 || number_of(argv[2]) < 1) {
    std::fputs("usage: bench_worst ENTRIES RECIPIENTS    at least 1000 entries\n", stderr);
    return 64;
  }
  bench::tell_compiler();
  const World world;
  for (const Case& one : cases) {
    count_case(one, number_of(argv[1]), world);
  }
  count_people(number_of(argv[1]) / 10, world);
  count_large_message(number_of(argv[1]), number_of(argv[2]), world);
  return 0;
}
