// SPDX-License-Identifier: MPL-2.0
// A stream of octets to and from one peer, as the session sees it: pipes in the program, memory in
// the tests. All functions are called on one thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "system/error.hpp"
#include "system/stdio.hpp"

namespace recipient_guard {

class Transport {
 public:
  Transport() = default;
  virtual ~Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  /// At least one octet into `into`, or 0 at the end of the stream. One call at a time.
  virtual boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) = 0;

  /// As much of `octets` as the stream takes without waiting; how many that are. None where it
  /// fails, too: write() tells. Not to be called while a write() goes on.
  virtual std::size_t write_at_once(std::string_view octets) = 0;

  /// All of `octets`, which must live until it is done. One call at a time.
  virtual boost::asio::awaitable<Result<Done>> write(std::string_view octets) = 0;

  /// Comes back with true when the peer has closed its end, though octets may still be waiting to
  /// be read; with false, at once, where this stream cannot tell.
  virtual boost::asio::awaitable<bool> hung_up() = 0;
};

/// The two descriptors as a transport. They are made non-blocking and closed with it.
std::unique_ptr<Transport> make_pipe_transport(boost::asio::any_io_executor executor,
                                               PrivateStdio pipes);

}  // namespace recipient_guard
