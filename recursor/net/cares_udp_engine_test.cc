// Tests of queries over UDP against a server on loopback: nothing but the reply is taken for it, and each query ends
// once.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_udp_engine.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/event_loop.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/net/testing/exchange_recorder.h"
#include "recursor/net/testing/fake_server.h"

namespace strata::recursor {
namespace {

using testing::ExchangeRecorder;
using testing::FakeQuery;
using testing::FakeServer;
using testing::QueryFor;
using testing::ReplyTo;

constexpr absl::Duration kLong = absl::Seconds(30);
constexpr absl::Duration kShort = absl::Milliseconds(30);

class CaresUdpEngineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(InitCares().ok());
    MakeEngine({});
  }

  void MakeEngine(const UdpLimits& limits) {
    const LoopContext context{.loop = &loop_, .clock = &clock_, .timers = &timers_, .random = &random_};
    engine_ = *CaresUdpEngine::Create(context, limits);
  }

  ExchangeId Start(const std::string& query, ExchangeRecorder* recorder, absl::Duration timeout = kLong) {
    engine_->Start(++last_id_, server_.address(), query, timeout, recorder);
    return last_id_;
  }

  void TurnOnce() {
    loop_.RunOnce(engine_->HasWork() ? absl::ZeroDuration() : timers_.UntilNext(clock_.MonotonicNow()));
    timers_.Advance(clock_.MonotonicNow());
    engine_->Turn();
  }

  template <typename Condition>
  void TurnUntil(Condition condition) {
    while (!condition()) TurnOnce();
  }
  void TurnUntilDone(const ExchangeRecorder& recorder) {
    TurnUntil([&] { return recorder.calls > 0; });
  }

  void EchoAll() {
    server_.set_behaviour([this](const FakeQuery& query) { server_.Reply(query, ReplyTo(query.message)); });
  }

  base::RealClock clock_;
  base::EventLoop loop_;
  TimerWheel timers_{clock_.MonotonicNow()};
  RandomBits random_;
  FakeServer server_{&loop_};
  std::unique_ptr<CaresUdpEngine> engine_;
  ExchangeId last_id_ = 0;
};

TEST_F(CaresUdpEngineTest, AReplyComesAsItWasSent) {
  for (const int rcode : {0, 1, 2, 3, 4, 5, 15}) {
    server_.set_behaviour([&](const FakeQuery& query) {
      server_.Reply(query, ReplyTo(query.message, rcode) + std::string("\0whatever follows", 17));
    });
    ExchangeRecorder recorder;
    const std::string query = QueryFor("wWw.eXample.");
    Start(query, &recorder);
    EXPECT_EQ(recorder.calls, 0);
    TurnUntilDone(recorder);
    ASSERT_TRUE(recorder.reply) << "rcode " << rcode;
    const std::string& sent = server_.queries().back().message;
    EXPECT_EQ(sent.substr(2), query.substr(2)) << "all but the ID";
    EXPECT_EQ(*recorder.reply, ReplyTo(sent, rcode) + std::string("\0whatever follows", 17));
    EXPECT_GT(recorder.round_trip, absl::ZeroDuration());
    EXPECT_EQ(engine_->outstanding(), 0u) << "c-ares has let go of it";
  }
}

TEST_F(CaresUdpEngineTest, NamesOfEveryShape) {
  EchoAll();
  const std::string label(63, 'x');
  for (const std::string& name :
       {std::string("."), label + "." + label + "." + label + "." + std::string(61, 'y') + ".",
        std::string("\\000.a\\.b.\\092\\255.\\032."), std::string("_x.*.xn--a.")}) {
    ExchangeRecorder recorder;
    Start(QueryFor(name), &recorder);
    TurnUntilDone(recorder);
    EXPECT_TRUE(recorder.reply) << name;
    EXPECT_EQ(engine_->outstanding(), 0u) << name;
  }
}

