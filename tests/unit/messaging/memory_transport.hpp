// SPDX-License-Identifier: MPL-2.0
// A transport without pipes: the test writes the peer's part.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cstring>
#include <deque>
#include <optional>
#include <string>

#include "system/transport.hpp"

namespace recipient_guard {

class MemoryTransport final : public Transport {
 public:
  explicit MemoryTransport(const boost::asio::any_io_executor& executor)
      : something_came_(executor), peer_reads_(executor), gone_(executor) {}

  // What the peer does.
  void arrives(std::string octets) {
    incoming_.push_back(std::move(octets));
    something_came_.cancel();
  }
  void closes() {
    closed_ = true;
    something_came_.cancel();
    gone_.cancel();
  }
  void stops_reading() { reads_ = false; }
  void reads_again() {
    reads_ = true;
    peer_reads_.cancel();
  }
  void breaks(Error error) { broken_ = std::move(error); }

  std::string written;
  std::size_t octets_read = 0;

  boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) override {
    while (incoming_.empty() && !closed_) {
      const bool goes_on = co_await wait(something_came_);
      if (!goes_on) {
        co_return Error{ErrorCode::input_output, "given up"};
      }
    }
    if (incoming_.empty()) {
      co_return std::size_t{0};
    }
    std::string& front = incoming_.front();
    const std::size_t size = std::min(into.size(), front.size());
    std::memcpy(into.data(), front.data(), size);
    front.erase(0, size);
    if (front.empty()) {
      incoming_.pop_front();
    }
    octets_read += size;
    co_return size;
  }

  std::size_t write_at_once(std::string_view octets) override {
    if (!reads_ || broken_) {
      return 0;
    }
    written += octets;
    return octets.size();
  }

  boost::asio::awaitable<Result<Done>> write(std::string_view octets) override {
    while (!reads_) {
      const bool goes_on = co_await wait(peer_reads_);
      if (!goes_on) {
        co_return Error{ErrorCode::input_output, "given up"};
      }
    }
    if (broken_) {
      co_return *broken_;
    }
    written += octets;
    co_return Done{};
  }

  boost::asio::awaitable<bool> hung_up() override {
    bool goes_on = true;
    while (goes_on && !closed_) {
      goes_on = co_await wait(gone_);
    }
    co_return goes_on;
  }

 private:
  // False where the whole operation was given up, as a cancelled read of a pipe is.
  static boost::asio::awaitable<bool> wait(boost::asio::steady_timer& timer) {
    timer.expires_at(boost::asio::steady_timer::time_point::max());
    boost::system::error_code woken;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    co_return state.cancelled() == boost::asio::cancellation_type::none;
  }

  std::deque<std::string> incoming_;
  std::optional<Error> broken_;
  bool closed_ = false;
  bool reads_ = true;
  boost::asio::steady_timer something_came_;
  boost::asio::steady_timer peer_reads_;
  boost::asio::steady_timer gone_;
};

}  // namespace recipient_guard
