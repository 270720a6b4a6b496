// Tests of queries over TCP against a server on loopback.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_tcp_pool.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/event_loop.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/net/cares_library.h"
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

class CaresTcpPoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(InitCares().ok());
    MakePool({});
  }
  void MakePool(const TcpLimits& limits) {
    pool_.emplace(LoopContext{.loop = &loop_, .clock = &clock_, .timers = &timers_, .random = &random_}, limits);
  }

  ExchangeId StartAt(const base::SocketAddress& server, ExchangeRecorder* recorder, absl::Duration timeout = kLong) {
    pool_->Start(++last_id_, server, QueryFor("wWw.example."), timeout, recorder);
    return last_id_;
  }
  ExchangeId Start(ExchangeRecorder* recorder, absl::Duration timeout = kLong) {
    return StartAt(server_.address(), recorder, timeout);
  }

  void TurnOnce() {
    loop_.RunOnce(pool_->HasWork() ? absl::ZeroDuration() : timers_.UntilNext(clock_.MonotonicNow()));
    timers_.Advance(clock_.MonotonicNow());
    pool_->Turn();
  }
  template <typename Condition>
  void TurnUntil(Condition condition) {
    while (!condition()) TurnOnce();
  }
  void TurnUntilDone(const ExchangeRecorder& recorder) {
    TurnUntil([&] { return recorder.calls > 0; });
  }
  void TurnUntilAllDone(const std::vector<ExchangeRecorder>& recorders) {
    for (const ExchangeRecorder& recorder : recorders) TurnUntilDone(recorder);
  }

  void EchoAll() {
    server_.set_behaviour([this](const FakeQuery& query) { server_.Reply(query, ReplyTo(query.message)); });
  }
  // Answers one query a connection.
  void AnswerOnceAndClose() {
    server_.set_behaviour([this](const FakeQuery& query) {
      server_.Reply(query, ReplyTo(query.message));
      server_.Close(query);
    });
  }

  base::RealClock clock_;
  base::EventLoop loop_;
  TimerWheel timers_{clock_.MonotonicNow()};
  RandomBits random_;
  FakeServer server_{&loop_};
  std::optional<CaresTcpPool> pool_;
  ExchangeId last_id_ = 0;
};

TEST_F(CaresTcpPoolTest, AReplyComesAsItWasSent) {
  for (const int rcode : {0, 1, 2, 3, 4, 5, 15}) {
    const std::string rest(rcode * 4000, 'x');
    server_.set_behaviour([&](const FakeQuery& query) { server_.Reply(query, ReplyTo(query.message, rcode) + rest); });
    ExchangeRecorder recorder;
    Start(&recorder);
    EXPECT_EQ(recorder.calls, 0);
    TurnUntilDone(recorder);
    ASSERT_TRUE(recorder.reply) << "rcode " << rcode;
    EXPECT_EQ(*recorder.reply, ReplyTo(server_.queries().back().message, rcode) + rest);
    EXPECT_EQ(server_.queries().back().message.substr(2), QueryFor("wWw.example.").substr(2)) << "all but the ID";
    EXPECT_GT(recorder.round_trip, absl::ZeroDuration());
  }
  EXPECT_EQ(server_.connections(), 1u);
}

// Each has an ID of its own, replies come in another order, and no more than the limit are on their way.
TEST_F(CaresTcpPoolTest, ManyAtATimeOnOneConnection) {
  constexpr size_t kQueries = 300;
  std::vector<FakeQuery> pending;
  size_t most = 0;
  server_.set_behaviour([&](const FakeQuery& query) {
    pending.push_back(query);
    most = std::max(most, pending.size());
  });
  std::vector<ExchangeRecorder> recorders(kQueries);
  for (ExchangeRecorder& recorder : recorders) Start(&recorder);
  for (size_t answered = 0; answered < kQueries;) {
    TurnUntil([&] { return pending.size() == std::min<size_t>(64, kQueries - answered); });
    std::set<uint16_t> ids;
    for (const FakeQuery& query : pending) ids.insert(dns::GetU16(query.message, 0));
    EXPECT_EQ(ids.size(), pending.size());
    answered += pending.size();
    while (!pending.empty()) {
      server_.Reply(pending.back(), ReplyTo(pending.back().message));
      pending.pop_back();
    }
  }
  TurnUntilAllDone(recorders);
  for (const ExchangeRecorder& recorder : recorders) EXPECT_TRUE(recorder.reply);
  EXPECT_EQ(pool_->outstanding(), 0u);
  EXPECT_EQ(most, 64u);
  EXPECT_EQ(server_.connections(), 1u);
}