TEST_F(CaresUdpEngineTest, RepliesUpToFourThousandOctets) {
  server_.set_behaviour([&](const FakeQuery& query) {
    std::string reply = ReplyTo(query.message);
    reply.resize(4096, 'x');
    server_.Reply(query, reply);
  });
  ExchangeRecorder recorder;
  Start(QueryFor("big."), &recorder);
  TurnUntilDone(recorder);
  ASSERT_TRUE(recorder.reply);
  EXPECT_EQ(recorder.reply->size(), 4096u);
}

TEST_F(CaresUdpEngineTest, EveryQueryHasAPortAndAnIdOfItsOwn) {
  EchoAll();
  std::set<uint16_t> ports;
  std::set<uint16_t> ids;
  constexpr size_t kQueries = 500;
  std::vector<ExchangeRecorder> recorders(kQueries);
  for (ExchangeRecorder& recorder : recorders) {
    Start(QueryFor("a."), &recorder);
    TurnUntilDone(recorder);
  }
  for (const FakeQuery& query : server_.queries()) {
    ports.insert(query.client.port());
    ids.insert(dns::GetU16(query.message, 0));
  }
  EXPECT_GT(ports.size(), kQueries * 9 / 10);
  EXPECT_GT(ids.size(), kQueries * 9 / 10);
}

// Each forgery is all that comes before the timeout; then each is followed by the reply.
TEST_F(CaresUdpEngineTest, NoForgeryReachesTheHandler) {
  const auto flags = [](std::string reply, uint16_t flip) {
    dns::SetU16(reply.data(), dns::kFlagsOffset, dns::GetU16(reply, dns::kFlagsOffset) ^ flip);
    return reply;
  };
  const auto other_case = [](std::string reply) {
    reply[dns::kHeaderSize + 1] ^= 0x20;
    return reply;
  };
  const auto other_id = [](std::string reply) {
    reply[1] ^= 1;
    return reply;
  };
  const auto without_question = [](const std::string& reply) {
    std::string header = reply.substr(0, dns::kHeaderSize);
    dns::SetU16(header.data(), dns::kQdCountOffset, 0);
    return header;
  };
  const std::vector<std::pair<const char*, std::function<std::string(const std::string&)>>> forgeries = {
      {"ID", other_id},
      {"question", [](const std::string& reply) { return reply.substr(0, 2) + ReplyTo(QueryFor("b.")).substr(2); }},
      {"case", other_case},
      {"QR", [&](const std::string& reply) { return flags(reply, dns::kQr); }},
      {"opcode", [&](const std::string& reply) { return flags(reply, 4 << dns::kOpcodeShift); }},
      {"no question", without_question},
      {"short", [](const std::string& reply) { return reply.substr(0, 11); }},
      {"one octet", [](const std::string& reply) { return reply.substr(0, 1); }},
      {"empty", [](const std::string&) { return std::string(); }},
      {"too large", [](const std::string& reply) { return reply + std::string(4097 - reply.size(), 'x'); }},
  };
  for (const auto& [what, forge] : forgeries) {
    for (const bool then_reply : {false, true}) {
      server_.set_behaviour([&, &forge = forge](const FakeQuery& query) {
        server_.Reply(query, forge(ReplyTo(query.message)));
        if (then_reply) server_.Reply(query, ReplyTo(query.message));
      });
      ExchangeRecorder recorder;
      Start(QueryFor("a."), &recorder, then_reply ? kLong : kShort);
      TurnUntilDone(recorder);
      EXPECT_EQ(recorder.reply.has_value(), then_reply) << what;
      if (then_reply) continue;
      EXPECT_EQ(recorder.failure, ExchangeFailure::kTimeout) << what;
      EXPECT_TRUE(recorder.suspicious) << what;
    }
  }
  EXPECT_EQ(engine_->counters().near_misses.value(), 2 * forgeries.size());
}

