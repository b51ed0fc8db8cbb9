// SPDX-License-Identifier: MPL-2.0
// A store in a folder of its own, and short ways to say what is learned.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../temporary_folder.hpp"
#include "address/reader.hpp"
#include "people/store.hpp"

namespace store_tests {

using namespace recipient_guard;

inline std::shared_ptr<const PublicSuffixes> suffixes() {
  static const auto list = std::make_shared<const PublicSuffixes>();
  return list;
}

inline Mailbox mailbox(std::string_view text) {
  return *read_address(text);
}

constexpr std::int64_t day = 86400;
constexpr std::int64_t monday = 19'926 * day + 36'000;  // 2024-07-22, at ten

inline Facts sent(std::vector<std::string> addresses, std::int64_t time = monday,
                  Sending sending = Sending::right) {
  Facts facts;
  facts.time = time;
  for (const std::string& address : addresses) {
    facts.written_to.push_back({mailbox(address), "", sending});
  }
  return facts;
}

inline Facts trusting(std::string_view entry, std::int64_t time = monday) {
  Facts facts;
  facts.time = time;
  facts.trusted.push_back({*TrustEntry::read(entry, *suffixes()), time, "settings"});
  return facts;
}

inline Facts settling(std::string reason, std::string subject, std::int64_t time = monday) {
  Facts facts;
  facts.time = time;
  facts.settled.push_back({std::move(reason), std::move(subject)});
  return facts;
}

inline PeopleStore::Options options_for(const std::filesystem::path& folder,
                                        Database::Access access = Database::Access::read_write) {
  return {folder, access, suffixes()};
}

inline Result<Done> add(PeopleStore& store, const Facts& facts) {
  return store.add(std::span(&facts, 1));
}

inline bool knows(const PeopleStore& store, std::string_view address,
                  std::int64_t time = monday + 2 * day) {
  return store.read().people().is_known(mailbox(address), time);
}

inline std::uint32_t messages_to(const PeopleStore& store, std::string_view address) {
  const auto reading = store.read();
  const Contact* const contact = reading.people().contact(mailbox(address));
  return contact == nullptr ? 0 : contact->messages;
}

/// Does any file in `folder` hold these octets?
inline bool octets_stand_in(const std::filesystem::path& folder, const std::string& octets) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) {
      continue;
    }
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    if (text.find(octets) != std::string::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace store_tests
