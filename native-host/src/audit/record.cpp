// SPDX-License-Identifier: MPL-2.0
#include "audit/record.hpp"

#include <algorithm>
#include <utility>

#include "document/time_text.hpp"
#include "system/digest.hpp"
#include "system/files.hpp"
#include "system/private_files.hpp"

namespace recipient_guard {
AuditRecord::AuditRecord(Options options)
    : options_(std::move(options)),
      lock_file_(options_.folder / audit_lock_name, HeldFile::Access::read_and_write),
      head_file_(options_.folder / audit_head_name, HeldFile::Access::read_and_write),
      month_file_({}, HeldFile::Access::write) {}

Result<Done> AuditRecord::locked(const std::function<Result<Done>()>& work) {
  const auto attempt = [&]() -> Result<Done> {
    if (const auto made = make_private_folder(options_.folder); !made) {
      return made.error();
    }
    const auto lock = FileLock::take(lock_file_, options_.patience);
    return lock ? work() : Result<Done>(lock.error());
  };
  Result<Done> done = attempt();
  error_ = done ? std::nullopt : std::optional(done.error());
  return done;
}

Result<Done> AuditRecord::append(const AuditEntry& entry, Durably durably) {
  return locked([&]() -> Result<Done> {
    if (const auto opened = open(entry.time); !opened) {
      return opened.error();
    }
    if (const auto kept = write_kept(entry.time); !kept) {
      return kept.error();
    }
    return write_line(entry.time, entry.members, durably);
  });
}

bool AuditRecord::append_or_keep(AuditEntry entry, Durably durably) {
  if (append(entry, durably)) {
    return true;
  }
  waiting_octets_ += entry.members.size();
  waiting_.push_back(std::move(entry));
  while (waiting_.size() > max_waiting || waiting_octets_ > max_waiting_octets) {
    waiting_octets_ -= waiting_.front().members.size();
    waiting_.pop_front();
    ++lost_;
  }
  return false;
}

bool AuditRecord::write_waiting() {
  if (waiting_.empty()) {
    return true;
  }
  const std::int64_t time = waiting_.back().time;
  return static_cast<bool>(locked([&]() -> Result<Done> {
    const auto opened = open(time);
    return opened ? write_kept(time) : opened;
  }));
}

std::string AuditRecord::found_last(const std::vector<std::string>& months) {
  return months.empty() ? std::string() : months.back();
}

// The newest month is the one after that of the head, which is as long as the head says: a host was
// ended between the first line of a month and the head.
bool AuditRecord::goes_on(const AuditHead& head, const std::vector<std::string>& months) const {
  if (head.file.empty()) {
    return months.size() == 1;
  }
  const auto look = look_at(options_.folder / head.file);
  return months.size() > 1 && months[months.size() - 2] == head.file && look &&
         look->octets == head.octets;
}

// What this host wrote last, found again, need not be read and checked.
Result<std::optional<AuditHead>> AuditRecord::found_head() {
  return !written_text_.empty() && head_file_.holds(written_text_)
             ? Result<std::optional<AuditHead>>(std::optional(written_))
             : head_in(options_.folder);
}

// Whoever makes or removes a month changes the folder, so that it need not be listed for each line.
Result<std::string> AuditRecord::newest_month() {
  const auto look = look_at(options_.folder);
  if (look && listed_ == *look) {
    return newest_;
  }
  const auto months = months_in(options_.folder);
  if (!months) {
    return months.error();
  }
  newest_ = found_last(*months);
  listed_.reset();
  if (look && is_on_own_disk(*look) && !changed_just_now(*look)) {
    listed_ = *look;
  }
  return newest_;
}

// Reads the head and, where the file it names is not the newest or not as long as it says, looks
// what happened.
Result<Done> AuditRecord::open(std::int64_t now) {
  auto head = found_head();
  if (!head) {
    return head.error();
  }
  if (*head && !(*head)->file.empty()) {
    const auto newest = newest_month();
    const auto look = look_at(options_.folder / (*head)->file);
    if (newest && *newest == (*head)->file && look && look->kind == FileKind::regular &&
        look->octets == (*head)->octets) {
      head_ = **head;
      return Done{};
    }
  }
  return mend(now, *head);
}

// A month was begun, and nothing could be written into it.
Result<Done> AuditRecord::remove_begun(std::vector<std::string>& months,
                                       const std::optional<AuditHead>& head) const {
  while (!months.empty() && !(head && head->file == months.back())) {
    const auto file = options_.folder / months.back();
    const auto look = look_at(file);
    if (!look || look->octets > 0) {
      return Done{};
    }
    if (const auto removed = remove_file(file); !removed) {
      return removed;
    }
    months.pop_back();
  }
  return Done{};
}

Result<Done> AuditRecord::mend(std::int64_t now, const std::optional<AuditHead>& head) {
  auto months = months_in(options_.folder);
  if (!months) {
    return months.error();
  }
  if (const auto removed = remove_begun(*months, head); !removed) {
    return removed;
  }
  if (months->empty() && !head) {
    // Before the first line: a record without a head is one that lost it.
    head_ = {};
    return head_file_.overwrite_start(head_text(head_), Durably::yes);
  }
  head_ = head.value_or(AuditHead());
  AuditHead found = head_;
  found.octets = 0;  // unless its file is there
  std::uint64_t torn = 0;
  const std::uint64_t known = head && head->file == found_last(*months) ? head->octets : 0;
  bool is_continued =
      head && (months->empty() ? head->count == 0 : known > 0 || goes_on(*head, *months));
  if (!months->empty()) {
    found.file = months->back();
    const auto content = read_whole(options_.folder / found.file, max_month_octets);
    if (!content) {
      return content.error();
    }
    const RecordLines lines = lines_of(content->text);
    torn = lines.torn.size();
    found.octets = content->text.size() - torn;
    // The lines behind the head, written by a host that was ended before it came to the head.
    std::uint64_t at = 0;
    for (const std::string_view line : lines.whole) {
      at += line.size() + 1;
      const auto link = link_of(line);
      if (is_continued && at > known) {
        is_continued = link && link->sequence == found.count + 1 && link->previous == found.digest;
      }
      found.count = std::max(found.count, link ? link->sequence : found.count);
      found.digest = sha256_of(line);
    }
    is_continued = is_continued && found.octets >= known;
    if (torn > 0) {
      if (const auto cut = cut_to(options_.folder / found.file, found.octets); !cut) {
        return cut.error();
      }
    }
  }
  head_ = found;
  if (is_continued) {
    // Before the next line: ended now and again before the head, two hosts would leave it so far
    // behind that it could not be told from a loss.
    static_cast<void>(write_head(Durably::no));
  } else {
    // A number is left out, so that the break stays in sight whatever is written afterwards.
    ++head_.count;
    return write_own(now, "damaged",
                     std::string("\"head\":") + (head ? head_text(*head).substr(0, head_octets - 1)
                                                      : std::string("null")));
  }
  return torn == 0 ? Result<Done>(Done{})
                   : write_own(now, "mended", "\"octets\":" + std::to_string(torn));
}

Result<Done> AuditRecord::write_own(std::int64_t time, std::string_view action,
                                    std::string_view members) {
  std::string all = "\"event\":{\"kind\":\"event\",\"action\":\"" + std::string(action) + "\"}";
  all += options_.origin.empty() ? "" : "," + options_.origin;
  all += ",\"recipient_guard\":{" + std::string(members) + "}";
  return write_line(time, all, Durably::yes);
}

Result<Done> AuditRecord::write_kept(std::int64_t now) {
  if (lost_ > 0) {
    if (const auto said = write_own(now, "lost", "\"entries\":" + std::to_string(lost_)); !said) {
      return said;
    }
    lost_ = 0;
  }
  while (!waiting_.empty()) {
    const AuditEntry& entry = waiting_.front();
    if (const auto written = write_line(entry.time, entry.members, Durably::yes); !written) {
      return written;
    }
    waiting_octets_ -= entry.members.size();
    waiting_.pop_front();
  }
  return Done{};
}

Result<Done> AuditRecord::write_line(std::int64_t time, std::string_view members, Durably durably) {
  const std::string line = audit_line(time, members, {head_.count + 1, head_.digest});
  if (line.size() > max_audit_line_octets) {
    return Error{ErrorCode::bad_data, "a line of the record would be too long"};
  }
  AuditHead next = head_;
  // A clock that was set back writes on in the newest month: the order is that of the numbers.
  next.file = std::max(head_.file, month_file(time));
  if (next.file != head_.file) {
    next.octets = 0;
  }
  if (const auto file = options_.folder / next.file; month_file_.path() != file) {
    month_file_ = HeldFile(file, HeldFile::Access::write);
  }
  if (next.octets == 0) {
    if (const auto made = month_file_.make(); !made) {
      return made.error();
    }
  }
  if (const auto written =
          month_file_.append_whole_or_not_at_all(next.octets, line + "\n", durably);
      !written) {
    return written.error();
  }
  next.octets += line.size() + 1;
  next.count = head_.count + 1;
  next.digest = sha256_of(line);
  head_ = next;
  // The line counts whatever becomes of the head, which the next to open brings up.
  static_cast<void>(write_head(Durably::no));
  return Done{};
}

Result<Done> AuditRecord::write_head(Durably durably) {
  written_ = head_;
  written_text_ = head_text(head_);
  return head_file_.overwrite_start(written_text_, durably);
}

std::string AuditRecord::oldest_to_keep(std::int64_t keep_days, std::int64_t now) const {
  std::string oldest = head_.file;
  const auto months = months_in(options_.folder);
  if (!months) {
    return oldest;
  }
  for (const std::string& month : *months) {
    if (end_of_month(month) > now - keep_days * seconds_a_day) {
      return std::min(oldest, month);
    }
  }
  return oldest;
}

Result<Done> AuditRecord::expire(std::int64_t keep_days, std::int64_t now) {
  const auto months = months_in(options_.folder);
  if (!months || months->empty() ||
      end_of_month(months->front()) > now - keep_days * seconds_a_day) {
    return Done{};
  }
  return locked([&]() -> Result<Done> {
    if (const auto opened = open(now); !opened) {
      return opened.error();
    }
    const std::string oldest = oldest_to_keep(keep_days, now);
    return oldest.empty() || oldest == months->front() ? Result<Done>(Done{})
                                                       : remove_expired(oldest, now);
  });
}

Result<Done> AuditRecord::remove_expired(const std::string& oldest, std::int64_t now) {
  const auto content = read_whole(options_.folder / oldest, max_month_octets);
  if (!content) {
    return content.error();
  }
  const RecordLines lines = lines_of(content->text);
  const auto link = lines.whole.empty() ? std::nullopt : link_of(lines.whole.front());
  if (!link) {
    return Error{ErrorCode::bad_data,
                 (options_.folder / oldest).string() + ": the first line is none of a record"};
  }
  // Said first, and where the record now begins, then done: a month that is gone without that is a
  // gap.
  head_.first = link->sequence;
  head_.before = link->previous;
  if (const auto said = write_own(
          now, "expired",
          "\"before\":\"" + oldest.substr(6, 7) + "\",\"first\":" + std::to_string(head_.first));
      !said) {
    return said;
  }
  if (const auto kept = write_head(Durably::yes); !kept) {
    return kept;
  }
  const auto months = months_in(options_.folder);
  for (const std::string& month : months ? *months : std::vector<std::string>()) {
    if (month < oldest) {
      if (const auto removed = remove_file(options_.folder / month); !removed) {
        return removed.error();
      }
    }
  }
  return Done{};
}

bool AuditRecord::folder_holds_record() const {
  const auto look = look_at(options_.folder / audit_head_name);
  return static_cast<bool>(look);
}

Result<Done> AuditRecord::note_policy(const std::string& digest, const AuditEntry& entry) {
  return locked([&]() -> Result<Done> {
    if (const auto opened = open(entry.time); !opened) {
      return opened.error();
    }
    if (head_.policy == digest) {
      return Done{};
    }
    head_.policy = digest;
    return write_line(entry.time, entry.members, Durably::no);
  });
}

}  // namespace recipient_guard
