// SPDX-License-Identifier: MPL-2.0
#include "messaging/frames.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using namespace recipient_guard;
using State = FrameDecoder::State;

namespace {

std::string head(std::uint32_t length) {
  std::string octets(4, '\0');
  std::memcpy(octets.data(), &length, 4);
  return octets;
}

std::string frame(const std::string& body) {
  std::string out;
  append_frame(out, body);
  return out;
}

}  // namespace

TEST_CASE("a frame is a length in the machine's order and the body") {
  CHECK(frame("abc") == head(3) + "abc");
  CHECK(frame("") == head(0));
}

TEST_CASE("an empty frame is a frame") {
  FrameDecoder decoder;
  decoder.feed(head(0));
  CHECK(decoder.next() == State::frame);
  CHECK(decoder.body().empty());
  CHECK_FALSE(decoder.in_frame());
}

TEST_CASE("any cutting of the stream gives the same frames") {
  const std::vector<std::string> bodies{"", "a", std::string(70'000, 'x'), "\n\r\x1a", "end"};
  std::string stream;
  for (const auto& body : bodies) {
    append_frame(stream, body);
  }
  std::mt19937 random(20230725);
  for (int round = 0; round < 200; ++round) {
    FrameDecoder decoder;
    std::vector<std::string> found;
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t size =
          std::min<std::size_t>(stream.size() - at, 1 + random() % (round % 2 == 0 ? 9 : 40'000));
      decoder.feed(std::string_view(stream).substr(at, size));
      at += size;
      while (decoder.next() == State::frame) {
        found.emplace_back(decoder.body());
      }
      if (round % 2 == 0 && at > 200) {
        decoder.feed(std::string_view(stream).substr(at));
        at = stream.size();
        while (decoder.next() == State::frame) {
          found.emplace_back(decoder.body());
        }
      }
    }
    REQUIRE(found == bodies);
    REQUIRE_FALSE(decoder.in_frame());
  }
}

TEST_CASE("a frame that is not whole is known to be open") {
  FrameDecoder decoder;
  CHECK_FALSE(decoder.in_frame());
  decoder.feed(head(3).substr(0, 1));
  CHECK(decoder.next() == State::needs_more);
  CHECK(decoder.in_frame());
  decoder.feed(head(3).substr(1) + "ab");
  CHECK(decoder.next() == State::needs_more);
  CHECK(decoder.in_frame());
  decoder.feed("c");
  CHECK(decoder.next() == State::frame);
  CHECK_FALSE(decoder.in_frame());
}

TEST_CASE("8 MiB is taken, one octet more is too large for good") {
  FrameDecoder fits;
  fits.feed(head(8U * 1024U * 1024U));
  CHECK(fits.next() == State::needs_more);
  for (const std::uint32_t length :
       {8U * 1024U * 1024U + 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    FrameDecoder decoder;
    decoder.feed(frame("before") + head(length) + "behind");
    CHECK(decoder.next() == State::frame);
    CHECK(decoder.next() == State::too_large);
    CHECK(decoder.announced() == length);
    decoder.feed("more");
    CHECK(decoder.next() == State::too_large);
  }
}
