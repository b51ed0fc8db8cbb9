// SPDX-License-Identifier: MPL-2.0
#include "system/keyboard_settings.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "../temporary_folder.hpp"

using namespace recipient_guard;

namespace {

/// The environment's locale, as told, until the end of a test.
class Locale {
 public:
  Locale(const char* all, const char* characters, const char* language) {
    set("LC_ALL", all);
    set("LC_CTYPE", characters);
    set("LANG", language);
  }
  ~Locale() {
    for (const auto& [name, value] : before_) {
      value ? ::setenv(name, value->c_str(), 1) : ::unsetenv(name);
    }
  }
  Locale(const Locale&) = delete;
  Locale& operator=(const Locale&) = delete;

 private:
  void set(const char* name, const char* value) {
    const char* const old = std::getenv(name);
    before_.emplace_back(name, old == nullptr ? std::nullopt : std::optional<std::string>(old));
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

KeyboardSettings of_debian(const std::string& text) {
  const TemporaryFolder root;
  std::filesystem::create_directories(root.path() / "etc/default");
  root.write("etc/default/keyboard", text);
  return keyboard_settings(root.path());
}

}  // namespace

TEST_CASE("the locale of characters is the first that is set, as POSIX orders them") {
  const TemporaryFolder root;
  {
    const Locale locale("de_DE.UTF-8", "fr_FR.UTF-8", "en_US.UTF-8");
    CHECK(keyboard_settings(root.path()).locale == "de_DE.UTF-8");
  }
  {
    const Locale locale("", "fr_FR.UTF-8", "en_US.UTF-8");
    CHECK(keyboard_settings(root.path()).locale == "fr_FR.UTF-8");
  }
  {
    const Locale locale(nullptr, nullptr, "en_US.UTF-8");
    CHECK(keyboard_settings(root.path()).locale == "en_US.UTF-8");
  }
  const Locale locale(nullptr, nullptr, nullptr);
  CHECK(keyboard_settings(root.path()).locale.empty());
}

TEST_CASE("Debian's file tells layouts and variants, quoted or not") {
  const KeyboardSettings settings = of_debian(
      "# KEYBOARD CONFIGURATION FILE\nXKBMODEL=\"pc105\"\nXKBLAYOUT=\"us,de\"\n"
      "XKBVARIANT=',nodeadkeys'\n");
  CHECK(settings.xkb_layouts == "us,de");
  CHECK(settings.xkb_variants == ",nodeadkeys");
  CHECK(of_debian("  XKBLAYOUT=fr  \n").xkb_layouts == "fr");
  CHECK(of_debian("XKBLAYOUT=fr\nXKBLAYOUT=be").xkb_layouts == "be");
}

TEST_CASE("a file that tells no layout says nothing") {
  for (const char* text : {"", "#XKBLAYOUT=de", "XKBLAYOUT", "XKBLAYOUT=\"\"", "XXKBLAYOUT=de"}) {
    CAPTURE(text);
    CHECK(of_debian(text).xkb_layouts.empty());
  }
  CHECK(of_debian("XKBLAYOUT=de\n" + std::string(70000, '#')).xkb_layouts.empty());
}

TEST_CASE("where Debian's file is missing or empty systemd's is read") {
  const TemporaryFolder root;
  std::filesystem::create_directories(root.path() / "etc/default");
  root.write("etc/vconsole.conf", "KEYMAP=fr\nXKBLAYOUT=fr\nXKBVARIANT=oss\n");
  CHECK(keyboard_settings(root.path()).xkb_layouts == "fr");
  root.write("etc/default/keyboard", "XKBLAYOUT=\"de\"\n");
  CHECK(keyboard_settings(root.path()).xkb_layouts == "de");
  CHECK(keyboard_settings(root.path()).xkb_variants.empty());
}
