// Tests of a worker's thread: it serves, and ends without losing what has come.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/worker.h"

#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <thread>

#include "frontend/net/listen_sockets.h"
#include "frontend/testing/dns_client.h"
#include "frontend/testing/group_of_one.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::DnsClient;
using testing::GroupControl;
using testing::GroupOfOne;
using testing::Parse;
using testing::Query;
using testing::Wire;
using testing::Zones;

class WorkerTest : public ::testing::Test {
 protected:
  WorkerTest() { zones_.Publish(Zones({{"test.", 1}})); }

  void Start() {
    worker_ = std::make_unique<Worker>(Worker::Options(), GroupOfOne::Factory(&control_), zones_, clock_);
    const auto sockets = OpenListenSockets(base::SocketAddress::FromText("127.0.0.1:0").value(), 1, false);
    ASSERT_TRUE(sockets.ok()) << sockets.status();
    worker_->AddUdpSocket(sockets->udp[0]);
    worker_->AddTcpSocket(sockets->tcp[0]);
    address_ = sockets->address;
    worker_->Start();
  }
  // Until a query waits at the backend.
  void AwaitQuery() {
    while (control_.waiting == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  base::RealClock clock_;
  PublishedZones zones_;
  GroupControl control_;
  base::SocketAddress address_;
  std::unique_ptr<Worker> worker_;
};

TEST_F(WorkerTest, ServesUdpAndTcp) {
  Start();
  for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
    DnsClient client(address_, type);
    for (int i = 0; i < 3; ++i) {
      client.Send(Wire(Query("a.test.")));
      const auto answer = client.Receive();
      ASSERT_TRUE(answer.has_value());
      EXPECT_EQ(Parse(*answer).answer.size(), 1u);
    }
  }
}

TEST_F(WorkerTest, SeesZonesThatArePublishedLater) {
  zones_.Publish(Zones({}));
  Start();
  DnsClient client(address_, SOCK_DGRAM);
  client.Send(Wire(Query("a.test.")));
  EXPECT_EQ(Parse(client.Receive().value_or("")).rcode, dns::rcode::kRefused);
  zones_.Publish(Zones({{"test.", 1}}));
  client.Send(Wire(Query("a.test.")));
  EXPECT_EQ(Parse(client.Receive().value_or("")).rcode, dns::rcode::kNoError);
}

TEST_F(WorkerTest, DeadlinesPassWithoutTraffic) {
  control_.hold = true;
  Start();
  DnsClient client(address_, SOCK_DGRAM);
  client.Send(Wire(Query("a.test.")));
  EXPECT_EQ(Parse(client.Receive().value_or("")).rcode, dns::rcode::kServFail);
}

TEST_F(WorkerTest, AnswersWhatHasComeBeforeItStops) {
  control_.hold = true;
  Start();
  for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
    SCOPED_TRACE(type);
    if (!worker_) Start();
    control_.hold = true;
    DnsClient client(address_, type);
    client.Send(Wire(Query("a.test.")));
    AwaitQuery();
    std::thread stop([this] { worker_->Stop(absl::Seconds(30)); });
    control_.hold = false;
    stop.join();
    const auto answer = client.Receive();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(Parse(*answer).rcode, dns::rcode::kNoError);
    worker_.reset();
    control_.waiting = 0;
  }
}

TEST_F(WorkerTest, GraceIsNotForever) {
  control_.hold = true;
  Start();
  DnsClient client(address_, SOCK_STREAM);
  client.Send(Wire(Query("a.test.")));
  AwaitQuery();
  worker_->Stop(absl::ZeroDuration());
  worker_->Stop(absl::ZeroDuration());
  worker_.reset();
  EXPECT_FALSE(client.Receive().has_value());
}

TEST_F(WorkerTest, OneThatWasNeverStartedEnds) {
  const Worker worker(Worker::Options(), GroupOfOne::Factory(&control_), zones_, clock_);
}

}  // namespace
}  // namespace strata::frontend