TEST_F(CaresTcpPoolTest, AServerThatClosesAfterEachReplyFailsNoQuery) {
  AnswerOnceAndClose();
  std::vector<ExchangeRecorder> recorders(200);
  for (ExchangeRecorder& recorder : recorders) Start(&recorder);
  TurnUntilAllDone(recorders);
  for (const ExchangeRecorder& recorder : recorders) EXPECT_TRUE(recorder.reply);
  EXPECT_GT(pool_->counters().broken_off.value(), 0u);
  EXPECT_EQ(server_.connections(), 200u);
  // It is remembered: nothing is broken off any more.
  const uint64_t broken_off = pool_->counters().broken_off.value();
  std::vector<ExchangeRecorder> later(20);
  for (ExchangeRecorder& recorder : later) Start(&recorder);
  TurnUntilAllDone(later);
  for (const ExchangeRecorder& recorder : later) EXPECT_TRUE(recorder.reply);
  EXPECT_EQ(pool_->counters().broken_off.value(), broken_off);
}

TEST_F(CaresTcpPoolTest, AnIdleConnectionThatTheServerClosedFailsNoQuery) {
  EchoAll();
  for (int i = 0; i < 20; ++i) {
    ExchangeRecorder recorder;
    Start(&recorder);
    TurnUntilDone(recorder);
    EXPECT_TRUE(recorder.reply);
    server_.Close(server_.queries().back());
    if (i % 2 == 0) TurnOnce();  // it is seen, or found out by the next query
  }
}

TEST_F(CaresTcpPoolTest, AServerThatClosesWithoutReplyFailsTheQuery) {
  server_.set_behaviour([this](const FakeQuery& query) { server_.Close(query); });
  ExchangeRecorder recorder;
  Start(&recorder);
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kTcpFailed);
  EXPECT_FALSE(recorder.suspicious);
}

TEST_F(CaresTcpPoolTest, WhoeverClosesOnAllQueriesIsAskedABoundedNumberOfTimes) {
  server_.set_behaviour([this](const FakeQuery& query) { server_.Close(query); });
  std::vector<ExchangeRecorder> recorders(100);
  for (ExchangeRecorder& recorder : recorders) Start(&recorder);
  TurnUntilAllDone(recorders);
  for (const ExchangeRecorder& recorder : recorders) EXPECT_EQ(recorder.failure, ExchangeFailure::kTcpFailed);
  EXPECT_LE(server_.connections(), 400u);
}

TEST_F(CaresTcpPoolTest, GarbageEndsTheConnectionNotTheLoop) {
  const std::vector<std::string> garbage = {std::string("\0\0", 2), std::string("\0\1x", 3),
                                            std::string("\0\0\0\0", 4)};
  for (const std::string& octets : garbage) {
    server_.set_behaviour([&](const FakeQuery& query) { server_.Write(query, octets); });
    ExchangeRecorder recorder;
    Start(&recorder, kShort);
    TurnUntilDone(recorder);
    EXPECT_TRUE(recorder.failure);
  }
}

TEST_F(CaresTcpPoolTest, AReplyInPieces) {
  server_.set_behaviour([&](const FakeQuery& query) {
    const std::string reply = ReplyTo(query.message);
    server_.Write(query, std::string(1, '\0'));
    server_.Write(query, std::string(1, static_cast<char>(reply.size())));
    server_.Write(query, reply.substr(0, 5));
  });
  ExchangeRecorder recorder;
  Start(&recorder);
  TurnUntil([&] { return server_.queries().size() == 1; });
  for (int i = 0; i < 3; ++i) {
    loop_.RunOnce(absl::Milliseconds(1));
    pool_->Turn();
  }
  EXPECT_EQ(recorder.calls, 0);
  server_.Write(server_.queries()[0], ReplyTo(server_.queries()[0].message).substr(5));
  TurnUntilDone(recorder);
  EXPECT_TRUE(recorder.reply);
}

