// SPDX-License-Identifier: MPL-2.0
// Where a policy comes from: one or more folders or files, read as one snapshot, looked at again
// while the host runs. All of it valid, or the last good set stays and the error is shown.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "organisation/check_vocabulary.hpp"
#include "organisation/policy.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// What to do with a document, folder or list file that others may write (docs/POLICY, Places).
enum class LaxRights { refuse, remark };

class PolicySource {
 public:
  struct Options {
    std::vector<std::filesystem::path> places;  ///< `--policy`; empty: the platform's default folder
    LaxRights lax_rights = LaxRights::refuse;
    CheckVocabulary vocabulary;
  };

  explicit PolicySource(Options options);
  ~PolicySource();

  /// Looks (stat) and, where anything changed, loads aside and swaps. Never throws. Safe to call on
  /// a thread of its own while others use policy().
  void refresh();

  /// The last good policy; the defaults where the default folder holds no document; nothing where no
  /// good set was ever read (error() then says why).
  std::shared_ptr<const Policy> policy() const;
  /// Why the documents as they now stand are not in force: FILE:LINE:COLUMN: text.
  std::optional<Error> error() const;
  /// Lax rights that were passed over, one line each.
  std::vector<std::string> remarks() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace recipient_guard
