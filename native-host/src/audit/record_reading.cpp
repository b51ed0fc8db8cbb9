// SPDX-License-Identifier: MPL-2.0
#include "audit/record_reading.hpp"

#include <algorithm>

#include "system/files.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {

Result<std::vector<std::string>> months_in(const std::filesystem::path& folder) {
  auto names = names_in(folder, max_record_files);
  if (!names && names.error().code == ErrorCode::no_input) {
    return std::vector<std::string>();
  }
  if (!names) {
    return Error{names.error().code, why_closed(folder).value_or(names.error().text)};
  }
  std::erase_if(*names, [](const std::string& name) { return !is_month_file(name); });
  return names;
}

RecordLines lines_of(std::string_view text) {
  RecordLines lines;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.whole.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.torn = text;
  return lines;
}

Result<std::optional<AuditHead>> head_in(const std::filesystem::path& folder) {
  const auto file = read_whole(folder / audit_head_name, 2 * head_octets);
  if (!file) {
    const bool is_gone = file.error().code == ErrorCode::no_input;
    const bool is_odd = file.error().code == ErrorCode::bad_data;
    return is_gone || is_odd ? Result<std::optional<AuditHead>>(std::optional<AuditHead>())
                             : Result<std::optional<AuditHead>>(file.error());
  }
  return read_head(file->text);
}

}  // namespace recipient_guard
