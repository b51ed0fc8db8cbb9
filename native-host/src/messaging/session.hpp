// SPDX-License-Identifier: MPL-2.0
// One connection: frames in, each handed to a handler, its answer out, in order. Knows nothing of
// what requests mean and nothing of pipes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "messaging/frames.hpp"
#include "system/error.hpp"
#include "system/transport.hpp"

namespace recipient_guard {

class Session {
 public:
  /// Answers one request; at most max_answer_octets; never throws.
  using Handler = std::function<std::string(std::string_view request)>;
  /// Called once an answer is out, or waits to be read; never throws.
  using Afterwards = std::function<void()>;

  /// Beyond so many octets of answers that wait to be read by the peer no further request is read.
  static constexpr std::size_t max_waiting_octets = 1024 * 1024;
  /// A peer that has closed its end and takes no more answers is left after this time.
  static constexpr std::chrono::milliseconds patience{200};

  Session(
      const boost::asio::any_io_executor& executor, Transport& transport, Handler handler,
      Afterwards afterwards = [] {});

  /// Runs until the peer closes its end and all answers are written (Done), or until the stream
  /// cannot be followed (too_large, bad_frame: told to the peer first) or fails (input_output).
  /// To be called once.
  boost::asio::awaitable<Result<Done>> run();

 private:
  boost::asio::awaitable<void> read();
  boost::asio::awaitable<void> write();
  boost::asio::awaitable<void> watch();
  boost::asio::awaitable<void> answer_what_came();
  void end_input(std::optional<Error> error);
  void end(Error error);
  void send(std::string_view answer);

  Transport& transport_;
  Handler handler_;
  Afterwards afterwards_;
  FrameDecoder decoder_;
  std::string waiting_;      // answers with their heads, not yet being written
  bool is_writing_ = false;  // what waited before them
  std::optional<Error> failure_;
  bool input_ended_ = false;
  bool over_ = false;
  std::uint64_t progress_ = 0;  // counts octets moved, so that a standstill can be told
  boost::asio::steady_timer something_to_write_;
  boost::asio::steady_timer room_to_write_;
  boost::asio::steady_timer pause_;
};

}  // namespace recipient_guard
