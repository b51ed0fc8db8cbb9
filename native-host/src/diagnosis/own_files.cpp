// SPDX-License-Identifier: MPL-2.0
// What belongs to Recipient Guard itself: policy, contacts, record, list of public suffixes.
#include <system_error>

#include "diagnosis/parts.hpp"
#include "document/count_text.hpp"
#include "document/time_text.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

/// Debian 12 carries a list of 2023 all its life; a top-level domain newer than that is rare, and a
/// finding on it is a question, not a block.
constexpr int max_years_of_suffixes = 5;

/// Rights of a folder of the user's own. True: all is well.
bool check_private_folder(const fs::path& folder, std::string_view check, Diagnosis& diagnosis) {
  const auto look = look_at(folder);
  if (!look) {
    return true;  // not made yet
  }
  bool is_well = true;
  const std::string shown = folder.string();
  if (look->kind != FileKind::folder || look->owner != current_user()) {
    diagnosis.fail(check, shown + " is no folder of this user's",
                   "Move it out of the way; it is made anew when it is needed.");
    return false;
  }
  constexpr std::uint32_t others = 0077;
  if ((look->rights & others) != 0) {
    is_well = false;
    diagnosis.warn(check, shown + " may be entered by others",
                   "Run \"chmod 700 " + shown + "\"; the next write does it, too.");
  }
  return is_well;
}

std::string told(const Policy& policy) {
  return (policy.organisation.empty() ? std::string("an unnamed organisation")
                                      : "\"" + policy.organisation + "\"") +
         ", revision " + std::to_string(policy.revision) +
         (policy.mode == PolicyMode::watch ? ", only watching" : "");
}

}  // namespace

void diagnose_policy(const Patient& patient, Diagnosis& diagnosis) {
  const auto policy = patient.policy.policy();
  const std::vector<Error> errors = patient.policy.errors();
  const std::string advice =
      "Mend it; \"recipient-guard policy lint\" tells more. Until then " +
      std::string(policy == nullptr ? "every message is held back for the person to look at."
                                    : "the last good policy holds.");
  std::size_t count = 0;
  for (const Error& error : errors) {
    if (++count > max_lines_of_a_kind) {
      diagnosis.fail(check_of::policy,
                     "and " + std::to_string(errors.size() - max_lines_of_a_kind) + " more",
                     advice);
      break;
    }
    diagnosis.fail(check_of::policy, error.text, advice);
  }
  if (!errors.empty() || policy == nullptr) {
    return;
  }
  if (!policy->from_organisation) {
    diagnosis.ok(check_of::policy, "no organisation policy: the defaults hold");
    return;
  }
  const std::int64_t changed = patient.policy.changed_at();
  const std::string text = told(*policy) + "; " +
                           count_text(policy->documents.size(), "document", "documents and lists") +
                           ", changed last on " + day_text(day_of(changed)) + " (UTC)";
  if (changed > patient.now + seconds_a_day) {
    diagnosis.warn(check_of::policy, text + ", which is in the future",
                   "Is the clock of this machine, or of the one that brought the files, right?");
  } else {
    diagnosis.ok(check_of::policy, text);
  }
  for (const std::string& remark : patient.policy.remarks()) {
    diagnosis.warn(check_of::policy, remark, "Serving Thunderbird refuses it so.");
  }
}

void diagnose_people(const Patient& patient, Diagnosis& diagnosis) {
  if (patient.people == nullptr) {
    diagnosis.warn(check_of::people,
                   "contacts are kept for this run only, since no home folder is known",
                   "Set HOME.");
    return;
  }
  const std::string file = patient.people->file().string();
  if (const auto error = patient.people->error()) {
    diagnosis.fail(check_of::people, error->text,
                   "Until it is mended nobody counts as known, so there are more questions, and "
                   "nothing is learned.");
  } else if (check_private_folder(patient.people->file().parent_path(), check_of::people,
                                  diagnosis)) {
    const auto sums = patient.people->read().people().sums();
    diagnosis.ok(check_of::people, file + ": " + count_text(sums.contacts, "contact", "contacts") +
                                       ", " + std::to_string(sums.trusted) + " trusted");
  }
  std::size_t count = 0;
  for (const std::string& remark : patient.people->remarks()) {
    if (++count <= max_lines_of_a_kind) {
      diagnosis.warn(check_of::people, remark,
                     "Remove it when nothing in it is wanted any more: it names people.");
    }
  }
}

void diagnose_record(const Patient& patient, Diagnosis& diagnosis) {
  const RecordCondition& record = patient.record;
  if (record.folder.empty()) {
    diagnosis.warn(check_of::record, "no record is kept, since no home folder is known",
                   "Set HOME.");
    return;
  }
  if (record.error) {
    diagnosis.fail(check_of::record, record.error->text,
                   "Until it is mended a block cannot be overridden, and what else happens waits "
                   "in memory.");
    return;
  }
  std::size_t count = 0;
  for (const std::string& fault : record.faults) {
    if (++count <= max_lines_of_a_kind) {
      diagnosis.fail(check_of::record, fault,
                     "Keep the files as they are and tell your administrator; "
                     "\"recipient-guard audit verify\" tells more.");
    }
  }
  if (check_private_folder(record.folder, check_of::record, diagnosis) && count == 0) {
    diagnosis.ok(check_of::record, record.folder.string() + ": " + record.said);
  }
}

void diagnose_suffixes(const Patient& patient, Diagnosis& diagnosis) {
  const std::string& date = patient.suffixes.date();
  const std::string text = "public suffixes of " + (date.empty() ? "unknown date" : date) + ", " +
                           patient.suffixes.source();
  const std::string oldest =
      day_text(day_of(patient.now) - max_years_of_suffixes * std::int64_t{365});
  if (date.empty() || date < oldest) {
    diagnosis.warn(check_of::suffixes, text + ": newer endings are not known",
                   "Install or update the package publicsuffix.");
  } else {
    diagnosis.ok(check_of::suffixes, text);
  }
}

}  // namespace recipient_guard