TEST_F(CaresTcpPoolTest, AReplyThatIsNoneIsAFailureAndSuspicious) {
  using Forge = std::function<void(std::string*)>;
  const std::vector<std::pair<const char*, Forge>> forgeries = {
      {"case", [](std::string* reply) { (*reply)[dns::kHeaderSize + 1] ^= 0x20; }},
      {"QR", [](std::string* reply) { (*reply)[2] ^= '\x80'; }},
      {"opcode", [](std::string* reply) { (*reply)[2] ^= '\x20'; }},
  };
  for (const auto& [what, forge] : forgeries) {
    server_.set_behaviour([&, &forge = forge](const FakeQuery& query) {
      std::string reply = ReplyTo(query.message);
      forge(&reply);
      server_.Reply(query, reply);
    });
    ExchangeRecorder recorder;
    Start(&recorder);
    TurnUntilDone(recorder);
    EXPECT_EQ(recorder.failure, ExchangeFailure::kTcpFailed) << what;
    EXPECT_TRUE(recorder.suspicious) << what;
  }
  EXPECT_EQ(pool_->counters().near_misses.value(), forgeries.size());
}

TEST_F(CaresTcpPoolTest, RepliesToNothingAreNotTakenForReplies) {
  server_.set_behaviour([&](const FakeQuery& query) {
    std::string other_id = ReplyTo(query.message);
    other_id[0] ^= 1;
    server_.Reply(query, other_id);
    server_.Reply(query, query.message.substr(0, 2) + ReplyTo(QueryFor("other.")).substr(2));
    server_.Reply(query, ReplyTo(query.message));
  });
  ExchangeRecorder recorder;
  Start(&recorder);
  TurnUntilDone(recorder);
  EXPECT_EQ(*recorder.reply, ReplyTo(server_.queries()[0].message));
}

TEST_F(CaresTcpPoolTest, NobodyListening) {
  base::SocketAddress nobody;
  {
    base::EventLoop loop;
    nobody = FakeServer(&loop).address();
  }
  std::vector<ExchangeRecorder> recorders(100);
  for (ExchangeRecorder& recorder : recorders) {
    StartAt(nobody, &recorder);
    EXPECT_EQ(recorder.calls, 0);
  }
  TurnUntilAllDone(recorders);
  for (const ExchangeRecorder& recorder : recorders) EXPECT_EQ(recorder.failure, ExchangeFailure::kUnreachable);
}

TEST_F(CaresTcpPoolTest, NoWayThere) {
  ExchangeRecorder recorder;
  StartAt(*base::SocketAddress::FromText("255.255.255.255:53"), &recorder);
  EXPECT_EQ(recorder.calls, 0) << "never from within Start()";
  TurnUntilDone(recorder);
  EXPECT_EQ(recorder.failure, ExchangeFailure::kUnreachable);
}

TEST_F(CaresTcpPoolTest, ASilentConnectionIsGivenUp) {
  std::vector<ExchangeRecorder> silent(70);  // six of them wait for the others
  for (ExchangeRecorder& recorder : silent) Start(&recorder, kShort);
  TurnUntilAllDone(silent);
  for (const ExchangeRecorder& recorder : silent) EXPECT_EQ(recorder.failure, ExchangeFailure::kTimeout);
  const size_t connections = server_.connections();
  EchoAll();
  ExchangeRecorder recorder;
  Start(&recorder);
  TurnUntilDone(recorder);
  EXPECT_TRUE(recorder.reply);
  EXPECT_EQ(pool_->outstanding(), 0u);
  EXPECT_EQ(server_.connections(), connections + 1) << "the old one is not trusted";
}

// Some are answered and some never: those that never are must not fill the connection.
TEST_F(CaresTcpPoolTest, QueriesThatAreNeverAnsweredDoNotBlockTheOthers) {
  size_t count = 0;
  server_.set_behaviour([&](const FakeQuery& query) {
    if (++count % 2 == 0) server_.Reply(query, ReplyTo(query.message));
  });
  std::vector<ExchangeRecorder> recorders(400);
  for (ExchangeRecorder& recorder : recorders) Start(&recorder, absl::Milliseconds(500));
  TurnUntilAllDone(recorders);
  size_t replies = 0;
  for (const ExchangeRecorder& recorder : recorders) replies += recorder.reply.has_value();
  EXPECT_GE(replies, 60u);
  ExchangeRecorder again;
  ExchangeRecorder one_more;
  Start(&again);
  Start(&one_more);
  TurnUntil([&] { return again.calls + one_more.calls > 0; });
  EXPECT_TRUE(again.reply || one_more.reply);
}

