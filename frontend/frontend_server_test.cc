// Tests of the frontend as a whole, without gRPC: addresses, workers, start and stop.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/frontend_server.h"

#include <sys/socket.h>

#include <memory>
#include <string>
#include <vector>

#include "frontend/testing/dns_client.h"
#include "frontend/testing/group_of_one.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::DnsClient;
using testing::GroupControl;
using testing::GroupOfOne;
using ::testing::HasSubstr;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;
using testing::Zones;

class FrontendServerTest : public ::testing::Test {
 protected:
  FrontendServerTest() { zones_.Publish(Zones({{"test.", 1}})); }

  absl::StatusOr<std::unique_ptr<FrontendServer>> Start(const std::vector<std::string>& listen) {
    options_.listen.clear();
    for (const std::string& address : listen) {
      options_.listen.push_back(base::SocketAddress::FromText(address).value());
    }
    return FrontendServer::Start(options_, GroupOfOne::Factory(&control_), zones_);
  }

  static bool Answers(const base::SocketAddress& address, int type) {
    DnsClient client(address, type);
    if (!client.connected()) return false;
    client.Send(Wire(Query("a.test.")));
    const auto answer = client.Receive();
    return answer.has_value() && Parse(*answer).answer.size() == 1;
  }

  FrontendOptions options_;
  PublishedZones zones_;
  GroupControl control_;
};

TEST_F(FrontendServerTest, ServesEveryAddress) {
  options_.workers = 2;
  const auto server = Start({"127.0.0.1:0", "[::1]:0"});
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_THAT((*server)->addresses(), SizeIs(2));
  for (const base::SocketAddress& address : (*server)->addresses()) {
    EXPECT_NE(address.port(), 0);
    EXPECT_TRUE(Answers(address, SOCK_DGRAM)) << address.ToText();
    EXPECT_TRUE(Answers(address, SOCK_STREAM)) << address.ToText();
  }
}

TEST_F(FrontendServerTest, EveryWorkerServes) {
  options_.workers = 4;
  const auto server = Start({"127.0.0.1:0"});
  ASSERT_TRUE(server.ok()) << server.status();
  // The kernel spreads clients by their ports; enough of them reach all workers.
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Answers((*server)->addresses()[0], i % 4 == 0 ? SOCK_STREAM : SOCK_DGRAM));
}

TEST_F(FrontendServerTest, TakenPortStartsNothing) {
  const auto first = Start({"127.0.0.1:0"});
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string taken = (*first)->addresses()[0].ToText();
  const auto second = Start({"127.0.0.1:0", taken});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(taken));
}

TEST_F(FrontendServerTest, PortIsFreeAfterItsEnd) {
  base::SocketAddress address;
  for (int round = 0; round < 3; ++round) {
    const auto server = Start({round == 0 ? "127.0.0.1:0" : address.ToText()});
    ASSERT_TRUE(server.ok()) << server.status();
    address = (*server)->addresses()[0];
    EXPECT_TRUE(Answers(address, SOCK_STREAM));
    (*server)->Stop(absl::Seconds(10));
    (*server)->Stop(absl::Seconds(10));
  }
}

}  // namespace
}  // namespace strata::frontend
