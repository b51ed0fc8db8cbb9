// SPDX-License-Identifier: MPL-2.0
#include "diagnosis/doctor.hpp"

#include <algorithm>
#include <charconv>

#include "diagnosis/parts.hpp"

namespace recipient_guard {
namespace {

/// The number before the next dot; `text` is what stands behind it then.
unsigned long take_part(std::string_view& text) {
  const std::size_t dot = std::min(text.find('.'), text.size());
  unsigned long number = 0;
  std::from_chars(text.data(), text.data() + dot, number);
  text.remove_prefix(std::min(dot + 1, text.size()));
  return number;
}

}  // namespace

int compare_versions(std::string_view one, std::string_view other) {
  while (!one.empty() || !other.empty()) {
    const unsigned long left = take_part(one);
    const unsigned long right = take_part(other);
    if (left != right) {
      return left < right ? -1 : 1;
    }
  }
  return 0;
}

void diagnose_program(const Patient& patient, Diagnosis& diagnosis) {
  const std::string what = "recipient-guard " + patient.host_version;
  if (!patient.program) {
    diagnosis.warn(check_of::program, what + "; which file it runs from cannot be told",
                   "Is /proc mounted?");
  } else if (patient.program_replaced) {
    diagnosis.warn(check_of::program,
                   what + " runs, and another stands at " + patient.program->string() + " by now",
                   "Nothing, the extension changes over between two messages; restarting "
                   "Thunderbird does it at once.");
  } else {
    diagnosis.ok(check_of::program, what + " at " + patient.program->string());
  }
}

Diagnosis diagnose(const Patient& patient) {
  Diagnosis diagnosis;
  const auto profiles = find_profiles(patient.machine);
  const auto thunderbirds = find_thunderbirds(patient.machine, profiles);
  diagnose_program(patient, diagnosis);
  diagnose_thunderbirds(patient, thunderbirds, diagnosis);
  diagnose_native_host(patient, diagnosis);
  diagnose_extension(patient, thunderbirds, profiles, diagnosis);
  diagnose_thunderbird_policies(patient, thunderbirds, diagnosis);
  diagnose_policy(patient, diagnosis);
  diagnose_people(patient, diagnosis);
  diagnose_record(patient, diagnosis);
  diagnose_suffixes(patient, diagnosis);
  return diagnosis;
}

}  // namespace recipient_guard
