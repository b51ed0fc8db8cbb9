// SPDX-License-Identifier: MPL-2.0
#include "commands/manifest.hpp"

#include <string_view>
#include <system_error>

#include "address/utf8.hpp"
#include "commands/command.hpp"
#include "host_manifest.hpp"
#include "messaging/json_writer.hpp"
#include "system/files.hpp"
#include "system/paths.hpp"
#include "system/program.hpp"

namespace recipient_guard {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t manifest_rights = 0644;
constexpr std::uint32_t private_folder_rights = 0700;
constexpr std::uint32_t shared_folder_rights = 0755;

struct ManifestWishes {
  bool system = false;
  std::optional<fs::path> root;
};

Result<fs::path> manifest_path(const ManifestWishes& wishes) {
  const auto folder = native_messaging_folder(
      wishes.system ? ManifestScope::system : ManifestScope::user, wishes.root);
  if (!folder) {
    return Error{ErrorCode::no_input, "cannot tell where your home folder is; set HOME"};
  }
  return *folder / (std::string(host_name) + ".json");
}

Result<std::string> manifest_text(const ManifestWishes& wishes) {
  const auto program = RunningProgram::find();
  if (!program) {
    return Error{ErrorCode::unavailable,
                 "cannot tell which file this program is; is /proc mounted?"};
  }
  return host_manifest_for(program->path(), wishes.root);
}

// What a person can do about it, behind what went wrong.
Error with_advice(Error error, const ManifestWishes& wishes) {
  if (error.code == ErrorCode::no_input) {
    error.code = ErrorCode::cannot_create;  // something else stands where the folder belongs
  }
  if (error.code == ErrorCode::no_permission) {
    error.text += wishes.system ? "; run it as root, or install for yourself with --user"
                                : "; the folder belongs to somebody else";
  }
  return error;
}

int print(const ManifestWishes& wishes) {
  const auto text = manifest_text(wishes);
  return text ? finish(*text, exit_clean) : fail(text.error());
}

int install(const ManifestWishes& wishes) {
  const auto text = manifest_text(wishes);
  const auto path = manifest_path(wishes);
  if (!text || !path) {
    return fail(text ? path.error() : text.error());
  }
  const auto made = make_folders(path->parent_path(),
                                 wishes.system ? shared_folder_rights : private_folder_rights);
  if (!made) {
    return fail(with_advice(made.error(), wishes));
  }
  const auto written = write_whole_or_not_at_all(*path, *text, manifest_rights);
  if (!written) {
    return fail(with_advice(written.error(), wishes));
  }
  return finish("installed " + path->string() +
                    "\nThunderbird finds it at the next message; it need not be restarted.\n",
                exit_clean);
}

int remove(const ManifestWishes& wishes) {
  const auto path = manifest_path(wishes);
  if (!path) {
    return fail(path.error());
  }
  const auto removed = remove_file(*path);
  if (removed) {
    return finish("removed " + path->string() + "\n", exit_clean);
  }
  if (removed.error().code == ErrorCode::no_input) {
    return finish("nothing to remove: there is no " + path->string() + "\n", exit_clean);
  }
  return fail(with_advice(removed.error(), wishes));
}

}  // namespace

Result<std::string> host_manifest_for(const fs::path& program,
                                      const std::optional<fs::path>& root) {
  fs::path installed = program;
  if (root) {
    std::error_code failure;
    const fs::path base = fs::canonical(*root, failure);
    const fs::path inside = failure ? fs::path() : program.lexically_relative(base);
    if (!inside.empty() && *inside.begin() != "..") {
      installed = fs::path("/") / inside;
    }
  }
  const std::string text = installed.string();
  if (!is_utf8(text)) {
    return Error{ErrorCode::bad_data,
                 "the path of this program is no UTF-8, and a manifest cannot name it; move it"};
  }
  std::string manifest(host_manifest_template);
  constexpr std::string_view mark = "\"@RECIPIENT_GUARD_PROGRAM@\"";
  std::string quoted_path;
  append_json_text(quoted_path, text);
  manifest.replace(manifest.find(mark), mark.size(), quoted_path);
  return manifest;
}

int run_manifest(const std::vector<std::string>& given) {
  ManifestWishes wishes;
  bool user = false;
  std::string root;
  Arguments arguments(
      "manifest",
      "Prints, installs or removes recipient_guard.json, by which Thunderbird finds "
      "the host.",
      "print|install|remove [--user|--system] [--root DIR]");
  arguments.app().add_flag("--user", user, "For yourself (this is so where nothing is said)");
  arguments.app().add_flag("--system", wishes.system, "For everybody on this machine");
  arguments.app()
      .add_option("--root", root, "Take DIR for the root of the file system, to prepare an image")
      ->type_name("DIR");
  if (const auto ended = arguments.read(given, {"print", "install", "remove"})) {
    return *ended;
  }
  if (!arguments.plain().empty()) {
    return arguments.usage_error("takes no argument \"" + arguments.plain()[0] + "\"");
  }
  if (user && wishes.system) {
    return arguments.usage_error("--user and --system exclude each other");
  }
  if (!root.empty()) {
    if (!look_at(root)) {
      return fail({ErrorCode::no_input, root + ": there is no such folder"});
    }
    wishes.root = root;
  }
  if (arguments.action() == "print") {
    return print(wishes);
  }
  return arguments.action() == "install" ? install(wishes) : remove(wishes);
}

}  // namespace recipient_guard
