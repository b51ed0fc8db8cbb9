// SPDX-License-Identifier: MPL-2.0
#include "system/transport.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

namespace recipient_guard {
namespace {

namespace asio = boost::asio;

class PipeTransport final : public Transport {
 public:
  PipeTransport(const asio::any_io_executor& executor, PrivateStdio pipes)
      : input_(executor, pipes.input), output_(executor, pipes.output) {
    output_.non_blocking(true);
  }

  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) override {
    boost::system::error_code failure;
    const std::size_t got = co_await input_.async_read_some(
        asio::buffer(into.data(), into.size()), asio::redirect_error(asio::use_awaitable, failure));
    if (failure == asio::error::eof) {
      co_return std::size_t{0};
    }
    if (failure) {
      co_return Error{ErrorCode::input_output, "cannot read requests: " + failure.message()};
    }
    co_return got;
  }

  std::size_t write_at_once(std::string_view octets) override {
    boost::system::error_code failure;
    return output_.write_some(asio::buffer(octets.data(), octets.size()), failure);
  }

  asio::awaitable<Result<Done>> write(std::string_view octets) override {
    boost::system::error_code failure;
    co_await asio::async_write(output_, asio::buffer(octets.data(), octets.size()),
                               asio::redirect_error(asio::use_awaitable, failure));
    if (failure) {
      co_return Error{ErrorCode::input_output, "cannot write answers: " + failure.message()};
    }
    co_return Done{};
  }

  asio::awaitable<bool> hung_up() override {
    boost::system::error_code failure;
    co_await input_.async_wait(asio::posix::stream_descriptor::wait_error,
                               asio::redirect_error(asio::use_awaitable, failure));
    co_return !failure;  // a plain file cannot be waited for
  }

 private:
  asio::posix::stream_descriptor input_;
  asio::posix::stream_descriptor output_;
};

}  // namespace

std::unique_ptr<Transport> make_pipe_transport(asio::any_io_executor executor, PrivateStdio pipes) {
  return std::make_unique<PipeTransport>(executor, pipes);
}

}  // namespace recipient_guard
