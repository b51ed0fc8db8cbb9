// SPDX-License-Identifier: MPL-2.0
// The first octet cuts the rest, a stream of frames, into pieces. Whatever the pieces, the frames
// are the same; a length that is too large ends the stream.
#include <cstring>
#include <string>
#include <vector>

#include "fuzzing.hpp"
#include "messaging/frames.hpp"

using namespace recipient_guard;

namespace {

struct Stream {
  std::vector<std::string> bodies;
  bool too_large = false;
  bool cut = false;

  bool operator==(const Stream&) const = default;
};

Stream decoded(std::string_view octets, std::size_t piece) {
  FrameDecoder decoder;
  Stream stream;
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    decoder.feed(octets.substr(at, piece));
    auto state = decoder.next();
    for (; state == FrameDecoder::State::frame; state = decoder.next()) {
      stream.bodies.emplace_back(decoder.body());
    }
    stream.too_large = state == FrameDecoder::State::too_large;
    if (stream.too_large) {
      fuzzing::demand(decoder.announced() > max_request_octets,
                      "only what is too large is refused");
      return stream;
    }
  }
  stream.cut = decoder.in_frame();
  return stream;
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  Dice dice(input);
  const std::size_t piece = dice.next() + 1;
  const std::string_view octets = dice.rest();
  const Stream whole = decoded(octets, octets.size() + 1);
  demand(decoded(octets, piece) == whole, "a stream in pieces is the stream");
  std::string again;
  for (const std::string& body : whole.bodies) {
    append_frame(again, body);
  }
  demand(octets.starts_with(again), "frames written are the frames read");
  demand(whole.too_large || whole.cut == (again.size() < octets.size()), "the rest is a cut frame");
}