// A server that does not keep the letter case must not cost the whole time-out before another way is tried.
TEST_F(CaresUdpEngineTest, AfterANearMissItSoonGivesUp) {
  server_.set_behaviour([&](const FakeQuery& query) { server_.Reply(query, ReplyTo(query.message).substr(0, 11)); });
  ExchangeRecorder recorder;
  const absl::Time start = absl::Now();
  Start(QueryFor("a."), &recorder, absl::Seconds(25));
  TurnUntilDone(recorder);
  EXPECT_TRUE(recorder.suspicious);
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
}

// The kernel lets nothing from another port to a connected socket.
TEST_F(CaresUdpEngineTest, AReplyFromAnotherPortIsNotEvenSeen) {
  server_.set_behaviour([&](const FakeQuery& query) { server_.ReplyFromElsewhere(query, ReplyTo(query.message)); });
  ExchangeRecorder recorder;
  Start(QueryFor("a."), &recorder, kShort);
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kTimeout);
  EXPECT_FALSE(recorder.suspicious);
}

TEST_F(CaresUdpEngineTest, AFloodOfForgeriesHidesNoReply) {
  server_.set_behaviour([&](const FakeQuery& query) {
    for (int i = 0; i < 100; ++i) server_.Reply(query, "forged");
    server_.Reply(query, ReplyTo(query.message));
  });
  ExchangeRecorder recorder;
  Start(QueryFor("a."), &recorder);
  TurnUntilDone(recorder);
  EXPECT_TRUE(recorder.reply);
  EXPECT_EQ(engine_->counters().near_misses.value(), 100u);
}

TEST_F(CaresUdpEngineTest, SilenceIsATimeoutOfItsOwnLength) {
  ExchangeRecorder slow;
  ExchangeRecorder fast;
  Start(QueryFor("a."), &slow, kLong);
  Start(QueryFor("a."), &fast, kShort);
  TurnUntilDone(fast);
  EXPECT_EQ(slow.calls, 0);
  EXPECT_EQ(fast.failure, ExchangeFailure::kTimeout);
  EXPECT_FALSE(fast.suspicious);
}

TEST_F(CaresUdpEngineTest, APortNobodyListensOnIsKnownAtOnce) {
  base::SocketAddress nobody;
  {
    base::EventLoop loop;
    nobody = FakeServer(&loop).address();
  }
  ExchangeRecorder recorder;
  engine_->Start(1, nobody, QueryFor("a."), kLong, &recorder);
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kUnreachable);
  EXPECT_FALSE(recorder.suspicious);
}

// An ID is free again when its query has ended.
TEST_F(CaresUdpEngineTest, MoreQueriesThanThereAreIds) {
  ExchangeRecorder recorder;
  for (int i = 0; i < 150; ++i) {
    std::vector<ExchangeId> ids;
    for (int j = 0; j < 500; ++j) ids.push_back(Start(QueryFor("a."), &recorder));
    for (const ExchangeId id : ids) engine_->Cancel(id);
    engine_->Turn();
    ASSERT_EQ(engine_->outstanding(), 0u);
  }
  EXPECT_EQ(engine_->counters().sent.value(), 75000u);
}

TEST_F(CaresUdpEngineTest, AnAddressThatCannotBeSentToIsKnownAtOnceButNotFromWithinStart) {
  ExchangeRecorder recorder;
  engine_->Start(1, *base::SocketAddress::FromText("255.255.255.255:53"), QueryFor("a."), kLong, &recorder);
  EXPECT_EQ(recorder.calls, 0);
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kUnreachable);
}

TEST_F(CaresUdpEngineTest, WhatHasNoQuestionIsNotSent) {
  ExchangeRecorder recorder;
  Start("no message", &recorder);
  EXPECT_EQ(recorder.calls, 0);
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kNoSocket);
}

TEST_F(CaresUdpEngineTest, WhatIsCancelledIsNotTold) {
  ExchangeRecorder cancelled;
  ExchangeRecorder other;
  const ExchangeId id = Start(QueryFor("a."), &cancelled, kShort);
  Start(QueryFor("a."), &other, kShort);
  engine_->Cancel(id);
  engine_->Cancel(id);
  engine_->Cancel(12345);
  TurnUntilDone(other);
  engine_->Cancel(id);
  EXPECT_EQ(cancelled.calls, 0);
}

