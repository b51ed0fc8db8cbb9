// SPDX-License-Identifier: MPL-2.0
#include "lists.hpp"

#include <cstdio>
#include <cstdlib>

#include "organisation/entry.hpp"

namespace recipient_guard::bench {

Policy policy_of(std::uint32_t entries, const std::function<std::string(std::uint32_t)>& listed,
                 const PublicSuffixes& suffixes) {
  Policy policy;
  policy.documents = {"bench.txt"};
  policy.rules.reserve(entries, std::size_t{entries} * 24);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::string text = listed(i);
    const auto read = read_entry(text);
    const auto* const entry = std::get_if<Entry>(&read);
    if (entry == nullptr) {
      std::fprintf(stderr, "bench: this is no entry: %s\n", text.c_str());
      std::exit(65);
    }
    policy.rules.add(*entry, {0, i % (max_source_lines - 1) + 1});
  }
  fill_near_names(policy, suffixes);
  return policy;
}

Message message_to(std::string text) {
  Message message;
  message.from = "clerk@kettledrum-quarry.net";
  message.time = 1'700'000'000;
  message.recipients.push_back({Field::to, std::move(text), std::nullopt, std::nullopt});
  return message;
}

}  // namespace recipient_guard::bench
