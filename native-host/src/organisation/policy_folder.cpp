// SPDX-License-Identifier: MPL-2.0
#include "organisation/policy_folder.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include "organisation/document_reading.hpp"
#include "organisation/list_reading.hpp"
#include "organisation/quoting.hpp"
#include "system/digest.hpp"
#include "system/paths.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

/// One place as it was named: a folder of documents, or a document.
struct DocumentPlace {
  fs::path path;
  fs::path folder;    ///< of the documents and, below it, their list files; empty: the current one
  std::string shown;  ///< before their names in `rule`: "policy.d/", or nothing for a FILE
  bool is_folder = false;
};

/// "policy.d" for `policy.d`, `policy.d/` and, standing in it, `.`.
std::string last_name(const fs::path& folder) {
  std::error_code failure;
  fs::path whole = fs::absolute(folder, failure).lexically_normal();
  if (!whole.has_filename()) {
    whole = whole.parent_path();
  }
  return whole.filename().string();
}

/// The path with links resolved; nothing where that fails.
std::optional<fs::path> resolved(const fs::path& path) {
  std::error_code failure;
  fs::path real = fs::canonical(path.empty() ? fs::path(".") : path, failure);
  return failure ? std::nullopt : std::optional(real);
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end() && in_path != path.end();
}

std::string digest_of(const std::vector<std::string>& names) {
  Sha256 sha;
  for (const std::string& name : names) {
    sha.update(name + '\0');
  }
  return sha.finish();
}

class Reader {
 public:
  Reader(const PolicySource::Options& options, const PublicSuffixes& suffixes, FaultySet faulty)
      : options_(options),
        suffixes_(suffixes),
        faulty_(faulty),
        is_default_(options.places.empty()) {
    if (is_default_) {
      owners_ = {options.default_place.owner};
    } else {
      owners_ = {0};
      if (current_user() != 0) {
        owners_.push_back(current_user());
      }
    }
  }

  PolicySet read() {
    if (is_default_) {
      const fs::path& named = options_.default_place.folder;
      read_place(named.empty() ? default_policy_folder() : named);
    }
    for (const fs::path& place : options_.places) {
      read_place(place);
    }
    set_.faults = std::move(build_.faults);
    set_.replaced = std::move(build_.replaced);
    set_.too_many_entries = list_entries_ > max_list_entries;
    if (set_.faults.empty() || faulty_ == FaultySet::keep) {
      finish_policy();
    }
    return std::move(set_);
  }

 private:
  void finish_policy() {
    Policy& policy = build_.policy;
    policy.from_organisation = documents_ > 0;
    if (policy.from_organisation) {
      policy.digest = digest_.finish();
    }
    if (!set_.too_many_entries) {
      fill_near_names(policy, suffixes_);
    }
    set_.policy = std::make_shared<const Policy>(std::move(policy));
  }

  void fault(Error error) { add_fault(build_, std::move(error)); }
  void fault(ErrorCode code, const std::string& text) { fault({code, text}); }

  /// Looks at a path for the first time and remembers it, whatever it finds.
  Result<FileLook> look(const fs::path& path) {
    auto result = look_at(path);
    if (watched_.emplace(path, set_.watched.size()).second) {
      set_.watched.push_back({path, result ? std::optional(*result) : std::nullopt, {}});
    }
    return result;
  }

  /// Remembers what was read from a path that was looked at before.
  void note_content(const fs::path& path, std::string digest) {
    set_.watched[watched_.at(path)].digest = std::move(digest);
  }

  /// Refused, or remarked and passed over.
  bool judge(const fs::path& path, const FileLook& look) {
    const auto lax = lax_rights(path, look, owners_);
    if (!lax) {
      return true;
    }
    if (options_.lax_rights == LaxRights::refuse) {
      fault(ErrorCode::no_permission, *lax);
      return false;
    }
    if (std::find(set_.remarks.begin(), set_.remarks.end(), *lax) == set_.remarks.end()) {
      set_.remarks.push_back(*lax);
    }
    return true;
  }

