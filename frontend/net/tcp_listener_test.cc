// Tests of DNS over TCP, on sockets of the loopback interface.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/tcp_listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "frontend/net/listen_sockets.h"
#include "frontend/net/message_framing.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/framed.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::FakeBackend;
using testing::Framed;
using ::testing::IsEmpty;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;
using testing::Zones;

std::string QueryWithId(uint16_t id) {
  dns::Message query = Query("a.test.");
  query.id = id;
  return Framed(Wire(query));
}

// A client's connection.
class TcpClient {
 public:
  explicit TcpClient(const base::SocketAddress& server, int receive_buffer = 0, const char* from = "127.0.0.1")
      : fd_(socket(server.family(), SOCK_STREAM, 0)) {
    const auto local = base::SocketAddress::FromText(std::string(from) + ":0").value();
    EXPECT_EQ(bind(fd_, local.sockaddr_ptr(), local.sockaddr_size()), 0);
    if (receive_buffer != 0) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    EXPECT_EQ(connect(fd_, server.sockaddr_ptr(), server.sockaddr_size()), 0);
  }
  ~TcpClient() { close(fd_); }

  void Send(const std::string& octets) {
    EXPECT_EQ(send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL), static_cast<ssize_t>(octets.size()));
  }
  void EndSending() { shutdown(fd_, SHUT_WR); }
  void ResetOnClose() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  // Takes some octets, and forgets them.
  void Take(size_t count) {
    std::vector<char> buffer(count);
    (void)!recv(fd_, buffer.data(), count, MSG_DONTWAIT);
  }

  // The IDs of the answers that have come, without waiting.
  std::vector<uint16_t> Ids() {
    Read();
    std::vector<uint16_t> ids;
    while (const auto message = framing_.Next()) ids.push_back(Parse(*message).id);
    return ids;
  }
  // Whether the server has closed the connection.
  bool closed() {
    Read();
    return closed_;
  }

 private:
  void Read() {
    std::vector<char> buffer(1 << 16);
    while (!closed_) {
      const ssize_t got = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got < 0 && errno == EAGAIN) return;
      closed_ = got <= 0;
      if (got <= 0) return;
      framing_.Take(absl::string_view(buffer.data(), static_cast<size_t>(got)));
      framing_.Keep();
    }
  }

  int fd_;
  MessageFraming framing_;
  bool closed_ = false;
};

class TcpListenerTest : public ::testing::Test {
 protected:
  TcpListenerTest() {
    zones_.Publish(Zones({{"test.", 1}}));
    backend_.set_events(handler_.replica_events());
    handler_.AddReplica(&backend_);
    backend_.GoUp();
  }

  void Listen() {
    const auto opened = OpenListenSockets(base::SocketAddress::FromText("127.0.0.1:0").value(), 1, false);
    ASSERT_TRUE(opened.ok()) << opened.status();
    close(opened->udp[0]);
    address_ = opened->address;
    table_ = std::make_unique<StreamTable>(options_, &loop_, &handler_, clock_);
    listener_ = std::make_unique<TcpListener>(opened->tcp[0], &loop_, table_.get());
  }

  void AnswerAtOnce(size_t size = 4) {
    backend_.on_submit = [this, wire = AnswerTo("a.test.", dns::rr_type::kA, size)](const BackendQuery& query) {
      backend_.Answer(query.id, wire);
    };
  }

  // What a worker does in a turn, ten times.
  void RunLoop() {
    for (int i = 0; i < 10; ++i) {
      loop_.RunOnce(absl::ZeroDuration());
      handler_.Flush();
      table_->EndTurn();
    }
  }
  void Tick() {
    listener_->OnTick();
    table_->OnTick();
  }
  void Leave() {
    listener_->Leave();
    table_->Leave();
  }

  uint64_t Closed(CloseReason reason) { return table_->counters().closed[static_cast<size_t>(reason)].value(); }

  void AnswerAll() {
    const auto submitted = std::move(backend_.submitted);
    backend_.submitted.clear();
    for (const auto& query : submitted) backend_.Answer(query.query.id, AnswerTo("a.test."));
  }

