// SPDX-License-Identifier: MPL-2.0
// recipient-guard serve, and recipient-guard MANIFEST.json EXTENSION-ID
#pragma once

#include <string>
#include <vector>

#include "commands/places.hpp"

namespace recipient_guard {

int run_serve(const std::vector<std::string>& arguments);

/// Serves the peer on standard input and output until it goes.
int serve(const Places& places);

/// The two arguments with which Thunderbird starts a native host: the absolute path of the manifest
/// and the id of the extension.
bool is_started_by_thunderbird(const std::vector<std::string>& arguments);

/// Serves, if the extension is ours.
int serve_thunderbird(const std::string& extension_id);

}  // namespace recipient_guard
