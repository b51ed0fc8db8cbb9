// SPDX-License-Identifier: MPL-2.0
// A whole connection in memory: the first octet says in what pieces the rest arrives. Each frame is
// answered in order, and a stream that cannot be followed is told so before it ends.
#include "messaging/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>

#include "../unit/messaging/memory_transport.hpp"
#include "fuzzing.hpp"

using namespace recipient_guard;

namespace {

boost::asio::awaitable<void> run(Session& session, std::optional<Result<Done>>& outcome) {
  outcome = co_await session.run();
}

}  // namespace

void fuzzing::try_input(std::string_view input) {
  Dice dice(input);
  const std::size_t piece = dice.next() * 16 + 1;
  std::string expected;
  boost::asio::io_context context(1);
  MemoryTransport transport(context.get_executor());
  Session session(context.get_executor(), transport, [&](std::string_view request) {
    append_frame(expected, request);
    return std::string(request);
  });
  for (std::string_view rest = dice.rest(); !rest.empty();) {
    const std::string_view next = rest.substr(0, piece);
    transport.arrives(std::string(next));
    rest.remove_prefix(next.size());
  }
  transport.closes();
  std::optional<Result<Done>> outcome;
  boost::asio::co_spawn(context, run(session, outcome), boost::asio::detached);
  context.run();
  demand(outcome.has_value(), "a session ends with its stream");
  demand(transport.written.starts_with(expected), "each frame has its answer, in order");
  demand(static_cast<bool>(*outcome) == (transport.written.size() == expected.size()),
         "a stream that cannot be followed is told so");
}
