// Tests of DNS over TCP, on sockets of the loopback interface.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/tcp_listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "frontend/net/listen_sockets.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::FakeBackend;
using ::testing::IsEmpty;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;
using testing::Zones;

std::string Framed(const std::string& message) {
  AnswerQueue queue;
  queue.Add(message);
  return std::string(queue.front());
}

std::string QueryWithId(uint16_t id) {
  dns::Message query = Query("a.test.");
  query.id = id;
  return Framed(Wire(query));
}

// A client's connection.
class TcpClient {
 public:
  explicit TcpClient(const base::SocketAddress& server, int receive_buffer = 0)
      : fd_(socket(server.family(), SOCK_STREAM, 0)) {
    if (receive_buffer != 0) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    EXPECT_EQ(connect(fd_, server.sockaddr_ptr(), server.sockaddr_size()), 0);
  }
  ~TcpClient() { close(fd_); }

  void Send(const std::string& octets) {
    EXPECT_EQ(send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL), static_cast<ssize_t>(octets.size()));
  }
  // As much as fits without waiting.
  size_t SendSome(const std::string& octets) {
    return static_cast<size_t>(std::max<ssize_t>(0, send(fd_, octets.data(), octets.size(), MSG_DONTWAIT)));
  }
  void EndSending() { shutdown(fd_, SHUT_WR); }

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
      if (got > 0) framing_.Append(absl::string_view(buffer.data(), static_cast<size_t>(got)));
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
    listener_ = std::make_unique<TcpListener>(opened->tcp[0], options_, &loop_, &handler_, clock_);
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
      listener_->Flush();
    }
  }

  void AnswerAll() {
    const auto submitted = std::move(backend_.submitted);
    backend_.submitted.clear();
    for (const auto& query : submitted) backend_.Answer(query.query.id, AnswerTo("a.test."));
  }

  TcpListener::Options options_;
  base::testing::FakeClock clock_;
  PublishedZones zones_;
  base::EventLoop loop_;
  FakeBackend backend_;
  QueryHandler handler_{QueryHandler::Options(), zones_, clock_};
  base::SocketAddress address_;
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
  EXPECT_EQ(listener_->connections(), 1);
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
  EXPECT_EQ(listener_->connections(), 1);
  AnswerAll();
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(1, 2));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(listener_->connections(), 0);
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
    listener_->Flush();
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

TEST_F(TcpListenerTest, IdleConnectionIsClosed) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1));
  RunLoop();
  EXPECT_THAT(client.Ids(), SizeIs(1));
  clock_.Advance(options_.idle_timeout);
  listener_->OnTick();
  EXPECT_EQ(listener_->connections(), 1);
  client.Send(QueryWithId(2));
  RunLoop();
  clock_.Advance(options_.idle_timeout);
  listener_->OnTick();
  EXPECT_EQ(listener_->connections(), 1) << "each query starts the time anew";
  clock_.Advance(absl::Milliseconds(1));
  listener_->OnTick();
  EXPECT_EQ(listener_->connections(), 0);
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
    listener_->OnTick();
  }
  EXPECT_TRUE(client.closed());
}

TEST_F(TcpListenerTest, QueryBeingResolvedKeepsItsConnection) {
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1));
  RunLoop();
  clock_.Advance(absl::Seconds(100));
  listener_->OnTick();
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
  EXPECT_EQ(listener_->connections(), 3);
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
  EXPECT_EQ(listener_->connections(), 2);
  listener_->OnTick();
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
  listener_->OnTick();
  EXPECT_EQ(listener_->connections(), 0);
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
  EXPECT_EQ(listener_->connections(), 0);
}

TEST_F(TcpListenerTest, GarbageIsSurvived) {
  AnswerAtOnce();
  Listen();
  TcpClient client(address_);
  client.Send(Framed(""));
  client.Send(Framed("x"));
  client.Send(Framed(std::string(300, '\xff')));  // a response
  client.Send(QueryWithId(9));
  RunLoop();
  EXPECT_THAT(client.Ids(), ElementsAre(9));
  TcpClient other(address_);
  other.Send("GET / HTTP/1.1\r\n\r\n");
  RunLoop();
  EXPECT_THAT(other.Ids(), IsEmpty());
}

TEST_F(TcpListenerTest, LeavingAnswersWhatHasCome) {
  Listen();
  TcpClient idle(address_), asking(address_);
  RunLoop();
  asking.Send(QueryWithId(1));
  TcpClient not_yet_accepted(address_);
  not_yet_accepted.Send(QueryWithId(2));
  listener_->Leave();
  EXPECT_TRUE(listener_->busy());
  EXPECT_TRUE(idle.closed());
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(connect(fd, address_.sockaddr_ptr(), address_.sockaddr_size()), -1);
  close(fd);
  RunLoop();
  EXPECT_FALSE(asking.closed());
  AnswerAll();
  RunLoop();
  EXPECT_THAT(asking.Ids(), ElementsAre(1));
  EXPECT_THAT(not_yet_accepted.Ids(), ElementsAre(2));
  EXPECT_TRUE(asking.closed() && not_yet_accepted.closed());
  EXPECT_FALSE(listener_->busy());
  EXPECT_EQ(listener_->connections(), 0);
}

TEST_F(TcpListenerTest, AnswersOfAllConnectionsAreBounded) {
  options_.max_total_unsent_bytes = 3 << 20;
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
  EXPECT_LT(listener_->connections(), 4);
  AnswerAtOnce();
  TcpClient polite(address_);
  polite.Send(QueryWithId(9));
  RunLoop();
  EXPECT_THAT(polite.Ids(), ElementsAre(9));
}

// Its own answer, made while it was writing an earlier one, is the one too much.
TEST_F(TcpListenerTest, ConnectionMayBeClosedByItsOwnAnswer) {
  options_.max_total_unsent_bytes = 50000;
  options_.max_unsent_bytes = 1;
  int asked = 0;
  backend_.on_submit = [&](const BackendQuery& query) {
    backend_.Answer(query.id, AnswerTo("a.test.", dns::rr_type::kA, ++asked == 1 ? 4 : 60000));
  };
  Listen();
  TcpClient client(address_);
  client.Send(QueryWithId(1) + QueryWithId(2) + QueryWithId(3));
  RunLoop();
  EXPECT_EQ(asked, 2);
  EXPECT_THAT(client.Ids(), ElementsAre(1));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(listener_->connections(), 0);
}

}  // namespace
}  // namespace strata::frontend