// The socket is used again at once, and the server answers the query before.
TEST_F(CaresUdpEngineTest, ALateReplyIsNotTheNextQuerysReply) {
  MakeEngine({.max_sockets = 1, .max_waiting = 10});
  for (int i = 0; i < 50; ++i) {
    ExchangeRecorder early;
    ExchangeRecorder next;
    const ExchangeId id = Start(QueryFor("a."), &early);
    TurnUntil([&] { return server_.queries().size() == 2u * i + 1; });
    const FakeQuery late = server_.queries().back();
    server_.Reply(late, ReplyTo(late.message));  // in the socket when it is cancelled
    engine_->Cancel(id);
    server_.Reply(late, ReplyTo(late.message));  // to a port that is no more
    Start(QueryFor("a."), &next);
    TurnUntil([&] { return server_.queries().size() == 2u * i + 2; });
    server_.Reply(late, ReplyTo(late.message));
    loop_.RunOnce(absl::ZeroDuration());
    engine_->Turn();
    EXPECT_EQ(next.calls, 0);
    const FakeQuery query = server_.queries().back();
    server_.Reply(query, ReplyTo(query.message));
    TurnUntilDone(next);
    EXPECT_EQ(*next.reply, ReplyTo(query.message));
    EXPECT_EQ(early.calls, 0);
  }
}

TEST_F(CaresUdpEngineTest, WhoFindsNoSocketWaitsInOrder) {
  EchoAll();
  MakeEngine({.max_sockets = 2, .max_waiting = 6});
  std::vector<ExchangeRecorder> recorders(8);
  std::vector<size_t> order;
  for (size_t i = 0; i < recorders.size(); ++i) {
    recorders[i].then = [&order, i] { order.push_back(i); };
    Start(QueryFor("a."), &recorders[i]);
  }
  ExchangeRecorder one_too_many;
  Start(QueryFor("a."), &one_too_many);
  TurnUntil([&] { return order.size() == recorders.size(); });
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_EQ(one_too_many.failure, ExchangeFailure::kNoSocket);
  EXPECT_EQ(engine_->counters().waited.value(), 6u);
  EXPECT_EQ(engine_->counters().no_socket.value(), 1u);
}

TEST_F(CaresUdpEngineTest, WhoComesLaterDoesNotOvertake) {
  EchoAll();
  MakeEngine({.max_sockets = 1, .max_waiting = 6});
  std::vector<ExchangeRecorder> recorders(3);
  std::vector<size_t> order;
  for (size_t i = 0; i < recorders.size(); ++i) {
    recorders[i].then = [&, i] {
      order.push_back(i);
      if (i == 0) Start(QueryFor("a."), &recorders[2]);  // the socket is free just now
    };
  }
  Start(QueryFor("a."), &recorders[0]);
  Start(QueryFor("a."), &recorders[1]);
  TurnUntil([&] { return order.size() == recorders.size(); });
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2));
  for (const ExchangeRecorder& recorder : recorders) EXPECT_TRUE(recorder.reply);
}

TEST_F(CaresUdpEngineTest, WaitingEndsByTimeAndByCancel) {
  MakeEngine({.max_sockets = 1, .max_waiting = 6});
  ExchangeRecorder holder;
  ExchangeRecorder cancelled;
  ExchangeRecorder waiting;
  Start(QueryFor("a."), &holder);
  const ExchangeId id = Start(QueryFor("a."), &cancelled);
  Start(QueryFor("a."), &waiting, kShort);
  engine_->Cancel(id);
  TurnUntilDone(waiting);
  EXPECT_EQ(waiting.failure, ExchangeFailure::kNoSocket);
  EXPECT_EQ(cancelled.calls + holder.calls, 0);
}