TEST_F(CaresTcpPoolTest, WhatIsCancelledIsNotToldAndALateReplyIsNobodys) {
  ExchangeRecorder cancelled;
  ExchangeRecorder queued;
  ExchangeRecorder other;
  const ExchangeId id = Start(&cancelled);
  Start(&other);
  TurnUntil([&] { return server_.queries().size() == 2; });
  pool_->Cancel(id);
  pool_->Cancel(id);
  pool_->Cancel(777);
  pool_->Cancel(Start(&queued));
  for (const FakeQuery& query : std::vector<FakeQuery>(server_.queries())) server_.Reply(query, ReplyTo(query.message));
  TurnUntilDone(other);
  EXPECT_TRUE(other.reply);
  EXPECT_EQ(cancelled.calls + queued.calls, 0);
}

TEST_F(CaresTcpPoolTest, TheQueueIsBounded) {
  MakePool({.max_in_flight = 2, .max_queued = 3});
  std::vector<ExchangeRecorder> recorders(7);
  for (ExchangeRecorder& recorder : recorders) Start(&recorder);
  TurnUntilDone(recorders[5]);
  TurnUntilDone(recorders[6]);
  EXPECT_EQ(recorders[5].failure, ExchangeFailure::kNoSocket);
  EXPECT_EQ(recorders[6].failure, ExchangeFailure::kNoSocket);
  EXPECT_EQ(recorders[4].calls, 0);
  EXPECT_EQ(pool_->counters().no_socket.value(), 2u);
}

TEST_F(CaresTcpPoolTest, AnIdleConnectionIsClosedAndThenMadeAnew) {
  EchoAll();
  MakePool({.max_idle = absl::Milliseconds(20)});
  for (size_t i = 1; i <= 3; ++i) {
    ExchangeRecorder recorder;
    Start(&recorder);
    TurnUntilDone(recorder);
    EXPECT_TRUE(recorder.reply);
    EXPECT_EQ(server_.connections(), i);
    TurnUntil([&] { return pool_->servers() == 0; });
  }
}

TEST_F(CaresTcpPoolTest, TheConnectionIdleForLongestMakesRoom) {
  EchoAll();
  MakePool({.max_servers = 2});
  FakeServer second(&loop_);
  FakeServer third(&loop_, "::1");
  for (FakeServer* const server : {&second, &third}) {
    server->set_behaviour([server](const FakeQuery& query) { server->Reply(query, ReplyTo(query.message)); });
  }
  for (FakeServer* const server : {&server_, &second, &server_, &third, &server_, &second}) {
    ExchangeRecorder recorder;
    StartAt(server->address(), &recorder);
    TurnUntilDone(recorder);
    EXPECT_TRUE(recorder.reply);
    EXPECT_LE(pool_->servers(), 2u);
  }
  EXPECT_EQ(server_.connections(), 1u);
  EXPECT_EQ(second.connections(), 2u);
  EXPECT_EQ(third.connections(), 1u);
}

TEST_F(CaresTcpPoolTest, NoRoomWhileAllAreInUse) {
  MakePool({.max_servers = 1});
  FakeServer second(&loop_);
  ExchangeRecorder busy;
  ExchangeRecorder refused;
  Start(&busy);
  StartAt(second.address(), &refused);
  TurnUntilDone(refused);
  EXPECT_EQ(refused.failure, ExchangeFailure::kNoSocket);
  EXPECT_EQ(busy.calls, 0);
}

TEST_F(CaresTcpPoolTest, HandlersMayStartAndCancel) {
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
        pool_->Cancel(ids[index + 1]);
      }
      pool_->Cancel(ids[index]);
      if (told < 100) {
        start();
        start();
      }
    };
    ids.push_back(0);
    ids.back() = Start(recorders.back().get());
  };
  for (int i = 0; i < 60; ++i) start();
  TurnUntil([&] { return told + cancelled.size() == ids.size(); });
  EXPECT_GE(told, 100u);
  for (size_t i = 0; i < recorders.size(); ++i) EXPECT_EQ(recorders[i]->calls, cancelled.count(i) > 0 ? 0 : 1);
}

TEST_F(CaresTcpPoolTest, GoesAwayWithQueriesOutstanding) {
  std::vector<ExchangeRecorder> recorders(100);
  for (size_t i = 0; i < recorders.size(); ++i) Start(&recorders[i], i % 4 == 0 ? absl::Milliseconds(5) : kLong);
  TurnUntilDone(recorders[0]);
  pool_->Cancel(3);
  int calls = 0;
  for (const ExchangeRecorder& recorder : recorders) calls += recorder.calls;
  pool_.reset();
  for (const ExchangeRecorder& recorder : recorders) calls -= recorder.calls;
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace strata::recursor
