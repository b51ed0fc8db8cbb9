// SPDX-License-Identifier: MPL-2.0
#include "system/digest.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recipient_guard;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
  CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_of(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a digest may be fed in pieces and begins anew when it was told") {
  Sha256 sha;
  sha.update("a");
  sha.update("bc");
  CHECK(sha.finish() == sha256_of("abc"));
  CHECK(sha.finish() == sha256_of(""));
}
