// SPDX-License-Identifier: MPL-2.0
#include "system/paths.hpp"

#include <stdlib.h>

#include <catch2/catch.hpp>
#include <optional>
#include <string>

using namespace recipient_guard;

namespace {

/// Sets a variable of the environment, or takes it away, for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = ::getenv(name)) {
      before_ = before;
    }
    set(value);
  }
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) {
    if (value == nullptr) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, value, 1);
    }
  }
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("the user's folders follow the XDG base directories") {
  const Variable home("HOME", "/home/alice");
  {
    const Variable data("XDG_DATA_HOME", nullptr);
    const Variable state("XDG_STATE_HOME", nullptr);
    CHECK(people_folder() == "/home/alice/.local/share/recipient-guard");
    CHECK(audit_folder() == "/home/alice/.local/state/recipient-guard");
  }
  {
    const Variable data("XDG_DATA_HOME", "/data");
    const Variable state("XDG_STATE_HOME", "/state");
    CHECK(people_folder() == "/data/recipient-guard");
    CHECK(audit_folder() == "/state/recipient-guard");
  }
  {
    const Variable data("XDG_DATA_HOME", "data");
    const Variable state("XDG_STATE_HOME", "");
    CHECK(people_folder() == "/home/alice/.local/share/recipient-guard");
    CHECK(audit_folder() == "/home/alice/.local/state/recipient-guard");
  }
}

TEST_CASE("without a usable HOME the user database tells the home") {
  const Variable home("HOME", "relative");
  const auto found = home_folder();
  CHECK((!found || found->is_absolute()));
}

TEST_CASE(
    "manifests of native hosts stand where Thunderbird looks, below a root where one is given") {
  const Variable home("HOME", "/home/alice");
  CHECK(native_messaging_folder(ManifestScope::user) ==
        "/home/alice/.mozilla/native-messaging-hosts");
  CHECK(native_messaging_folder(ManifestScope::system) ==
        "/usr/lib/mozilla/native-messaging-hosts");
  CHECK(native_messaging_folder(ManifestScope::user, "/build") ==
        "/build/home/alice/.mozilla/native-messaging-hosts");
  CHECK(native_messaging_folder(ManifestScope::system, "/build") ==
        "/build/usr/lib/mozilla/native-messaging-hosts");
}

TEST_CASE("the organisation's policy has its default folder") {
  CHECK(default_policy_folder() == "/etc/recipient-guard/policy.d");
}
