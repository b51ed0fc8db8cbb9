// SPDX-License-Identifier: MPL-2.0
#include "commands/manifest.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "../temporary_folder.hpp"
#include "host_manifest.hpp"

using namespace recipient_guard;
using nlohmann::json;

namespace {

std::string path_in(const Result<std::string>& manifest) {
  REQUIRE(manifest);
  return json::parse(*manifest)["path"];
}

}  // namespace

TEST_CASE("the manifest holds what Thunderbird looks for, and nothing else") {
  const auto text = host_manifest_for("/usr/bin/recipient-guard", {});
  REQUIRE(text);
  const json manifest = json::parse(*text);
  CHECK(manifest.size() == 5);
  CHECK(manifest["name"] == "recipient_guard");
  CHECK(manifest["name"] == host_name);
  CHECK(manifest["type"] == "stdio");
  CHECK(manifest["path"] == "/usr/bin/recipient-guard");
  CHECK(manifest["allowed_extensions"] == json::array({known_extension_id}));
  CHECK(std::string(known_extension_id) == "recipient-guard@extension");
}

TEST_CASE("a path of any characters is named as it is") {
  const std::string odd = "/opt/a \"b\"\\c/\xc3\xb6/recipient-guard";
  CHECK(path_in(host_manifest_for(odd, {})) == odd);
}

TEST_CASE("a path that is no UTF-8 cannot be named") {
  const auto text = host_manifest_for("/opt/\xff/recipient-guard", {});
  REQUIRE_FALSE(text);
  CHECK(text.error().code == ErrorCode::bad_data);
}

TEST_CASE("a program within the root is named by its path there, another as it is") {
  const TemporaryFolder root;
  const auto inside = root.write("usr/bin/recipient-guard", "");
  CHECK(path_in(host_manifest_for(inside, root.path())) == "/usr/bin/recipient-guard");
  CHECK(path_in(host_manifest_for("/usr/bin/recipient-guard", root.path())) ==
        "/usr/bin/recipient-guard");
  CHECK(path_in(host_manifest_for(inside, "/nowhere")) == inside.string());
}
