// SPDX-License-Identifier: MPL-2.0
#include "messaging/upkeep.hpp"

#include <catch2/catch.hpp>
#include <new>

#include "../temporary_folder.hpp"

using namespace recipient_guard;

TEST_CASE("a look that runs out of memory harms nobody, and the next one is whole") {
  const TemporaryFolder folder;
  PolicySource::Options options;
  options.places = {folder.write("policy.json", R"({"format": 1})")};
  options.lax_rights = LaxRights::remark;
  options.suffixes = std::make_shared<PublicSuffixes>();
  PolicySource policy(options);
  PeopleStore people({folder / "people", Database::Access::read_write, options.suffixes});
  int looks = 0;
  Upkeep upkeep(policy, &people, [&]() -> std::int64_t {
    if (++looks == 1) {
      throw std::bad_alloc();
    }
    return 1'690'286'400;
  });
  CHECK_NOTHROW(upkeep.look());
  CHECK_NOTHROW(upkeep.look());
  CHECK(looks == 2);
}