  /// Of the default place all parents, of where a link leads too: who can change one of them can
  /// put another file in place. The path itself is judged by its reader.
  bool judge_parents(const fs::path& path) {
    const auto real = resolved(path);
    if (!is_default_ || !real) {
      return true;
    }
    bool good = true;
    const auto top = resolved(options_.default_place.judged_below);
    for (fs::path parent = real->parent_path();; parent = parent.parent_path()) {
      if (top && parent != *top && !lies_below(parent, *top)) {
        break;
      }
      if (const auto parent_look = look(parent); parent_look) {
        good = judge(parent, *parent_look) && good;
      }
      if (parent == parent.parent_path()) {
        break;
      }
    }
    return good;
  }

  /// No default folder is no fault: then there is no organisation's policy. A link that leads
  /// nowhere says that there should be one.
  void judge_missing(const fs::path& path) {
    for (fs::path part = path; part.has_relative_path(); part = part.parent_path()) {
      (void)look(part.parent_path());  // a link that comes or goes changes nothing but this one
      if (look_at_itself(part)) {
        if (!look_at(part)) {
          fault(ErrorCode::bad_policy, part.string() + ": is a link that leads nowhere");
        }
        return;
      }
    }
  }

  void read_place(const fs::path& path) {
    const auto found = look(path);
    if (!found) {
      if (is_default_ && found.error().code == ErrorCode::no_input) {
        judge_missing(path);
      } else {
        fault(found.error());
      }
      return;
    }
    if (found->kind == FileKind::other) {
      fault(ErrorCode::no_input, path.string() + ": is neither a folder nor a regular file");
      return;
    }
    if (found->kind == FileKind::folder) {
      if (judge(path, *found) && judge_parents(path)) {
        read_folder(path);
      }
      return;
    }
    if (is_default_) {
      fault(ErrorCode::bad_policy, path.string() + ": is no folder");
      return;
    }
    read_document({path, path.parent_path(), "", false}, path, path.filename().string());
  }

  void read_folder(const fs::path& path) {
    const auto names = names_in(path, max_folder_names);
    if (!names) {
      fault(names.error());
      return;
    }
    note_content(path, digest_of(*names));
    const std::size_t before = documents_;
    const DocumentPlace place{path, path, last_name(path) + "/", true};
    for (const std::string& name : *names) {
      if (name.starts_with('.') || !name.ends_with(".json")) {
        continue;
      }
      if (documents_ == max_documents) {
        fault(ErrorCode::bad_policy,
              path.string() + ": holds more than " + std::to_string(max_documents) + " documents");
        return;
      }
      read_document(place, path / name, name);
    }
    if (documents_ == before && !is_default_) {
      fault(ErrorCode::no_input, path.string() + ": holds no policy document (*.json)");
    }
  }

  /// Whole, judged by its rights, and taken into the digest.
  std::optional<std::string> read_file(const fs::path& path, const std::string& name,
                                       std::size_t max_octets) {
    if (!judge_parents(path)) {
      return std::nullopt;
    }
    auto content = read_whole(path, max_octets);
    if (!content) {
      Error error = content.error();
      error.code = error.code == ErrorCode::bad_data ? ErrorCode::bad_policy : error.code;
      fault(std::move(error));
      return std::nullopt;
    }
    if (!judge(path, content->look)) {
      return std::nullopt;
    }
    // The digest of the set is one over names and digests, in order, as sha256sum prints them.
    std::string content_digest = sha256_of(content->text);
    digest_.update(content_digest + "  " + name + "\n");
    note_content(path, std::move(content_digest));
    return std::move(content->text);
  }

  /// Its number for a SourcePlace; nothing (a fault) where there are too many.
  std::optional<std::uint32_t> number_for(const fs::path& path, const std::string& name) {
    // Whoever looks a policy over has an editor open: one form for faults and findings alike.
    const std::string shown = faulty_ == FaultySet::keep ? path.string() : name;
    auto& documents = build_.policy.documents;
    if (documents.size() == max_source_documents) {
      fault(ErrorCode::bad_policy, shown + ": there are more than " +
                                       std::to_string(max_source_documents) +
                                       " documents and list files");
      return std::nullopt;
    }
    documents.push_back(shown);
    return static_cast<std::uint32_t>(documents.size() - 1);
  }

