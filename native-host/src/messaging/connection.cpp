// SPDX-License-Identifier: MPL-2.0
#include "messaging/connection.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "messaging/session.hpp"
#include "system/process.hpp"
#include "system/stdio.hpp"
#include "system/transport.hpp"

namespace recipient_guard {
namespace {

namespace asio = boost::asio;

// The look itself is no coroutine: one that goes from one executor to another and back can outlive
// whichever of the two is destroyed first.
asio::awaitable<void> look_regularly(Upkeep& upkeep, asio::thread_pool& aside,
                                     std::atomic<bool>& at_work) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(upkeep_interval);
    co_await timer.async_wait(asio::use_awaitable);
    if (!at_work.exchange(true)) {
      asio::post(aside, [&upkeep, &at_work] {
        upkeep.look();
        at_work = false;
      });
    }
  }
}

// co_spawn() wants results that can be made from nothing, which a Result cannot.
asio::awaitable<void> run(Session& session, Result<Done>& outcome) {
  outcome = co_await session.run();
}

}  // namespace

Result<Done> serve_connection(PrivateStdio pipes, Guard& guard, Upkeep& upkeep) {
  try {
    std::atomic<bool> at_work = false;
    asio::thread_pool aside(1);
    asio::io_context context(1);
    const auto transport = make_pipe_transport(context.get_executor(), pipes);
    Session session(
        context.get_executor(), *transport,
        [&](std::string_view request) { return guard.answer(request); }, [&] { guard.finish(); });
    Result<Done> outcome = Error{ErrorCode::internal, "the session did not end"};
    asio::co_spawn(context, run(session, outcome),
                   [&](const std::exception_ptr&) { context.stop(); });
    asio::co_spawn(context, look_regularly(upkeep, aside, at_work),
                   [](const std::exception_ptr&) {});
    context.run();
    if (at_work) {
      if (!outcome) {
        say("recipient-guard: " + outcome.error().text);
      }
      end_process(outcome ? 0 : traits_of(outcome.error().code).exit_status);
    }
    return outcome;
  } catch (const std::exception& failure) {
    return Error{ErrorCode::internal, std::string("cannot serve: ") + failure.what()};
  }
}

}  // namespace recipient_guard
