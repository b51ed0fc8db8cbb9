// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "mail/reader.hpp"

/// Everything a reader tells; fails the test where it fails.
inline std::vector<recipient_guard::MailItem> read_all(recipient_guard::MailReader& reader) {
  std::vector<recipient_guard::MailItem> items;
  for (;;) {
    auto item = reader.next();
    REQUIRE(item);
    if (!*item) {
      return items;
    }
    items.push_back(std::move(**item));
  }
}
