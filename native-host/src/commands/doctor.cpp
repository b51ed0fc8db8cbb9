// SPDX-License-Identifier: MPL-2.0
#include "commands/doctor.hpp"

#include <array>
#include <ctime>

#include "address/reader.hpp"
#include "audit/verification.hpp"
#include "commands/command.hpp"
#include "commands/places.hpp"
#include "diagnosis/doctor.hpp"
#include "document/count_text.hpp"
#include "messaging/host_facts.hpp"
#include "system/paths.hpp"
#include "system/program.hpp"
#include "system/terminal.hpp"
#include "version.hpp"

namespace recipient_guard {
namespace {

RecordCondition look_at_record(const std::optional<std::filesystem::path>& folder) {
  RecordCondition condition;
  if (!folder) {
    return condition;
  }
  condition.folder = *folder;
  // A host that writes meanwhile may be between a line and the head: what is wrong then is right a
  // moment later.
  for (int tries = 0; tries < 2; ++tries) {
    condition.faults.clear();
    const auto record = read_record(*folder);
    if (!record) {
      if (record.error().code == ErrorCode::no_input) {
        condition.said = "nothing is recorded yet";
      } else {
        condition.error = record.error();
      }
      return condition;
    }
    const Verification verification = verify(*record);
    for (const RecordFinding& finding : verification.findings) {
      if (finding.is_fault) {
        condition.faults.push_back(finding.place + ": " + finding.text);
      }
    }
    condition.said = count_text(verification.lines, "line", "lines") + ", unbroken";
    if (condition.faults.empty()) {
      break;
    }
  }
  return condition;
}

std::string coloured(Condition condition) {
  static constexpr std::array<std::string_view, 3> colours{"\x1b[32m", "\x1b[33m", "\x1b[31m"};
  const std::string name(name_of(condition));
  const std::string padding(6 - name.size(), ' ');
  return output_takes_colour() ? std::string(colours[static_cast<std::size_t>(condition)]) + name +
                                     "\x1b[0m" + padding
                               : name + padding;
}

std::string in_words(const Diagnosis& diagnosis) {
  std::string text;
  std::array<std::size_t, 3> counts{};
  for (const DiagnosisLine& line : diagnosis.lines()) {
    ++counts[static_cast<std::size_t>(line.condition)];
    text += coloured(line.condition) + std::string(line.check) + ": ";
    text += escape_for_display(line.text) + "\n";
    text += line.advice.empty() ? "" : "      " + escape_for_display(line.advice) + "\n";
  }
  text += std::to_string(counts[0]) + " ok, " + std::to_string(counts[1]) + " warn, " +
          std::to_string(counts[2]) + " fail\n";
  return text;
}

int doctor(const Places& places, bool json) {
  // As strictly as Thunderbird's host reads it.
  Engine engine(places, LaxRights::refuse);
  const auto people = engine.open_people(places, Database::Access::read_only);
  const auto audit = open_audit(places);
  const auto program = RunningProgram::find();
  const FileTree machine(places.root, home_folder());
  const Diagnosis diagnosis = diagnose(
      {machine, program_version, program ? std::optional(program->path()) : std::nullopt, false, "",
       engine.policy(), engine.suffixes(), people.get(), look_at_record(audit_place(places)),
       static_cast<std::int64_t>(std::time(nullptr))});
  const int status = diagnosis.worst() == Condition::ok ? exit_clean : exit_warn;
  if (!json) {
    return finish(in_words(diagnosis), status);
  }
  const Counts none;
  HostFacts facts{engine.policy(), engine.suffixes(), none};
  facts.people = people.get();
  facts.audit = audit.get();
  facts.diagnosis = &diagnosis;
  return finish(doctor_json(facts) + "\n", status);
}

}  // namespace

int run_doctor(const std::vector<std::string>& given) {
  Places places;
  bool json = false;
  Arguments arguments("doctor",
                      "Looks at everything that can be wrong: Thunderbird, the host's manifests, "
                      "the extension, policies, stores. Each line is ok, warn or fail and says "
                      "what to do. Nothing is changed.",
                      "[--json] [--root DIR] [--policy DIR|FILE]... [--people DIR] [--audit DIR]");
  add_policy_option(arguments.app(), places);
  add_people_option(arguments.app(), places, false);
  add_audit_option(arguments.app(), places);
  arguments.app().add_flag("--json", json, "Answer as JSON");
  arguments.app()
      .add_option("--root", places.root,
                  "Take DIR for the root of the file system, to look at an image")
      ->type_name("DIR");
  arguments.app().footer("Exit status: 0 all is well, 1 something is to be done.");
  if (const auto ended = arguments.read(given)) {
    return *ended;
  }
  if (!arguments.plain().empty()) {
    return arguments.usage_error("takes no argument \"" + arguments.plain()[0] + "\"");
  }
  if (!places.root.empty() && !look_at(places.root)) {
    return fail({ErrorCode::no_input, places.root + ": there is no such folder"});
  }
  return doctor(places, json);
}

}  // namespace recipient_guard