  StreamTable::Options options_;
  base::testing::FakeClock clock_;
  PublishedZones zones_;
  base::EventLoop loop_;
  FakeBackend backend_;
  QueryHandler handler_{QueryHandler::Options(), zones_, clock_};
  base::SocketAddress address_;
  std::unique_ptr<StreamTable> table_;
  std::unique_ptr<TcpListener> listener_;
};

TEST_F(TcpListenerTest, QueriesOneAfterTheOther) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  for (uint16_t id = 1; id < 4; ++id) {
    client.Send(QueryWithId(id));
    RunLoop();
    EXPECT_THAT(client.Ids(), ElementsAre(id));
  }
  EXPECT_FALSE(client.closed()) << "the client ends the connection";
  EXPECT_EQ(table_->size(), 1);
}

TEST_F(TcpListenerTest, PipelinedQueriesAreAnsweredInAnyOrder) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1) + QueryWithId(2) + QueryWithId(3));
  RunLoop();
  ASSERT_THAT(backend_.submitted, SizeIs(3));
  for (const int i : {2, 0, 1}) backend_.Answer(backend_.submitted[i].query.id, AnswerTo("a.test."));
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(3, 1, 2));
}

TEST_F(TcpListenerTest, OctetByOctet) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  for (const char octet : QueryWithId(1) + QueryWithId(2)) {
    client.Send(std::string(1, octet));
    RunLoop();
  }
  EXPECT_THAT(client.Ids(), ElementsAre(1, 2));
}

TEST_F(TcpListenerTest, HalfClosedConnectionGetsItsAnswers) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1) + QueryWithId(2));
  client.EndSending();
  RunLoop();
  EXPECT_FALSE(client.closed());
  EXPECT_EQ(table_->size(), 1);
  AnswerAll();
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(1, 2));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(table_->size(), 0);
}

TEST_F(TcpListenerTest, ConnectionThatEndsMidMessageIsClosed) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1).substr(0, 9));
  client.EndSending();
  RunLoop();
  EXPECT_TRUE(client.closed());
}

TEST_F(TcpListenerTest, AnswerForAClientThatLeftIsDropped) {
  Listen();
  {
    TcpClient gone(address_);
    gone.Send(QueryWithId(1));
    RunLoop();
  }
  ASSERT_THAT(backend_.submitted, SizeIs(1));
  RunLoop();
  // Another connection gets the slot, and not the answer.
  TcpClient next(address_);
  RunLoop();
  AnswerAll();
  RunLoop();
  EXPECT_THAT(next.Ids(), IsEmpty());
}

// More than may be pipelined: the rest waits for answers, and is handed to the backend at once then.
TEST_F(TcpListenerTest, PipelineIsBounded) {
  options_.max_pipelined = 4;
  Listen();
  TcpClient client(address_);
  std::string queries;
  for (uint16_t id = 0; id < 10; ++id) queries += QueryWithId(id);
  client.Send(queries);
  client.EndSending();
  RunLoop();
  EXPECT_THAT(backend_.submitted, SizeIs(4));
  size_t answered = 0;
  for (int turn = 0; turn < 3; ++turn) {
    answered += backend_.submitted.size();
    AnswerAll();
    const int flushes = backend_.flushes;
    table_->EndTurn();
    if (turn < 2) {
      EXPECT_GT(backend_.submitted.size(), 0u);
      EXPECT_GT(backend_.flushes, flushes) << "nothing else would send them before the next event";
    }
  }
  EXPECT_EQ(answered, 10u);
  RunLoop();
  EXPECT_THAT(client.Ids(), SizeIs(10));
  EXPECT_TRUE(client.closed());
}

