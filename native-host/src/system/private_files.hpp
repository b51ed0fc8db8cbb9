// SPDX-License-Identifier: MPL-2.0
// Folders and files that only this user may read: made so, held so, never overwritten.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "system/error.hpp"
#include "system/files.hpp"

namespace recipient_guard {

/// Makes `folder` (and what is missing above it) with rights 0700. One that is there must belong to
/// this user (else no_permission), and loses what rights it gives to others.
Result<Done> make_private_folder(const std::filesystem::path& folder);

/// That nothing stands where make_private_folder() is to make `folder` but such a folder; else its
/// error. Changes nothing.
Result<Done> look_for_private_folder(const std::filesystem::path& folder);

/// Makes an empty file of rights 0600 where none stands; one that stands there (or is just being
/// made by another process) is left as it is, but for its rights: 0600 again. No link is followed
/// when it is made. It must be a regular file of this user. Lasts through a power cut.
Result<Done> make_private_file(const std::filesystem::path& file);

/// What keeps this user from reading `path`, which should be the user's own, and what mends it: the
/// first of its folders, or itself, that is closed. Nothing where none is, or nothing is there.
std::optional<std::string> why_closed(const std::filesystem::path& path);

/// look_at() of what should be the user's own: no_permission says why_closed().
Result<FileLook> look_at_own(const std::filesystem::path& path);

/// What was looked at is a file as make_private_file() leaves it.
bool is_private(const FileLook& look);

/// `file` gets the name `aside`. cannot_create where something stands there: nothing is ever
/// overwritten. One that is not there is no_input.
Result<Done> set_aside(const std::filesystem::path& file, const std::filesystem::path& aside);

}  // namespace recipient_guard