TEST_F(CaresUdpEngineTest, HandlersMayStartAndCancel) {
  EchoAll();
  size_t told = 0;
  std::set<size_t> cancelled;
  std::vector<std::unique_ptr<ExchangeRecorder>> recorders;
  std::vector<ExchangeId> ids;
  const std::function<void()> start = [&] {
    recorders.push_back(std::make_unique<ExchangeRecorder>());
    recorders.back()->then = [&, index = ids.size()] {
      ++told;
      // Its neighbour, which may be about to be told in the same turn; itself; and two more for the first hundred.
      if (index % 3 == 0 && index + 1 < ids.size()) {
        if (recorders[index + 1]->calls == 0) cancelled.insert(index + 1);
        engine_->Cancel(ids[index + 1]);
      }
      engine_->Cancel(ids[index]);
      if (told < 100) {
        start();
        start();
      }
    };
    ids.push_back(0);
    ids.back() = Start(QueryFor("a."), recorders.back().get());
  };
  for (int i = 0; i < 60; ++i) start();
  TurnUntil([&] { return told + cancelled.size() == ids.size(); });
  EXPECT_GE(told, 100u);
  for (size_t i = 0; i < recorders.size(); ++i) EXPECT_EQ(recorders[i]->calls, cancelled.count(i) > 0 ? 0 : 1);
}

TEST_F(CaresUdpEngineTest, GoesAwayWithQueriesOutstanding) {
  std::vector<ExchangeRecorder> recorders(100);
  for (ExchangeRecorder& recorder : recorders) Start(QueryFor("a."), &recorder);
  engine_->Cancel(3);
  engine_.reset();
  for (const ExchangeRecorder& recorder : recorders) EXPECT_EQ(recorder.calls, 0);
}

// As many as the descriptors of this machine allow, all outstanding at once: a third is answered, in another order than
// asked, a third cancelled, and a third times out.
TEST_F(CaresUdpEngineTest, ThousandsOutstanding) {
  const size_t count = std::min<size_t>(6000, sysconf(_SC_OPEN_MAX) > 2048 ? sysconf(_SC_OPEN_MAX) - 1024 : 512);
  MakeEngine({.max_sockets = count, .max_waiting = 0});
  std::vector<ExchangeRecorder> recorders(count);
  std::vector<ExchangeId> ids;
  for (size_t i = 0; i < count; ++i) {
    ids.push_back(Start(QueryFor("a."), &recorders[i], absl::Seconds(i % 3 == 2 ? 3 : 30)));
    // Server's receive buffer: as many as are sent are read.
    if (i % 50 == 49) TurnUntil([&] { return server_.queries().size() == i + 1; });
  }
  const std::vector<FakeQuery> queries = server_.queries();
  for (size_t i = 0; i < count; ++i) {
    if (i % 3 == 1) engine_->Cancel(ids[i]);
  }
  for (size_t i = queries.size(); i-- > 0;) {
    if (i % 3 == 0) server_.Reply(queries[i], ReplyTo(queries[i].message));
  }
  for (size_t i = 0; i < count; ++i) {
    if (i % 3 != 1) TurnUntilDone(recorders[i]);
  }
  for (size_t i = 0; i < count; ++i) {
    EXPECT_EQ(recorders[i].calls, i % 3 == 1 ? 0 : 1);
    EXPECT_EQ(recorders[i].reply.has_value(), i % 3 == 0);
  }
  EXPECT_EQ(engine_->outstanding(), 0u);
}

TEST_F(CaresUdpEngineTest, OverIpv6) {
  FakeServer server(&loop_, "::1");
  server.set_behaviour([&](const FakeQuery& query) { server.Reply(query, ReplyTo(query.message)); });
  ExchangeRecorder recorder;
  engine_->Start(1, server.address(), QueryFor("a."), kLong, &recorder);
  TurnUntilDone(recorder);
  EXPECT_TRUE(recorder.reply);
}

}  // namespace
}  // namespace strata::recursor