// Who asks for large answers and takes none of them has few made at a time, however many fit by number.
TEST_F(TcpListenerTest, PipelineIsBoundedByWhatIsToCome) {
  options_.max_unsent_bytes = 256 << 10;
  Listen();
  TcpClient client(address_);
  for (uint16_t id = 0; id < 100; ++id) client.Send(QueryWithId(id));
  RunLoop();
  const size_t first = backend_.submitted.size();
  EXPECT_LT(first, 100u) << "the answers might be large";
  const std::string large = AnswerTo("a.test.", dns::rr_type::kA, 60000);
  for (size_t i = 0; i < first; ++i) backend_.Answer(backend_.submitted[i].query.id, large);
  RunLoop();
  EXPECT_LE(backend_.submitted.size() - first, 5u) << "as many as fit, now that it is known how large they are";
  // All are answered in the end to who takes them.
  size_t taken = client.Ids().size();
  size_t answered = first;
  for (int turn = 0; turn < 1000 && taken < 100; ++turn) {
    for (; answered < backend_.submitted.size(); ++answered) {
      backend_.Answer(backend_.submitted[answered].query.id, large);
    }
    RunLoop();
    taken += client.Ids().size();
  }
  EXPECT_EQ(taken, 100u);
}

TEST_F(TcpListenerTest, IdleConnectionIsClosed) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1));
  RunLoop();
  EXPECT_THAT(client.Ids(), SizeIs(1));
  clock_.Advance(options_.idle_timeout);
  Tick();
  EXPECT_EQ(table_->size(), 1);
  client.Send(QueryWithId(2));
  RunLoop();
  clock_.Advance(options_.idle_timeout);
  Tick();
  EXPECT_EQ(table_->size(), 1) << "each query starts the time anew";
  clock_.Advance(absl::Milliseconds(1));
  Tick();
  EXPECT_EQ(table_->size(), 0);
  EXPECT_THAT(client.Ids(), ElementsAre(2));
  EXPECT_TRUE(client.closed());
}

TEST_F(TcpListenerTest, TricklingOctetsIsBeingIdle) {
  Listen();
  TcpClient client(address_);
  const std::string query = QueryWithId(1);
  for (size_t i = 0; i < 11; ++i) {
    client.Send(query.substr(i, 1));
    RunLoop();
    clock_.Advance(absl::Seconds(1));
    Tick();
  }
  EXPECT_TRUE(client.closed());
}

TEST_F(TcpListenerTest, QueryBeingResolvedKeepsItsConnection) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1));
  RunLoop();
  clock_.Advance(absl::Seconds(100));
  Tick();
  AnswerAll();
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(1));
}

TEST_F(TcpListenerTest, QuietestGoesWhenThereAreTooMany) {
  AnswerAtOnce();
  options_.max_connections = 3;
  Listen();
  std::vector<std::unique_ptr<TcpClient>> clients;
  for (uint16_t i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<TcpClient>(address_));
    RunLoop();
    clock_.Advance(absl::Seconds(1));
  }
  clients[0]->Send(QueryWithId(1));  // so the second is the quietest now
  RunLoop();
  clock_.Advance(absl::Seconds(1));
  TcpClient fourth(address_);
  fourth.Send(QueryWithId(4));
  RunLoop();
  EXPECT_EQ(table_->size(), 3);
  EXPECT_FALSE(clients[0]->closed());
  EXPECT_TRUE(clients[1]->closed());
  EXPECT_FALSE(clients[2]->closed());
  EXPECT_THAT(fourth.Ids(), ElementsAre(4));
}

TEST_F(TcpListenerTest, FloodOfConnectionsIsSurvived) {
  AnswerAtOnce();
  options_.max_connections = 2;
  Listen();
  std::vector<std::unique_ptr<TcpClient>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<TcpClient>(address_));
    clients.back()->Send(QueryWithId(i));
  }
  for (int i = 0; i < 5; ++i) RunLoop();
  EXPECT_EQ(table_->size(), 2);
  Tick();
  TcpClient last(address_);
  last.Send(QueryWithId(500));
  RunLoop();
  EXPECT_THAT(last.Ids(), ElementsAre(500));
}

