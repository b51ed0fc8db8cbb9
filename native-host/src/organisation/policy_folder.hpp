// SPDX-License-Identifier: MPL-2.0
// A set of policy documents and list files, read once from its places. Inner part of
// policy_source.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "organisation/policy_source.hpp"
#include "system/files.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_documents = 1000;
inline constexpr std::size_t max_folder_names = 20'000;
inline constexpr std::size_t max_document_octets = std::size_t{64} << 20U;  // of all documents
inline constexpr std::size_t max_list_octets = std::size_t{64} << 20U;      // of all list files

/// A path on which the set depends, and how it looked; nothing where it could not be looked at.
struct Watched {
  std::filesystem::path path;
  std::optional<FileLook> look;
  std::string digest;  ///< of a file's content or a folder's names, where they were read
};

/// Looks at the path again: is anything else to be seen?
bool looks_different(const Watched& before);
/// Reads the path again, where it was read: is anything else to be found?
bool holds_different(const Watched& before);

/// One thing that a single document says twice: the later replaces the first, which was hardly
/// meant (from document to document it is how they are merged).
struct Replaced {
  std::string what;  ///< "the marking \"SECRET\""
  SourcePlace first;
  SourcePlace later;
};

struct PolicySet {
  std::shared_ptr<const Policy> policy;  ///< nothing where there are faults and these are refused
  std::vector<Error> faults;
  std::vector<std::string> remarks;  ///< lax rights that were passed over
  std::vector<Replaced> replaced;
  bool too_many_entries = false;  ///< a fault for which reading stopped
  std::vector<Watched> watched;   ///< looked at before anything was read
};

/// What becomes of a set with faults: nothing, or, for lint, the policy as far as it could be read
/// (without near names where it holds too many entries; and every place in it is told as faults
/// are: by the path of the file, not by the name that is shown to users).
enum class FaultySet { refuse, keep };

/// Reads the set. Does not throw but std::bad_alloc.
PolicySet read_policy_set(const PolicySource::Options& options, const PublicSuffixes& suffixes,
                          FaultySet faulty = FaultySet::refuse);

/// In the fault of a list file that is named and missing.
inline constexpr std::string_view no_such_list_file = "there is no such file";

}  // namespace recipient_guard
