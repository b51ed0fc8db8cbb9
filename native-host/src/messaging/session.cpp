// SPDX-License-Identifier: MPL-2.0
#include "messaging/session.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <utility>
#include <vector>

#include "messaging/protocol.hpp"

namespace recipient_guard {
namespace {

namespace asio = boost::asio;

constexpr std::size_t read_octets = 64 * 1024;
constexpr std::size_t write_octets = 64 * 1024;  // small enough to see that the peer still reads

// A timer that never runs out serves as a condition: who waits is woken by cancel_one().
asio::awaitable<void> wait_for_signal(asio::steady_timer& timer) {
  timer.expires_at(asio::steady_timer::time_point::max());
  boost::system::error_code woken;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

}  // namespace

Session::Session(const asio::any_io_executor& executor, Transport& transport, Handler handler,
                 Afterwards afterwards)
    : transport_(transport),
      handler_(std::move(handler)),
      afterwards_(std::move(afterwards)),
      something_to_write_(executor),
      room_to_write_(executor),
      pause_(executor) {}

asio::awaitable<Result<Done>> Session::run() {
  using namespace asio::experimental::awaitable_operators;
  // Whichever ends first ends the session: all is written, or the peer is gone. The reader never
  // ends by itself; what it met is told by way of the writer.
  co_await (write() || read() || watch());
  if (failure_) {
    co_return *failure_;
  }
  co_return Done{};
}

asio::awaitable<void> Session::read() {
  std::vector<char> chunk(read_octets);
  while (!input_ended_) {
    const auto got = co_await transport_.read_some(chunk);
    if (over_) {
      co_return;  // the read was given up, not answered
    }
    if (!got) {
      end_input(got.error());
    } else if (*got == 0 && decoder_.in_frame()) {
      const Error cut{ErrorCode::bad_frame, "the stream ended within a frame"};
      send(error_answer(std::nullopt, cut));
      end_input(cut);
    } else if (*got == 0) {
      end_input(std::nullopt);
    } else {
      progress_ += *got;
      decoder_.feed(std::string_view(chunk.data(), *got));
      co_await answer_what_came();
    }
  }
  asio::steady_timer never(co_await asio::this_coro::executor);
  co_await wait_for_signal(never);
}

asio::awaitable<void> Session::answer_what_came() {
  for (;;) {
    const auto state = decoder_.next();
    if (state == FrameDecoder::State::needs_more) {
      co_return;
    }
    if (state == FrameDecoder::State::too_large) {
      const Error refused{ErrorCode::too_large,
                          "a frame of " + std::to_string(decoder_.announced()) +
                              " octets was announced; " + std::to_string(max_request_octets) +
                              " are the most"};
      send(error_answer(std::nullopt, refused));
      end_input(refused);
      co_return;
    }
    send(handler_(decoder_.body()));
    afterwards_();
    while (waiting_.size() >= max_waiting_octets) {
      co_await wait_for_signal(room_to_write_);
    }
  }
}

asio::awaitable<void> Session::write() {
  std::string being_written;
  for (;;) {
    while (waiting_.empty()) {
      if (input_ended_) {
        over_ = true;
        co_return;
      }
      co_await wait_for_signal(something_to_write_);
    }
    being_written.clear();
    being_written.swap(waiting_);
    is_writing_ = true;
    room_to_write_.cancel_one();
    for (std::string_view rest(being_written); !rest.empty();) {
      const std::string_view part = rest.substr(0, write_octets);
      const auto written = co_await transport_.write(part);
      if (!written) {
        end(written.error());
        co_return;
      }
      progress_ += part.size();
      rest.remove_prefix(part.size());
    }
    is_writing_ = false;
    if (being_written.capacity() > max_waiting_octets) {
      being_written = {};
    }
  }
}

asio::awaitable<void> Session::watch() {
  const bool gone = co_await transport_.hung_up();
  if (!gone) {
    asio::steady_timer never(co_await asio::this_coro::executor);
    co_await wait_for_signal(never);
  }
  for (std::uint64_t seen = 0;;) {
    seen = progress_;
    pause_.expires_after(patience);
    boost::system::error_code cut_short;
    co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, cut_short));
    if (over_) {
      co_return;
    }
    if (seen == progress_) {
      end({ErrorCode::input_output, "nobody reads the answers any more"});
      co_return;
    }
  }
}

void Session::end_input(std::optional<Error> error) {
  failure_ = std::move(error);
  input_ended_ = true;
  something_to_write_.cancel_one();
}

// Only the first to end the session says why; those it cancels have nothing to tell.
void Session::end(Error error) {
  if (!over_) {
    failure_ = failure_ ? failure_ : std::move(error);
    over_ = true;
  }
}

void Session::send(std::string_view answer) {
  append_frame(waiting_, answer);
  if (!is_writing_) {
    // Nearly always the peer takes it here and now, and the writer need not be woken.
    const std::size_t taken = transport_.write_at_once(waiting_);
    waiting_.erase(0, taken);
    progress_ += taken;
  }
  if (!waiting_.empty()) {
    something_to_write_.cancel_one();
  }
}

}  // namespace recipient_guard
