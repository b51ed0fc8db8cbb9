// SPDX-License-Identifier: MPL-2.0
// Encoded-words of RFC 2047 in a display name. Internal to this room: an address with one in it is
// never read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

/// `word` is one well-formed encoded-word, `=?utf-8?q?J=C3=B6rg?=`. Its text in UTF-8 without
/// control characters; nothing where character set or encoding is unknown or broken.
std::optional<std::string> decode_word(std::string_view word);

}  // namespace recipient_guard
