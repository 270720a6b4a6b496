// Tests of who holds connections, and who gives one up.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_clients.h"

#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/socket_address.h"
#include "gtest/gtest.h"

namespace strata::frontend {

// Stands for the real one, which is known by its address only.
class StreamConnection {
 public:
  StreamClients::Place place{this};
  int client = 0;
  bool working = false;
};

namespace {

ClientPrefix ClientOf(const std::string& text) {
  const auto address = base::SocketAddress::FromText(text + ":53").value();
  sockaddr_in6 peer{};
  std::memcpy(&peer, address.sockaddr_ptr(), address.sockaddr_size());
  return StreamClients::ClientOf(peer);
}

TEST(StreamClientTest, IsAnIpv4AddressOrTheNetworkOfASite) {
  EXPECT_EQ(ClientOf("192.0.2.1"), ClientOf("192.0.2.1"));
  EXPECT_NE(ClientOf("192.0.2.1"), ClientOf("192.0.2.2"));
  EXPECT_EQ(ClientOf("[2001:db8:0:1::1]"), ClientOf("[2001:db8:0:ff::2]"));
  EXPECT_NE(ClientOf("[2001:db8:0:100::1]"), ClientOf("[2001:db8:0:1::1]"));
  EXPECT_EQ(ClientOf("[::ffff:192.0.2.1]"), ClientOf("192.0.2.1"));
}

class StreamClientsTest : public ::testing::Test {
 protected:
  static ClientPrefix Client(int number) { return {.high = 0x20010db8, .low = static_cast<uint64_t>(number)}; }

  StreamConnection* Add(int client) {
    connections_.push_back(std::make_unique<StreamConnection>());
    connections_.back()->client = client;
    clients_.Add(Client(client), &connections_.back()->place);
    return connections_.back().get();
  }

  StreamClients clients_;
  std::vector<std::unique_ptr<StreamConnection>> connections_;
};

TEST_F(StreamClientsTest, NobodyIsDisplacedWhereNobodyIs) {
  EXPECT_EQ(clients_.Displaced(Client(1)), nullptr);
  EXPECT_EQ(clients_.Quietest(Client(1)), nullptr);
  EXPECT_EQ(clients_.held(Client(1)), 0u);
}

TEST_F(StreamClientsTest, QuietestOfAClient) {
  StreamConnection* a = Add(1);
  StreamConnection* b = Add(1);
  StreamConnection* c = Add(1);
  Add(2);
  EXPECT_EQ(clients_.held(Client(1)), 3u);
  EXPECT_EQ(clients_.Quietest(Client(1)), a);
  clients_.Touch(&a->place);
  EXPECT_EQ(clients_.Quietest(Client(1)), b);
  clients_.SetWorking(&b->place, true);
  EXPECT_EQ(clients_.Quietest(Client(1)), c);
  clients_.Remove(&c->place);
  EXPECT_EQ(clients_.Quietest(Client(1)), a);
  clients_.SetWorking(&a->place, true);
  EXPECT_EQ(clients_.Quietest(Client(1)), nullptr) << "all have work";
  clients_.SetWorking(&b->place, false);
  EXPECT_EQ(clients_.Quietest(Client(1)), b);
}

TEST_F(StreamClientsTest, WhoHoldsMostGivesUpItsQuietest) {
  StreamConnection* lone = Add(1);
  StreamConnection* first = Add(2);
  Add(2);
  EXPECT_EQ(clients_.Displaced(Client(3)), first) << "and not the one that was quiet for longest";
  clients_.Remove(&first->place);
  EXPECT_EQ(clients_.Displaced(Client(3)), lone) << "both hold one";
  clients_.Touch(&lone->place);
  EXPECT_NE(clients_.Displaced(Client(3)), lone);
}

TEST_F(StreamClientsTest, WorkIsInterruptedForFairnessOnly) {
  StreamConnection* a = Add(1);
  StreamConnection* b = Add(1);
  clients_.SetWorking(&a->place, true);
  EXPECT_EQ(clients_.Displaced(Client(2)), b);
  clients_.SetWorking(&b->place, true);
  EXPECT_EQ(clients_.Displaced(Client(2)), a) << "two of one client against none of the other";
  EXPECT_EQ(clients_.Displaced(Client(1)), nullptr) << "the same client";
  StreamConnection* c = Add(2);
  EXPECT_EQ(clients_.Displaced(Client(2)), nullptr) << "it would hold as many";
  clients_.Remove(&a->place);
  EXPECT_EQ(clients_.Displaced(Client(3)), c) << "of those that hold one, the one with nothing to do";
}

// Against a plain count of everything.
TEST_F(StreamClientsTest, AgreesWithCounting) {
  std::mt19937 random(1);
  std::vector<StreamConnection*> open;
  for (int step = 0; step < 20000; ++step) {
    const unsigned what = random() % 8;
    if (open.empty() || what < 3) {
      open.push_back(Add(static_cast<int>(random() % 7)));
    } else {
      const size_t i = random() % open.size();
      if (what < 5) {
        clients_.Remove(&open[i]->place);
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
      } else if (what < 6) {
        clients_.Touch(&open[i]->place);
      } else {
        open[i]->working = !open[i]->working;
        clients_.SetWorking(&open[i]->place, open[i]->working);
      }
    }
    std::map<int, size_t> held, idle;
    size_t most = 0;
    for (const StreamConnection* connection : open) {
      most = std::max(most, ++held[connection->client]);
      if (!connection->working) ++idle[connection->client];
    }
    bool any_idle = false;
    for (const auto& [client, count] : held) any_idle = any_idle || (count == most && idle[client] > 0);
    const int newcomer = static_cast<int>(random() % 7);
    ASSERT_EQ(clients_.held(Client(newcomer)), held[newcomer]);
    const StreamConnection* displaced = clients_.Displaced(Client(newcomer));
    if (any_idle) {
      ASSERT_NE(displaced, nullptr);
      ASSERT_FALSE(displaced->working);
      ASSERT_EQ(held[displaced->client], most);
    } else if (most > held[newcomer] + 1) {
      ASSERT_NE(displaced, nullptr);
      ASSERT_EQ(held[displaced->client], most);
    } else {
      ASSERT_EQ(displaced, nullptr);
    }
  }
}

}  // namespace
}  // namespace strata::frontend