TEST_F(TcpListenerTest, ClientThatDoesNotReadIsReadNoFurther) {
  AnswerAtOnce(60000);
  options_.max_unsent_bytes = 200000;
  Listen();
  TcpClient client(address_, /*receive_buffer=*/4096);
  // It would ask for ever.
  std::string queries;
  for (uint16_t id = 0; id < 3000; ++id) queries += QueryWithId(id);
  int handled_before = -1, handled = 0;
  backend_.on_submit = [&, wire = AnswerTo("a.test.", dns::rr_type::kA, 60000)](const BackendQuery& query) {
    ++handled;
    backend_.Answer(query.id, wire);
  };
  client.Send(queries);
  while (handled != handled_before) {
    handled_before = handled;
    RunLoop();
  }
  EXPECT_LT(handled, 3000);
  EXPECT_GT(handled, 0);
  // It is given up when it takes nothing for long.
  clock_.Advance(options_.idle_timeout + absl::Seconds(1));
  Tick();
  EXPECT_EQ(table_->size(), 0);
}

TEST_F(TcpListenerTest, SlowReaderGetsEverything) {
  options_.max_unsent_bytes = 200000;
  AnswerAtOnce(60000);
  Listen();
  TcpClient client(address_, /*receive_buffer=*/4096);
  std::string queries;
  for (uint16_t id = 0; id < 60; ++id) queries += QueryWithId(id);
  client.Send(queries);
  client.EndSending();
  size_t answers = 0;
  for (int i = 0; i < 100000 && !client.closed(); ++i) {
    RunLoop();
    answers += client.Ids().size();
  }
  answers += client.Ids().size();
  EXPECT_EQ(answers, 60u);
  EXPECT_EQ(table_->size(), 0);
}

TEST_F(TcpListenerTest, GarbageIsSurvived) {
  AnswerAtOnce();
  Listen();
  uint64_t closed = 0;
  for (const std::string& message : {std::string(), std::string("x"), std::string(300, '\xff')}) {  // a response
    TcpClient client(address_);
    client.Send(QueryWithId(8) + Framed(message) + QueryWithId(9));
    RunLoop();
    EXPECT_THAT(client.Ids(), ElementsAre(8)) << "asked before";
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(Closed(CloseReason::kNoQuery), ++closed);
  }
  TcpClient other(address_);
  other.Send("GET / HTTP/1.1\r\n\r\n");
  RunLoop();
  EXPECT_THAT(other.Ids(), IsEmpty());
}

TEST_F(TcpListenerTest, LeavingAnswersWhatHasComeAndWhatComes) {
  Listen();
  TcpClient asking(address_);
  RunLoop();
  asking.Send(QueryWithId(1));
  TcpClient not_yet_accepted(address_);
  not_yet_accepted.Send(QueryWithId(2));
  Leave();
  RunLoop();
  EXPECT_EQ(table_->size(), 2) << "The kernel had let it in.";
  asking.Send(QueryWithId(3));
  RunLoop();
  clock_.Advance(StreamTable::kQuiet);
  Tick();
  EXPECT_FALSE(asking.closed() || not_yet_accepted.closed()) << "They wait for answers.";
  AnswerAll();
  RunLoop();
  EXPECT_THAT(asking.Ids(), ElementsAre(1, 3));
  EXPECT_THAT(not_yet_accepted.Ids(), ElementsAre(2));
  EXPECT_FALSE(asking.closed()) << "There may be more to ask.";
  clock_.Advance(StreamTable::kQuiet);
  Tick();
  EXPECT_TRUE(asking.closed() && not_yet_accepted.closed());
}

TEST_F(TcpListenerTest, LeavingLetsNobodyNewIn) {
  Listen();
  Leave();
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  EXPECT_EQ(connect(fd, address_.sockaddr_ptr(), address_.sockaddr_size()), -1);
  EXPECT_EQ(errno, EINPROGRESS);
  RunLoop();
  EXPECT_EQ(table_->size(), 0) << "It asks again, and finds another server.";
  close(fd);
  listener_->Close();
  const int other = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(connect(other, address_.sockaddr_ptr(), address_.sockaddr_size()), -1);
  EXPECT_EQ(errno, ECONNREFUSED);
  close(other);
}

