// SPDX-License-Identifier: MPL-2.0
#include "messaging/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "memory_transport.hpp"

using namespace recipient_guard;
namespace asio = boost::asio;

namespace {

std::string frame(const std::string& body) {
  std::string out;
  append_frame(out, body);
  return out;
}

std::vector<std::string> bodies_of(const std::string& stream) {
  FrameDecoder decoder;
  decoder.feed(stream);
  std::vector<std::string> bodies;
  while (decoder.next() == FrameDecoder::State::frame) {
    bodies.emplace_back(decoder.body());
  }
  return bodies;
}

// A session whose handler answers "<request>".
struct Bench {
  asio::io_context context{1};
  MemoryTransport transport{context.get_executor()};
  std::size_t handled = 0;
  std::size_t answer_octets = 0;
  std::vector<std::size_t> octets_before_the_rest;
  Session session{context.get_executor(), transport,
                  [this](std::string_view request) {
                    ++handled;
                    return "<" + std::string(request) + std::string(answer_octets, '.') + ">";
                  },
                  [this] { octets_before_the_rest.push_back(transport.written.size()); }};
  std::optional<Result<Done>> outcome;

  static asio::awaitable<void> run_session(Bench& bench) {
    bench.outcome = co_await bench.session.run();
  }

  Bench() { asio::co_spawn(context, run_session(*this), asio::detached); }

  // Lets the session do what it can, at most `time`.
  void run(std::chrono::milliseconds time = std::chrono::milliseconds(20)) {
    context.restart();
    context.run_for(time);
  }
};

}  // namespace

TEST_CASE("an answer is out before the rest of the work is done") {
  Bench bench;
  bench.transport.arrives(frame("one") + frame("two"));
  bench.run();
  CHECK(bodies_of(bench.transport.written) == std::vector<std::string>{"<one>", "<two>"});
  const std::size_t first = frame("<one>").size();
  CHECK(bench.octets_before_the_rest ==
        std::vector<std::size_t>{first, first + frame("<two>").size()});
}

TEST_CASE("each request gets its answer, in order, before the peer closes") {
  Bench bench;
  bench.transport.arrives(frame("1") + frame("2"));
  bench.run();
  CHECK(bodies_of(bench.transport.written) == std::vector<std::string>{"<1>", "<2>"});
  CHECK_FALSE(bench.outcome);
  bench.transport.arrives(frame("3"));
  bench.run();
  CHECK(bodies_of(bench.transport.written).size() == 3);
  bench.transport.closes();
  bench.run(std::chrono::seconds(2));  // over at once, but on a busy machine
  REQUIRE(bench.outcome);
  CHECK(*bench.outcome);
}

TEST_CASE("what came whole before the peer closed is still answered") {
  Bench bench;
  for (int i = 0; i < 100; ++i) {
    bench.transport.arrives(frame(std::to_string(i)));
  }
  bench.transport.closes();
  bench.run();
  REQUIRE(bench.outcome);
  CHECK(*bench.outcome);
  CHECK(bodies_of(bench.transport.written).size() == 100);
}

TEST_CASE("a peer that closes at once ends the session in silence") {
  Bench bench;
  bench.transport.closes();
  bench.run();
  REQUIRE(bench.outcome);
  CHECK(*bench.outcome);
  CHECK(bench.transport.written.empty());
}

TEST_CASE("the end within a frame is told and is the outcome") {
  Bench bench;
  bench.transport.arrives(frame("1") + frame("22").substr(0, 5));
  bench.transport.closes();
  bench.run();
  REQUIRE(bench.outcome);
  REQUIRE_FALSE(*bench.outcome);
  CHECK(bench.outcome->error().code == ErrorCode::bad_frame);
  const auto bodies = bodies_of(bench.transport.written);
  REQUIRE(bodies.size() == 2);
  CHECK(bodies[0] == "<1>");
  CHECK(bodies[1].find(R"("id":null,"error":{"code":"bad-frame")") != std::string::npos);
}

TEST_CASE("a frame that is too large is told after the answers before it, and ends the session") {
  Bench bench;
  bench.transport.arrives(frame("1") + std::string("\xff\xff\xff\xff", 4) + frame("3"));
  bench.run();
  REQUIRE(bench.outcome);
  CHECK(bench.outcome->error().code == ErrorCode::too_large);
  CHECK(bodies_of(bench.transport.written).size() == 2);
  CHECK(bench.handled == 1);
}

TEST_CASE("a peer that does not read is not read from beyond the bound") {
  Bench bench;
  bench.answer_octets = 100'000;
  bench.transport.stops_reading();
  for (int i = 0; i < 1000; ++i) {
    bench.transport.arrives(frame(std::to_string(i)));
  }
  bench.run();
  const std::size_t most = Session::max_waiting_octets / bench.answer_octets;
  CHECK(bench.handled >= most);
  CHECK(bench.handled <= 2 * most + 4);
  bench.transport.reads_again();
  bench.run(std::chrono::seconds(2));
  CHECK(bench.handled == 1000);
  CHECK(bodies_of(bench.transport.written).size() == 1000);
  bench.transport.closes();
  bench.run();
  REQUIRE(bench.outcome);
  CHECK(*bench.outcome);
}

TEST_CASE("a peer that closes and does not read is left after a while") {
  Bench bench;
  bench.transport.stops_reading();
  bench.transport.arrives(frame("1"));
  bench.run();
  bench.transport.closes();
  bench.run(Session::patience / 2);
  CHECK_FALSE(bench.outcome);
  bench.run(2 * Session::patience);
  REQUIRE(bench.outcome);
  REQUIRE_FALSE(*bench.outcome);
  CHECK(bench.outcome->error().code == ErrorCode::input_output);
}

TEST_CASE("a peer that closes and reads slowly gets all") {
  Bench bench;
  bench.transport.stops_reading();
  bench.transport.arrives(frame("1"));
  bench.run();
  bench.transport.closes();
  bench.run(Session::patience / 2);
  bench.transport.reads_again();
  bench.run(2 * Session::patience);
  REQUIRE(bench.outcome);
  CHECK(*bench.outcome);
  CHECK(bodies_of(bench.transport.written) == std::vector<std::string>{"<1>"});
}

TEST_CASE("a write that fails ends the session with why") {
  Bench bench;
  bench.transport.breaks({ErrorCode::input_output, "broken pipe"});
  bench.transport.arrives(frame("1"));
  bench.run();
  REQUIRE(bench.outcome);
  REQUIRE_FALSE(*bench.outcome);
  CHECK(bench.outcome->error().text == "broken pipe");
}
