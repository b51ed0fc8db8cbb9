// SPDX-License-Identifier: MPL-2.0
// Native messaging frames: a 32-bit length in the machine's own byte order, then that many octets.
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recipient_guard {

inline constexpr std::size_t frame_head_octets = 4;
/// What the host accepts at most; more is refused before anything is set aside for it.
inline constexpr std::size_t max_request_octets = 8 * 1024 * 1024;
/// What Thunderbird accepts at most; more and it cuts the connection.
inline constexpr std::size_t max_answer_octets = 1024 * 1024;

/// Cuts a stream of octets into frames. Holds never more than one frame's octets and what came
/// behind it in the same feed(); memory grows with octets that came, never with a length announced.
class FrameDecoder {
 public:
  enum class State { needs_more, frame, too_large };

  /// Takes in the next octets of the stream.
  void feed(std::string_view octets);

  /// Looks for the next frame. After `frame` its body is body(), valid until the next call of a
  /// function that is not const. `too_large` is final: the stream cannot be followed any further.
  State next();
  std::string_view body() const { return body_; }

  /// Octets of a frame that is not whole are held: the end of the stream now cuts it.
  bool in_frame() const { return consumed_ < buffer_.size(); }
  /// The length that was too large.
  std::uint32_t announced() const { return announced_; }

 private:
  void discard_consumed();

  std::string buffer_;
  std::size_t consumed_ = 0;  // octets at the front of buffer_ that were handed out
  std::string_view body_;
  std::uint32_t announced_ = 0;
};

/// `body` with its length in front, appended to `stream`; `body` has at most max_answer_octets.
void append_frame(std::string& stream, std::string_view body);

}  // namespace recipient_guard
