// SPDX-License-Identifier: MPL-2.0
// Reading one policy document, key by key and type by type, onto the policy that the documents
// before it made. Inner part of this room.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/json.hpp"
#include "organisation/check_vocabulary.hpp"
#include "organisation/policy.hpp"
#include "organisation/policy_folder.hpp"
#include "system/error.hpp"

namespace recipient_guard {

/// `allow_files`, `block_files`: a list file that a document names.
struct ListRequest {
  std::string name;
  Place place;
  RuleKind kind = RuleKind::allow;
};

/// What is carried from document to document while a set is read.
struct PolicyBuild {
  Policy policy;
  std::vector<Error> faults;  ///< at most max_policy_faults
  std::vector<Replaced> replaced;
  std::string organisation_stands_at;  ///< FILE:LINE:COLUMN of the first that names it
};

/// One member of an object, with its name as messages tell it: "audit.keep_days".
struct Member {
  std::string name;
  Place key_place;
  const JsonValue& value;
};

/// The document that is being read.
struct DocumentReading {
  std::string file;        ///< as it was given, for messages
  std::uint32_t document;  ///< index into Policy::documents
  const CheckVocabulary& vocabulary;
  PolicyBuild& build;
  std::vector<ListRequest> lists;

  Policy& policy() const { return build.policy; }
  SourcePlace source(Place place) const {
    return {document, static_cast<std::uint32_t>(place.line)};
  }
  std::string at(Place place) const;
  void fault(Place place, const std::string& text);
  /// Notes that `what` stands at `first`, and again at `later`, where it replaces the first.
  void note_replaced(std::string what, SourcePlace first, SourcePlace later);
  /// Notes in Policy::set_at where the key stands.
  void note(const Member& field);
  /// What was read of the key holds from here on; nothing changes where it was a fault.
  template <typename T>
  void set(const Member& field, const std::optional<T>& read, T& into) {
    if (read) {
      into = *read;
      note(field);
    }
  }
};

/// Adds a fault "FILE:LINE..: text" unless there are enough.
void add_fault(PolicyBuild& build, Error fault);

using MemberReader = void (*)(DocumentReading&, const Member&);
struct KnownKey {
  std::string_view name;
  MemberReader read;
};

/// Reads the members of an object by a table; `$schema` and `$comment` pass, an unknown key is a
/// fault. `prefix` goes before the names: "audit.".
void read_members(DocumentReading& reading, const JsonObject& members, std::string_view prefix,
                  std::span<const KnownKey> known);
void fault_unknown_key(DocumentReading& reading, const JsonMember& member,
                       const std::vector<std::string_view>& known);
/// `$schema` (a text) and `$comment` (anything).
bool is_annotation(DocumentReading& reading, const JsonMember& member);

/// The member of an object of that name: "audit." and keep_days.
Member field_of(std::string_view prefix, const JsonMember& member);
/// Faults for the keys of `wanted` that the object lacks; `what` is "a marking".
bool has_all(DocumentReading& reading, const JsonValue& object, std::string_view what,
             const std::vector<std::string_view>& wanted);

// Each reads a value of its type, or makes a fault and gives nothing.
const JsonObject* read_object(DocumentReading& reading, const Member& field);
const JsonArray* read_list(DocumentReading& reading, const Member& field, std::string_view of_what);
const std::string* read_text(DocumentReading& reading, const Member& field);
std::optional<bool> read_flag(DocumentReading& reading, const Member& field);
std::optional<std::int64_t> read_number(DocumentReading& reading, const Member& field,
                                        std::int64_t least, std::int64_t most);
/// The index of the text among `known`.
std::optional<std::size_t> read_choice(DocumentReading& reading, const Member& field,
                                       const std::vector<std::string_view>& known);
/// The one of `known` whose name_of() the text is.
template <typename T>
std::optional<T> read_one_of(DocumentReading& reading, const Member& field,
                             std::initializer_list<T> known) {
  std::vector<std::string_view> words;
  words.reserve(known.size());
  for (const T one : known) {
    words.push_back(name_of(one));
  }
  const auto index = read_choice(reading, field, words);
  return index ? std::optional(known.begin()[*index]) : std::nullopt;
}
/// A list of entries, each with the place where it stands.
void read_entries(DocumentReading& reading, const Member& field, EntrySet& into,
                  RuleKind kind = RuleKind::allow);

// The keys that hold objects of their own; in settings_reading.cpp and marking_reading.cpp.
void read_confusable(DocumentReading& reading, const Member& field);
void read_checks(DocumentReading& reading, const Member& field);
void read_markings(DocumentReading& reading, const Member& field);
void read_override(DocumentReading& reading, const Member& field);
void read_help(DocumentReading& reading, const Member& field);
void read_history(DocumentReading& reading, const Member& field);
void read_audit(DocumentReading& reading, const Member& field);

/// The whole document.
void read_policy_document(DocumentReading& reading, std::string_view text);

}  // namespace recipient_guard
