// SPDX-License-Identifier: MPL-2.0
#include "messaging/frames.hpp"

#include <cstring>

namespace recipient_guard {
namespace {

// A buffer that once held a large request is given back to the system.
constexpr std::size_t max_idle_capacity = 256 * 1024;

}  // namespace

void FrameDecoder::feed(std::string_view octets) {
  discard_consumed();
  buffer_ += octets;
}

FrameDecoder::State FrameDecoder::next() {
  body_ = {};
  if (buffer_.size() - consumed_ < frame_head_octets) {
    return State::needs_more;
  }
  std::memcpy(&announced_, buffer_.data() + consumed_, frame_head_octets);
  if (announced_ > max_request_octets) {
    return State::too_large;
  }
  if (buffer_.size() - consumed_ - frame_head_octets < announced_) {
    return State::needs_more;
  }
  body_ = std::string_view(buffer_).substr(consumed_ + frame_head_octets, announced_);
  consumed_ += frame_head_octets + announced_;
  return State::frame;
}

void FrameDecoder::discard_consumed() {
  body_ = {};
  if (consumed_ == 0) {
    return;
  }
  buffer_.erase(0, consumed_);
  consumed_ = 0;
  if (buffer_.size() < max_idle_capacity && buffer_.capacity() > max_idle_capacity) {
    buffer_.shrink_to_fit();
  }
}

void append_frame(std::string& stream, std::string_view body) {
  const auto length = static_cast<std::uint32_t>(body.size());
  char head[frame_head_octets];
  std::memcpy(head, &length, sizeof head);
  stream.append(head, sizeof head);
  stream += body;
}

}  // namespace recipient_guard