TEST_F(TcpListenerTest, ClosingTheListenerAcceptsWhoWaits) {
  Listen();
  TcpClient waiting(address_);
  waiting.Send(QueryWithId(1));
  listener_->Leave();
  listener_->Close();
  RunLoop();
  AnswerAll();
  RunLoop();
  EXPECT_THAT(waiting.Ids(), ElementsAre(1));
}

// A reset, which a query to a closed socket gets, may take away what its client has not read yet.
TEST_F(TcpListenerTest, AQueryThatCrossesTheEndIsNotReset) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1));
  RunLoop();
  Leave();
  table_->Expel();
  AnswerAll();
  RunLoop();
  client.Send(QueryWithId(2));
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(1));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(table_->size(), 1) << "The client's end is awaited,";
  EXPECT_FALSE(table_->busy());
  clock_.Advance(StreamTable::kFarewell);
  Tick();
  EXPECT_EQ(table_->size(), 0) << "but not for long.";
  EXPECT_EQ(Closed(CloseReason::kDrained), 1);
}

TEST_F(TcpListenerTest, WhoClosesItsEndIsGoneAtOnce) {
  Listen();
  auto client = std::make_unique<TcpClient>(address_);
  RunLoop();
  Leave();
  table_->Expel();
  EXPECT_TRUE(client->closed());
  client.reset();
  RunLoop();
  EXPECT_EQ(table_->size(), 0);
}

TEST_F(TcpListenerTest, AnswersOfAllConnectionsAreBounded) {
  options_.max_held_bytes = 3 << 20;
  options_.max_unsent_bytes = 2 << 20;
  AnswerAtOnce(60000);
  Listen();
  std::string queries;
  for (uint16_t id = 0; id < 2000; ++id) queries += QueryWithId(id);
  std::vector<std::unique_ptr<TcpClient>> deaf;
  for (int i = 0; i < 4; ++i) {
    deaf.push_back(std::make_unique<TcpClient>(address_, /*receive_buffer=*/4096));
    deaf.back()->Send(queries);
    RunLoop();
  }
  EXPECT_LT(table_->size(), 4);
  AnswerAtOnce();
  TcpClient polite(address_);
  polite.Send(QueryWithId(9));
  RunLoop();
  EXPECT_THAT(polite.Ids(), ElementsAre(9));
}

// Its own answers, made while its messages are being handled, are the ones too much.
TEST_F(TcpListenerTest, ConnectionMayBeClosedByItsOwnAnswers) {
  options_.max_held_bytes = 50000;
  options_.max_unsent_bytes = 100 << 20;
  int asked = 0;
  backend_.on_submit = [&](const BackendQuery& query) {
    ++asked;
    backend_.Answer(query.id, AnswerTo("a.test.", dns::rr_type::kA, 60000));
  };
  Listen();
  TcpClient client(address_, /*receive_buffer=*/4096);
  std::string queries;
  for (uint16_t id = 0; id < 1000; ++id) queries += QueryWithId(id);
  client.Send(queries);
  RunLoop();
  EXPECT_LT(asked, 1000);
  EXPECT_EQ(table_->size(), 0);
  EXPECT_EQ(Closed(CloseReason::kMemory), 1u);
  EXPECT_EQ(table_->counters().held_octets.value(), 0);
}

// ---- Slow and idle clients

TEST_F(TcpListenerTest, MessageMustComeWhole) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  const std::string query = QueryWithId(2);
  // A whole message starts the time anew, and so does no octet of the next.
  client.Send(QueryWithId(1) + query.substr(0, 1));
  for (size_t i = 1; i <= 10; ++i) {
    RunLoop();
    clock_.Advance(absl::Seconds(1));
    Tick();
    EXPECT_EQ(table_->size(), 1) << i;
    client.Send(query.substr(i, 1));
  }
  RunLoop();
  clock_.Advance(absl::Milliseconds(1));
  Tick();
  EXPECT_EQ(Closed(CloseReason::kSlow), 1u);
  EXPECT_THAT(client.Ids(), ElementsAre(1));
}

