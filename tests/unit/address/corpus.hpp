// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace recipient_guard::testing {

inline nlohmann::json corpus(const std::string& name) {
  std::ifstream file(std::string(RECIPIENT_GUARD_CORPUS) + "/" + name);
  return nlohmann::json::parse(file).at("rows");
}

}  // namespace recipient_guard::testing
