// SPDX-License-Identifier: MPL-2.0
#include "audit/verification.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "audit/record_reading.hpp"
#include "document/count_text.hpp"
#include "document/json.hpp"
#include "system/digest.hpp"
#include "system/files.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {
namespace {

constexpr std::size_t max_findings = 1000;

std::string name_in(const JsonValue* line, std::string_view object) {
  return text_of(member_of(line, object, "name"));
}

std::string owner_of(std::string_view text) {
  const auto read = read_json_without_places(text.substr(0, text.find('\n')));
  const auto* const line = std::get_if<JsonValue>(&read);
  const std::string user = name_in(line, "user");
  return user.empty() ? "" : user + " at " + name_in(line, "host");
}

std::uint64_t first_number(const RecordFile& file) {
  const auto link = link_of(std::string_view(file.text).substr(0, file.text.find('\n')));
  return link ? link->sequence : 0;
}

Result<RecordFile> read_file(const std::filesystem::path& path, std::string name) {
  auto content = read_whole(path, max_month_octets);
  return content ? Result<RecordFile>(RecordFile{std::move(name), std::move(content->text)})
                 : Result<RecordFile>(content.error());
}

class Verifier {
 public:
  Verifier(const RecordChain& chain, const std::optional<KnownHead>& known)
      : chain_(chain), known_(known) {}

  Verification run() {
    if (chain_.has_head && !chain_.head) {
      add(chain_.head_name, "the head is missing, or is not as it was written");
    }
    for (std::size_t i = 0; i < chain_.files.size(); ++i) {
      file(chain_.files[i], i + 1 == chain_.files.size());
    }
    end();
    return std::move(result_);
  }

 private:
  void add(std::string place, std::string text, bool is_fault = true) {
    if (result_.findings.size() < max_findings) {
      result_.findings.push_back({is_fault, std::move(place), std::move(text)});
    }
  }

  void file(const RecordFile& file, bool is_last) {
    const RecordLines lines = lines_of(file.text);
    // The head still tells of the month before.
    const bool is_begun = lines.whole.empty() && is_last && chain_.head &&
                          (chain_.head->file.empty() || !file.name.ends_with(chain_.head->file));
    if (is_begun) {
      add(file.name, "was begun by a host that was ended before its first line was whole", false);
      return;
    }
    if (lines.whole.empty() && lines.torn.empty()) {
      add(file.name, "holds no line");
    }
    name_ = std::filesystem::path(file.name).filename().string();
    for (std::size_t i = 0; i < lines.whole.size(); ++i) {
      const std::string place = file.name + ":" + std::to_string(i + 1);
      month(lines.whole[i], place, i == 0);
      line(lines.whole[i], place);
    }
    if (!lines.torn.empty()) {
      add(file.name + ":" + std::to_string(lines.whole.size() + 1),
          is_last ? "half a line, as a crash leaves it; the next host mends it"
                  : "a line without an end",
          !is_last);
    }
    size_ = file.text.size() - lines.torn.size();
  }

  // The first line of a file is of its month. Behind it stand those of that month, and earlier
  // ones where a clock was set back.
  void month(std::string_view text, const std::string& place, bool is_first) {
    constexpr std::string_view start = "{\"@timestamp\":\"";
    if (!is_month_file(name_) || !text.starts_with(start)) {
      return;  // a file named otherwise tells no month; what is no line is told elsewhere
    }
    const std::string of_line =
        "audit-" + std::string(text.substr(start.size(), std::string_view("2026-11").size())) +
        ".jsonl";
    if (is_first ? of_line != name_ : of_line > name_) {
      add(place, "does not belong in a file of this month: a file was renamed, or a line moved");
    }
  }

  void line(std::string_view text, const std::string& place) {
    const auto link = link_of(text);
    if (!link) {
      add(place, "is no line of a record");
      return;
    }
    const bool is_first = result_.lines++ == 0;
    if (is_first) {
      first(*link, place);
    } else if (link->sequence != result_.last.sequence + 1) {
      add(place, "is line " + std::to_string(link->sequence) + " and follows line " +
                     std::to_string(result_.last.sequence) +
                     ": lines are missing, doubled or in another order");
    } else if (link->previous != result_.last.previous) {
      add(place, "does not follow from the line before: one of the two was changed");
    }
    // Quotes within a text are escaped, so this is the member and nothing else.
    constexpr std::string_view start = "\"event\":{\"kind\":\"event\",\"action\":\"";
    const std::size_t own = text.find(start);
    if (own != std::string_view::npos) {
      own_line(text.substr(own + start.size()), place);
    }
    result_.last = {link->sequence, sha256_of(text)};
    if (chain_.head && link->sequence == chain_.head->count) {
      at_head_ = result_.last.previous;
      head_file_ = name_;
    }
    if (known_ && link->sequence == known_->count) {
      at_known_ = result_.last.previous;
    }
  }

