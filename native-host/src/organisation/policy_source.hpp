// SPDX-License-Identifier: MPL-2.0
// Where a policy comes from: one or more folders or files, read as one snapshot, looked at again
// while the host runs. All of it valid, or the last good set stays and the error is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "address/public_suffix.hpp"
#include "organisation/check_vocabulary.hpp"
#include "organisation/policy.hpp"
#include "system/error.hpp"

namespace recipient_guard {

inline constexpr std::size_t max_policy_faults = 50;

/// What to do with a document, folder or list file that others may write (docs/POLICY, Places).
enum class LaxRights { refuse, remark };

/// The folder that is read where no place is named, and how strictly it is judged.
struct DefaultPlace {
  std::filesystem::path folder;              ///< empty: the platform's
  std::filesystem::path judged_below = "/";  ///< parents are judged from here down, it included
  std::uint32_t owner = 0;                   ///< to whom all of it must belong: root
};

class PolicySource {
 public:
  struct Options {
    std::vector<std::filesystem::path> places;  ///< `--policy`; empty: the default place
    LaxRights lax_rights = LaxRights::refuse;
    CheckVocabulary vocabulary;
    std::shared_ptr<const PublicSuffixes> suffixes;  ///< for near_names; empty: makes its own
    DefaultPlace default_place;
  };

  /// Looks once, so that policy() and error() tell of the first reading.
  explicit PolicySource(Options options);
  ~PolicySource();
  PolicySource(const PolicySource&) = delete;
  PolicySource& operator=(const PolicySource&) = delete;

  /// Looks (stat) and, where anything changed, loads aside and swaps. Never throws. Safe to call on
  /// a thread of its own while others use policy().
  void refresh();

  /// The last good policy; the defaults where the default folder holds no document; nothing where
  /// no good set was ever read (error() then says why).
  std::shared_ptr<const Policy> policy() const;
  /// Why the documents as they now stand are not in force: FILE:LINE:COLUMN: text. The code is
  /// bad_policy for what stands in a document, no_input where a place named holds no document,
  /// no_permission for rights, input_output where reading failed.
  std::optional<Error> error() const;
  /// All that is wrong with them, in order (at most max_policy_faults); error() is the first.
  std::vector<Error> errors() const;
  /// Lax rights that were passed over, one line each.
  std::vector<std::string> remarks() const;
  /// When the youngest of the documents and list files was changed, Unix seconds; 0 without any.
  std::int64_t changed_at() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace recipient_guard
