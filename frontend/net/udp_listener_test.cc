// Tests of DNS over UDP, on sockets of the loopback interface.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/udp_listener.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "frontend/net/listen_sockets.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using testing::FakeBackend;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;
using testing::Zones;

std::string QueryWithId(uint16_t id) {
  dns::Message query = Query("a.test.");
  query.id = id;
  return Wire(query);
}

// A client's socket.
class UdpClient {
 public:
  explicit UdpClient(const base::SocketAddress& server, bool connected = true)
      : fd_(socket(server.family(), SOCK_DGRAM | SOCK_NONBLOCK, 0)), server_(server) {
    const int size = 1 << 20;
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (connected) {
      EXPECT_EQ(connect(fd_, server.sockaddr_ptr(), server.sockaddr_size()), 0);
    }
  }
  ~UdpClient() { close(fd_); }

  void Send(const std::string& message) {
    EXPECT_EQ(sendto(fd_, message.data(), message.size(), 0, server_.sockaddr_ptr(), server_.sockaddr_size()),
              static_cast<ssize_t>(message.size()));
  }
  // What has come, without waiting: loopback delivers within sendto().
  std::optional<std::string> Receive() {
    std::string message(65535, '\0');
    socklen_t size = sizeof from_;
    const ssize_t got = recvfrom(fd_, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from_), &size);
    if (got < 0) return std::nullopt;
    from_size_ = size;
    message.resize(static_cast<size_t>(got));
    return message;
  }
  // Who sent the last one.
  std::string from() const {
    return base::SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&from_), from_size_)->HostText();
  }

 private:
  int fd_;
  base::SocketAddress server_;
  sockaddr_storage from_{};
  socklen_t from_size_ = 0;
};

class UdpListenerTest : public ::testing::Test {
 protected:
  UdpListenerTest() {
    zones_.Publish(Zones({{"test.", 1}}));
    backend_.set_events(handler_.replica_events());
    handler_.AddReplica(&backend_);
    backend_.GoUp();
    // Answers at once.
    backend_.on_submit = [this](const BackendQuery& query) { backend_.Answer(query.id, AnswerTo("a.test.")); };
  }

  base::SocketAddress Listen(absl::string_view address, int sockets = 1) {
    const auto opened = OpenListenSockets(base::SocketAddress::FromText(address).value(), sockets, false);
    EXPECT_TRUE(opened.ok()) << opened.status();
    for (const int fd : opened->tcp) close(fd);
    for (const int fd : opened->udp) listeners_.push_back(std::make_unique<UdpListener>(fd, &loop_, &handler_, clock_));
    return opened->address;
  }

  void RunLoop() {
    for (int i = 0; i < 10; ++i) loop_.RunOnce(absl::ZeroDuration());
    for (const auto& listener : listeners_) listener->Flush();
  }

  int64_t Dropped(absl::string_view reason) const {
    base::MetricsWriter page;
    const QueryMetrics* const metrics = &handler_.metrics();
    QueryMetrics::Write({metrics}, &page);
    const std::string sample = absl::StrCat("dropped_total{reason=\"", reason, "\"} ");
    const size_t at = page.text().find(sample);
    int64_t value = -1;
    if (at != std::string::npos) value = std::stoll(page.text().substr(at + sample.size()));
    return value;
  }

  base::testing::FakeClock clock_;
  PublishedZones zones_;
  base::EventLoop loop_;
  FakeBackend backend_;
  QueryHandler handler_{QueryHandler::Options(), zones_, clock_};
  std::vector<std::unique_ptr<UdpListener>> listeners_;
};

TEST_F(UdpListenerTest, QuestionAndAnswer) {
  for (const char* address : {"127.0.0.1:0", "[::1]:0"}) {
    UdpClient client(Listen(address));
    client.Send(QueryWithId(7));
    RunLoop();
    const auto answer = client.Receive();
    ASSERT_TRUE(answer.has_value()) << address;
    EXPECT_EQ(Parse(*answer).id, 7);
    EXPECT_THAT(Parse(*answer).answer, SizeIs(1));
    EXPECT_FALSE(client.Receive().has_value()) << "one answer";
  }
}