TEST_F(TcpListenerTest, ClientThatTakesAnOctetNowAndThenIsSlow) {
  AnswerAtOnce(60000);
  Listen();
  TcpClient client(address_, /*receive_buffer=*/4096);
  std::string queries;
  for (uint16_t id = 0; id < 400; ++id) queries += QueryWithId(id);
  client.Send(queries);
  RunLoop();
  ASSERT_EQ(table_->size(), 1);
  for (int i = 0; i < 12 && table_->size() == 1; ++i) {
    clock_.Advance(absl::Seconds(1));
    client.Take(100);
    RunLoop();
    Tick();
  }
  EXPECT_EQ(Closed(CloseReason::kSlow), 1u);
}

TEST_F(TcpListenerTest, IdleTimeShrinksAsTheTableFills) {
  AnswerAtOnce();
  options_.max_connections = 8;
  Listen();
  std::vector<std::unique_ptr<TcpClient>> clients;
  for (int i = 0; i < 6; ++i) clients.push_back(std::make_unique<TcpClient>(address_));
  RunLoop();
  EXPECT_EQ(listener_->keepalive(), 100);
  clients.push_back(std::make_unique<TcpClient>(address_));
  RunLoop();
  EXPECT_EQ(listener_->keepalive(), 50) << "half of the last quarter is left";
  clients.push_back(std::make_unique<TcpClient>(address_));
  RunLoop();
  EXPECT_EQ(listener_->keepalive(), 10);
  clock_.Advance(absl::Seconds(2));
  clients.back()->Send(QueryWithId(1));
  RunLoop();
  Tick();
  EXPECT_EQ(Closed(CloseReason::kIdle), 1u) << "as many as it takes to have room";
  EXPECT_FALSE(clients.back()->closed());
}

TEST_F(TcpListenerTest, FullTableTellsItsClientsToLeave) {
  options_.max_connections = 32;
  Listen();
  std::vector<std::unique_ptr<TcpClient>> clients;
  for (int i = 0; i < 31; ++i) clients.push_back(std::make_unique<TcpClient>(address_));
  RunLoop();
  EXPECT_EQ(listener_->keepalive(), 0);
  clients.resize(30);
  RunLoop();
  EXPECT_NE(listener_->keepalive(), 0);
  Leave();
  EXPECT_EQ(listener_->keepalive(), 0);
}

TEST_F(TcpListenerTest, WhoWasToldATimeKeepsIt) {
  options_.max_connections = 4;
  Listen();
  TcpClient told(address_), other(address_);
  RunLoop();
  backend_.on_submit = [&](const BackendQuery& query) {
    // As the handler does for a client that asks.
    if (table_->counters().queries.value() == 1) {
      EXPECT_EQ(listener_->keepalive(), 100);
    }
    backend_.Answer(query.id, AnswerTo("a.test."));
  };
  told.Send(QueryWithId(1));
  RunLoop();
  other.Send(QueryWithId(2));
  RunLoop();
  TcpClient third(address_), fourth(address_);
  RunLoop();
  ASSERT_EQ(table_->size(), 4);
  clock_.Advance(absl::Seconds(9));
  Tick();
  EXPECT_FALSE(told.closed());
  EXPECT_TRUE(other.closed());
  clock_.Advance(absl::Seconds(2));
  Tick();
  EXPECT_TRUE(told.closed()) << "and no longer";
}

// ---- Limits

TEST_F(TcpListenerTest, NewConnectionReplacesAnIdleOneOfItsClient) {
  AnswerAtOnce();
  options_.max_connections_per_client = 2;
  Listen();
  TcpClient stranger(address_, 0, "127.0.0.9");
  TcpClient first(address_), second(address_);
  RunLoop();
  TcpClient third(address_);
  RunLoop();
  EXPECT_EQ(table_->size(), 3);
  EXPECT_TRUE(first.closed());
  EXPECT_FALSE(second.closed() || third.closed() || stranger.closed());
  EXPECT_EQ(Closed(CloseReason::kClientLimit), 1u);
}

