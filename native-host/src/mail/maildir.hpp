// SPDX-License-Identifier: MPL-2.0
// A Maildir: one file a message. Inner part of this room; see reader.hpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "mail/reader.hpp"

namespace recipient_guard {

class MaildirReader final : public MailReader {
 public:
  static constexpr std::size_t max_messages = 4'000'000;

  /// Errors as names_in().
  static Result<std::unique_ptr<MailReader>> open(const std::filesystem::path& folder);
  static bool is_maildir(const std::filesystem::path& folder);

  Result<std::optional<MailItem>> next() override;
  MailFormat format() const override { return MailFormat::maildir; }
  Progress progress() const override { return {at_, messages_.size()}; }

 private:
  struct Entry {
    std::int64_t time = 0;  ///< of the file's name: when it was delivered
    bool in_new = false;
    std::string name;
  };
  static Result<std::vector<Entry>> entries_of(const std::filesystem::path& folder);
  std::filesystem::path path_of(const Entry& entry) const;

  std::filesystem::path folder_;
  std::vector<Entry> messages_;
  std::size_t at_ = 0;
};

}  // namespace recipient_guard