TEST_F(UdpListenerTest, AnswersThatComeLaterFindTheirClients) {
  backend_.on_submit = nullptr;
  const base::SocketAddress server = Listen("127.0.0.1:0");
  UdpClient one(server), other(server);
  one.Send(QueryWithId(1));
  other.Send(QueryWithId(2));
  RunLoop();
  ASSERT_THAT(backend_.submitted, SizeIs(2));
  EXPECT_FALSE(one.Receive().has_value());
  backend_.Answer(backend_.submitted[1].query.id, AnswerTo("a.test."));
  backend_.Answer(backend_.submitted[0].query.id, AnswerTo("a.test."));
  RunLoop();
  EXPECT_EQ(Parse(one.Receive().value_or("")).id, 1);
  EXPECT_EQ(Parse(other.Receive().value_or("")).id, 2);
}

TEST_F(UdpListenerTest, BurstLargerThanABatch) {
  UdpClient client(Listen("127.0.0.1:0"));
  constexpr int kBurst = 3 * UdpListener::kBatch + 5;
  for (int i = 0; i < kBurst; ++i) client.Send(QueryWithId(i));
  RunLoop();
  std::set<uint16_t> ids;
  while (const auto answer = client.Receive()) ids.insert(Parse(*answer).id);
  EXPECT_THAT(ids, SizeIs(kBurst));
}

// What the handler does about garbage depends on it.
TEST_F(UdpListenerTest, IsBehindWhileReadsComeBackFull) {
  std::vector<bool> behind;
  backend_.on_submit = [&](const BackendQuery&) { behind.push_back(listeners_.back()->behind()); };
  UdpClient client(Listen("127.0.0.1:0"));
  EXPECT_FALSE(listeners_.back()->behind());
  constexpr int kMore = 5;
  for (int i = 0; i < UdpListener::kBatch + kMore; ++i) client.Send(QueryWithId(i));
  RunLoop();
  ASSERT_THAT(behind, SizeIs(UdpListener::kBatch + kMore));
  for (size_t i = 0; i < behind.size(); ++i) EXPECT_EQ(behind[i], i < UdpListener::kBatch) << i;
  EXPECT_FALSE(listeners_.back()->behind());
}

TEST_F(UdpListenerTest, WhatWaitedTooLongGetsNoAnswerOnceTheWorkerIsBehind) {
  UdpClient client(Listen("127.0.0.1:0"));
  clock_.SetWallTime(absl::Now());
  const auto send_too_many = [&] {
    // More than one turn of the loop reads.
    for (int i = 0; i < 10 * UdpListener::kBatch; ++i) client.Send(QueryWithId(i));
  };
  const auto count_answers = [&] {
    int answers = 0;
    while (client.Receive().has_value()) ++answers;
    return answers;
  };
  send_too_many();
  clock_.Advance(absl::Seconds(10));
  RunLoop();
  EXPECT_EQ(count_answers(), 10 * UdpListener::kBatch) << "it keeps up";

  for (int i = 0; i < 2; ++i) {
    send_too_many();
    loop_.RunOnce(absl::ZeroDuration());
    clock_.Advance(ReceiveBacklog::kPressure);
  }
  RunLoop();
  count_answers();
  clock_.SetWallTime(absl::Now());
  client.Send(QueryWithId(1));
  RunLoop();
  EXPECT_EQ(count_answers(), 1) << "it is fresh";
  const int64_t dropped = Dropped("too_old");
  client.Send(QueryWithId(1));
  clock_.Advance(5 * ReceiveBacklog::kMaxAge);
  RunLoop();
  EXPECT_EQ(count_answers(), 0);
  EXPECT_EQ(Dropped("too_old"), dropped + 1);
  // A second without pressure ends it.
  clock_.Advance(ReceiveBacklog::kRelief);
  client.Send(QueryWithId(1));
  RunLoop();
  client.Send(QueryWithId(1));
  clock_.Advance(absl::Minutes(1));
  RunLoop();
  EXPECT_EQ(count_answers(), 2);
}

TEST_F(UdpListenerTest, CountsWhatItsSocketHadNoRoomFor) {
  UdpClient client(Listen("127.0.0.1:0"));
  constexpr int kMany = 100'000;
  int read = 0;
  backend_.on_submit = [&](const BackendQuery& query) {
    ++read;
    backend_.Answer(query.id, AnswerTo("a.test."));
  };
  for (int i = 0; i < kMany; ++i) client.Send(QueryWithId(i));
  for (int i = 0; i < 100; ++i) RunLoop();
  ASSERT_LT(read, kMany) << "a large buffer";
  EXPECT_EQ(Dropped("receive_buffer_full"), 0) << "asked for now and then only";
  listeners_.back()->OnTick();
  EXPECT_EQ(Dropped("receive_buffer_full"), kMany - read);
  listeners_.back()->OnTick();
  EXPECT_EQ(Dropped("receive_buffer_full"), kMany - read);
}