  void own_line(std::string_view action, const std::string& place) {
    if (action.starts_with("damaged")) {
      add(place, "a host found the record before this line cut, changed or without its head");
    } else if (action.starts_with("mended")) {
      add(place, "half a line that a crash left was cut off here", false);
    } else if (action.starts_with("lost")) {
      add(place, "entries could not be written before this line", false);
    }
  }

  void first(const AuditLink& link, const std::string& place) {
    if (chain_.head) {
      if (link.sequence < chain_.head->first) {
        add(place, "is kept no longer: a host was ended before it removed this month", false);
      } else if (link.sequence != chain_.head->first || link.previous != chain_.head->before) {
        add(place, "is line " + std::to_string(link.sequence) +
                       ", and the record begins with line " + std::to_string(chain_.head->first) +
                       ": months are missing");
      }
    } else if (link.sequence == 1 && link.previous != no_digest) {
      add(place, "is the first line and names one before it");
    } else if (link.sequence != 1) {
      add(place, "begins with line " + std::to_string(link.sequence), false);
    }
  }

  void end() {
    if (known_ && at_known_ != known_->digest) {
      add(chain_.owner, at_known_.empty()
                            ? "line " + std::to_string(known_->count) +
                                  " of the head given is not there: the record was cut"
                            : "line " + std::to_string(known_->count) +
                                  " is another than that of the head given");
    }
    if (!chain_.head || chain_.head->count == 0) {
      return;
    }
    if (at_head_ != chain_.head->digest) {
      add(chain_.head_name,
          "line " + std::to_string(chain_.head->count) +
              " of the head is missing or another: the record was cut or changed");
    } else if (head_file_ != chain_.head->file) {
      add(chain_.head_name, "names " + chain_.head->file + ", and line " +
                                std::to_string(chain_.head->count) + " stands in " + head_file_);
    } else if (result_.last.sequence > chain_.head->count) {
      add(chain_.head_name,
          count_text(result_.last.sequence - chain_.head->count, "line stands", "lines stand") +
              " behind the head: a host was ended before it wrote the head",
          false);
    } else if (chain_.files.empty() || size_ != chain_.head->octets) {
      add(chain_.head_name, "tells another length of " + chain_.head->file);
    }
  }

  const RecordChain& chain_;
  const std::optional<KnownHead>& known_;
  Verification result_;
  std::string name_;  // of the file being read
  std::string at_head_;
  std::string head_file_;  // where the head's line stands
  std::string at_known_;
  std::uint64_t size_ = 0;
};

}  // namespace

bool Verification::is_clean() const {
  return std::ranges::none_of(findings, &RecordFinding::is_fault);
}

Result<RecordChain> read_record(const std::filesystem::path& folder) {
  const auto look = look_at_own(folder);
  if (!look) {
    return look.error();
  }
  const auto months = months_in(folder);
  if (!months) {
    return months.error();
  }
  RecordChain chain;
  chain.has_head = true;
  chain.head_name = (folder / audit_head_name).string();
  const auto head = head_in(folder);
  if (!head) {
    return head.error();
  }
  if (!*head && months->empty()) {
    return Error{ErrorCode::no_input, folder.string() + ": holds no record, neither its head nor " +
                                          "a file such as audit-2026-11.jsonl; name the folders "
                                          "that do, or the files themselves"};
  }
  chain.head = *head;
  for (const std::string& month : *months) {
    auto file = read_file(folder / month, (folder / month).string());
    if (!file) {
      return file.error();
    }
    chain.files.push_back(*std::move(file));
  }
  chain.owner = chain.files.empty() ? "" : owner_of(chain.files.front().text);
  return chain;
}

Result<std::vector<RecordChain>> read_records(const std::vector<std::filesystem::path>& places) {
  std::vector<RecordChain> chains;
  std::map<std::string, RecordChain> loose;
  for (const auto& place : places) {
    const auto look = look_at_own(place);
    if (!look) {
      return look.error();
    }
    if (look->kind == FileKind::folder) {
      auto chain = read_record(place);
      if (!chain) {
        return chain.error();
      }
      chains.push_back(*std::move(chain));
      continue;
    }
    auto file = read_file(place, place.string());
    if (!file) {
      return file.error();
    }
    RecordChain& chain = loose[owner_of(file->text)];
    chain.owner = owner_of(file->text);
    chain.files.push_back(*std::move(file));
  }
  for (auto& [owner, chain] : loose) {
    std::ranges::stable_sort(chain.files, {}, first_number);
    chains.push_back(std::move(chain));
  }
  return chains;
}

Verification verify(const RecordChain& chain, const std::optional<KnownHead>& known) {
  return Verifier(chain, known).run();
}

}  // namespace recipient_guard