  void read_document(const DocumentPlace& place, const fs::path& path, const std::string& name) {
    ++documents_;
    (void)look(path);
    const auto text = read_file(path, name, max_document_octets - document_octets_);
    if (!text) {
      return;
    }
    document_octets_ += text->size();
    const auto number = number_for(path, place.shown + name);
    if (!number) {
      return;
    }
    DocumentReading reading{path.string(), *number, options_.vocabulary, build_, {}};
    read_policy_document(reading, *text);
    for (const ListRequest& list : reading.lists) {
      read_list_file(place, reading, list);
    }
  }

  /// Where the list file stands; a fault where that is not inside the document's folder.
  std::optional<fs::path> list_path(const DocumentPlace& place, DocumentReading& reading,
                                    const ListRequest& list) {
    const fs::path relative = list.name;
    const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
    if (relative.is_absolute() || climbs || list.name.find('\0') != std::string::npos ||
        !relative.has_filename()) {
      reading.fault(list.place, in_quotes(list.name) +
                                    ": a list file stands in the document's folder or below it");
      return std::nullopt;
    }
    const fs::path path = place.folder / relative;
    if (const auto found = look(path); !found) {
      reading.fault(list.place, in_quotes(list.name) + ": " +
                                    (found.error().code == ErrorCode::no_input
                                         ? std::string(no_such_list_file) + ", " + path.string()
                                         : found.error().text));
      return std::nullopt;
    }
    const auto real = resolved(path);
    const auto folder = resolved(place.folder);
    if (!real || !folder || !lies_below(*real, *folder)) {
      reading.fault(list.place,
                    in_quotes(list.name) + ": a link leads out of the document's folder");
      return std::nullopt;
    }
    return judge_between(place, *folder, *real) ? std::optional(path) : std::nullopt;
  }

  /// The folders between the documents' one and a list file.
  bool judge_between(const DocumentPlace& place, const fs::path& folder, const fs::path& file) {
    bool good = true;
    for (fs::path between = file.parent_path(); place.is_folder && between != folder;
         between = between.parent_path()) {
      if (const auto found = look(between); found) {
        good = judge(between, *found) && good;
      }
    }
    return good;
  }

  void read_list_file(const DocumentPlace& place, DocumentReading& reading,
                      const ListRequest& list) {
    const auto path = list_path(place, reading, list);
    if (!path) {
      return;
    }
    const auto text = read_file(*path, list.name, max_list_octets);
    if (!text) {
      return;
    }
    list_octets_ += text->size();
    if (list_octets_ > max_list_octets) {
      reading.fault(list.place, in_quotes(list.name) +
                                    ": all list files together are larger than " +
                                    std::to_string(max_list_octets >> 20U) + " MiB");
      return;
    }
    if (const auto number = number_for(*path, place.shown + list.name)) {
      read_list({path->string(), *number, list.kind, build_}, *text, list_entries_);
    }
  }

  const PolicySource::Options& options_;
  const PublicSuffixes& suffixes_;
  FaultySet faulty_;
  bool is_default_;
  std::vector<std::uint32_t> owners_;
  PolicySet set_;
  std::map<fs::path, std::size_t> watched_;  // to its number in set_.watched
  PolicyBuild build_;
  Sha256 digest_;
  std::size_t documents_ = 0;
  std::size_t document_octets_ = 0;
  std::size_t list_octets_ = 0;
  std::size_t list_entries_ = 0;
};

}  // namespace

bool looks_different(const Watched& before) {
  const auto look = look_at(before.path);
  return before.look != (look ? std::optional(*look) : std::nullopt);
}

bool holds_different(const Watched& before) {
  if (before.digest.empty()) {
    return false;
  }
  if (before.look->kind == FileKind::folder) {
    const auto names = names_in(before.path, max_folder_names);
    return !names || digest_of(*names) != before.digest;
  }
  const auto content = read_whole(before.path, std::max(max_document_octets, max_list_octets));
  return !content || sha256_of(content->text) != before.digest;
}

PolicySet read_policy_set(const PolicySource::Options& options, const PublicSuffixes& suffixes,
                          FaultySet faulty) {
  return Reader(options, suffixes, faulty).read();
}

}  // namespace recipient_guard
