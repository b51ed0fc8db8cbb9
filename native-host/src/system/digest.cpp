// SPDX-License-Identifier: MPL-2.0
#include "system/digest.hpp"

#include <nettle/sha2.h>

#include <array>
#include <cstdint>

namespace recipient_guard {

struct Sha256::Impl {
  sha256_ctx context;
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
  sha256_init(&impl_->context);
}
Sha256::~Sha256() = default;

void Sha256::update(std::string_view octets) {
  sha256_update(&impl_->context, octets.size(),
                reinterpret_cast<const std::uint8_t*>(octets.data()));
}

std::string Sha256::finish() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&impl_->context, digest.size(), digest.data());
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const std::uint8_t octet : digest) {
    hex += digits[octet >> 4U];
    hex += digits[octet & 15U];
  }
  return hex;
}

std::string sha256_of(std::string_view octets) {
  Sha256 sha;
  sha.update(octets);
  return sha.finish();
}

}  // namespace recipient_guard