// Many answers at once, as when a batch comes from a backend: more than one system call takes.
TEST_F(UdpListenerTest, AnswersInOneGo) {
  backend_.on_submit = nullptr;
  UdpClient client(Listen("127.0.0.1:0"));
  constexpr int kBurst = 2 * UdpListener::kBatch + 1;
  for (int i = 0; i < kBurst; ++i) client.Send(QueryWithId(i));
  RunLoop();
  ASSERT_THAT(backend_.submitted, SizeIs(kBurst));
  for (const auto& submitted : backend_.submitted) backend_.Answer(submitted.query.id, AnswerTo("a.test."));
  RunLoop();
  int answers = 0;
  while (client.Receive().has_value()) ++answers;
  EXPECT_EQ(answers, kBurst);
}

TEST_F(UdpListenerTest, WildcardSocketAnswersFromTheAddressThatWasAsked) {
  const base::SocketAddress four = Listen("0.0.0.0:0");
  // Not connected: it takes answers from any address, and sees which.
  UdpClient client(base::SocketAddress::FromText("127.0.0.2:" + std::to_string(four.port())).value(), false);
  client.Send(QueryWithId(1));
  RunLoop();
  ASSERT_TRUE(client.Receive().has_value());
  EXPECT_EQ(client.from(), "127.0.0.2");

  const base::SocketAddress six = Listen("[::]:0");
  UdpClient client6(base::SocketAddress::FromText("[::1]:" + std::to_string(six.port())).value(), false);
  client6.Send(QueryWithId(1));
  RunLoop();
  ASSERT_TRUE(client6.Receive().has_value());
  EXPECT_EQ(client6.from(), "::1");
}

TEST_F(UdpListenerTest, GarbageIsSurvived) {
  UdpClient client(Listen("127.0.0.1:0"));
  client.Send("");
  client.Send("x");
  client.Send(std::string(12, '\xff'));
  client.Send(std::string(4096, '\0'));
  std::string too_large = QueryWithId(1);
  too_large.resize(UdpListener::kMaxQuerySize + 1);
  client.Send(too_large);
  client.Send(QueryWithId(2));
  RunLoop();
  std::vector<uint16_t> answered;
  while (const auto answer = client.Receive()) {
    if (Parse(*answer).rcode == dns::rcode::kNoError) answered.push_back(Parse(*answer).id);
    EXPECT_NE(Parse(*answer).id, 1) << "cut off";
  }
  EXPECT_THAT(answered, ::testing::ElementsAre(2));
}

TEST_F(UdpListenerTest, ClientThatIsGoneHarmsNobody) {
  backend_.on_submit = nullptr;
  const base::SocketAddress server = Listen("127.0.0.1:0");
  UdpClient client(server);
  { UdpClient(server).Send(QueryWithId(1)); }
  client.Send(QueryWithId(2));
  RunLoop();
  // The first answer makes the kernel report "port unreachable" to our socket.
  for (int i = 0; i < 2; ++i) {
    backend_.Answer(backend_.submitted[i].query.id, AnswerTo("a.test."));
    RunLoop();
  }
  EXPECT_TRUE(client.Receive().has_value());
  client.Send(QueryWithId(3));
  RunLoop();
  EXPECT_THAT(backend_.submitted, SizeIs(3));
}

TEST_F(UdpListenerTest, LeavingLosesNothing) {
  const base::SocketAddress server = Listen("127.0.0.1:0", 2);
  // Enough clients that the kernel gives each socket some.
  std::vector<std::unique_ptr<UdpClient>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<UdpClient>(server));
    clients.back()->Send(QueryWithId(i));
  }
  listeners_[0]->Leave();
  for (auto& client : clients) client->Send(QueryWithId(1000));
  RunLoop();
  for (size_t i = 0; i < clients.size(); ++i) {
    std::set<uint16_t> ids;
    while (const auto answer = clients[i]->Receive()) ids.insert(Parse(*answer).id);
    EXPECT_THAT(ids, ::testing::ElementsAre(i, 1000)) << "client " << i;
  }
  // And the one that left gets no more.
  listeners_.erase(listeners_.begin());
  for (auto& client : clients) client->Send(QueryWithId(2000));
  RunLoop();
  for (auto& client : clients) EXPECT_TRUE(client->Receive().has_value());
}

}  // namespace
}  // namespace strata::frontend
