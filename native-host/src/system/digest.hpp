// SPDX-License-Identifier: MPL-2.0
// SHA-256 (FIPS 180-4) by Nettle.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace recipient_guard {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view octets);
  /// 64 lower-case hexadecimal digits; the value begins anew.
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string sha256_of(std::string_view octets);

}  // namespace recipient_guard