TEST_F(TcpListenerTest, ClientWhoseConnectionsAllHaveWorkGetsNoMore) {
  options_.max_connections_per_client = 1;
  Listen();
  TcpClient working(address_);
  working.Send(QueryWithId(1));
  RunLoop();
  TcpClient refused(address_), stranger(address_, 0, "127.0.0.9");
  RunLoop();
  EXPECT_TRUE(refused.closed());
  EXPECT_FALSE(working.closed() || stranger.closed());
  EXPECT_EQ(table_->counters().refused.value(), 1u);
  AnswerAll();
  RunLoop();
  EXPECT_THAT(working.Ids(), ElementsAre(1));
}

TEST_F(TcpListenerTest, ManyConnectionsOfOneClientHarmNobodyElse) {
  AnswerAtOnce();
  options_.max_connections = 20;
  Listen();
  TcpClient polite(address_, 0, "127.0.0.9");
  RunLoop();
  clock_.Advance(absl::Seconds(1));
  std::vector<std::unique_ptr<TcpClient>> greedy;
  for (int i = 0; i < 100; ++i) {
    greedy.push_back(std::make_unique<TcpClient>(address_));
    greedy.back()->Send("\x01");
    RunLoop();
  }
  EXPECT_EQ(table_->size(), 20);
  polite.Send(QueryWithId(1));
  TcpClient late(address_, 0, "127.0.0.10");
  late.Send(QueryWithId(2));
  RunLoop();
  EXPECT_THAT(polite.Ids(), ElementsAre(1));
  EXPECT_THAT(late.Ids(), ElementsAre(2));
  EXPECT_EQ(Closed(CloseReason::kEvicted), 82u);
}

// With no descriptor left and nobody to close, the listener is not ready all the time.
TEST_F(TcpListenerTest, OutOfDescriptors) {
  AnswerAtOnce();
  Listen();
  std::vector<int> fillers;
  TcpClient first(address_), second(address_);
  first.Send(QueryWithId(1));
  second.Send(QueryWithId(2));
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  rlimit low = before;
  low.rlim_cur = 100;
  setrlimit(RLIMIT_NOFILE, &low);
  for (int fd = 0; (fd = dup(0)) >= 0;) fillers.push_back(fd);
  RunLoop();
  EXPECT_TRUE(listener_->waiting());
  EXPECT_EQ(table_->counters().out_of_files.value(), 1u) << "once, and not at every turn";
  EXPECT_EQ(table_->size(), 0);
  // One is free: the first connection gets it, and then the second in its place.
  close(fillers.back());
  fillers.pop_back();
  Tick();
  EXPECT_FALSE(listener_->waiting());
  RunLoop();
  EXPECT_EQ(Closed(CloseReason::kEvicted), 1u);
  for (const int fd : fillers) close(fd);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_THAT(second.Ids(), ElementsAre(2));
}

TEST_F(TcpListenerTest, Counters) {
  AnswerAtOnce();
  Listen();
  {
    TcpClient client(address_);
    client.Send(QueryWithId(1) + QueryWithId(2));
    RunLoop();
    EXPECT_EQ(table_->counters().open.value(), 1);
  }
  RunLoop();
  EXPECT_EQ(table_->counters().accepted.value(), 1u);
  EXPECT_EQ(table_->counters().open.value(), 0);
  EXPECT_EQ(table_->counters().queries.value(), 2u);
}

TEST_F(TcpListenerTest, ResetConnectionIsForgotten) {
  Listen();
  {
    TcpClient client(address_);
    client.Send(QueryWithId(1));
    RunLoop();
    client.ResetOnClose();
  }
  RunLoop();
  EXPECT_EQ(table_->size(), 0);
  EXPECT_EQ(Closed(CloseReason::kError), 1u);
  AnswerAll();
  RunLoop();
}

}  // namespace
}  // namespace strata::frontend
