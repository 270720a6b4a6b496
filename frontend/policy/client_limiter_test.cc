// Tests of limits per client.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/client_limiter.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "frontend/testing/addresses.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

ClientLimiter::Ticket Enter(ClientLimiter* limiter, const std::string& client) {
  return limiter->Enter(testing::Address(client).sockaddr_ptr());
}

constexpr auto kRefused = ClientLimiter::kRefused;

TEST(ClientLimiterTest, SoManyOfOneClient) {
  ClientLimiter limiter(2, 100);
  const auto one = Enter(&limiter, "192.0.2.1"), two = Enter(&limiter, "192.0.2.1");
  EXPECT_NE(one, kRefused);
  EXPECT_NE(two, kRefused);
  EXPECT_EQ(Enter(&limiter, "192.0.2.1"), kRefused);
  EXPECT_NE(Enter(&limiter, "192.0.2.2"), kRefused) << "another one has its own";
  limiter.Leave(one);
  EXPECT_NE(Enter(&limiter, "192.0.2.1"), kRefused);
  EXPECT_EQ(Enter(&limiter, "192.0.2.1"), kRefused);
  EXPECT_EQ(limiter.client_count(), 2u);
}

TEST(ClientLimiterTest, AClientIsAnIpv6NetworkOf64Bits) {
  ClientLimiter limiter(1, 100);
  EXPECT_NE(Enter(&limiter, "2001:db8:0:1::1"), kRefused);
  EXPECT_EQ(Enter(&limiter, "2001:db8:0:1:ffff::2"), kRefused);
  EXPECT_NE(Enter(&limiter, "2001:db8:0:2::1"), kRefused);
}

TEST(ClientLimiterTest, AMappedAddressIsTheIpv4One) {
  ClientLimiter limiter(1, 100);
  EXPECT_NE(Enter(&limiter, "::ffff:192.0.2.1"), kRefused);
  EXPECT_EQ(Enter(&limiter, "192.0.2.1"), kRefused);
  EXPECT_NE(Enter(&limiter, "::ffff:192.0.2.2"), kRefused);
}

TEST(ClientLimiterTest, WhoHasLeftIsForgotten) {
  ClientLimiter limiter(3, 10);
  std::vector<ClientLimiter::Ticket> tickets;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 10; ++i) {
      for (int n = 0; n < 3; ++n) {
        tickets.push_back(Enter(&limiter, "192.0.2." + std::to_string(10 * round + i)));
        ASSERT_NE(tickets.back(), kRefused);
      }
    }
    EXPECT_EQ(limiter.client_count(), 10u);
    for (const auto ticket : tickets) limiter.Leave(ticket);
    tickets.clear();
    EXPECT_EQ(limiter.client_count(), 0u);
  }
}

TEST(ClientLimiterTest, NoMoreClientsThanSaid) {
  ClientLimiter limiter(2, 2);
  const auto one = Enter(&limiter, "192.0.2.1");
  Enter(&limiter, "192.0.2.2");
  EXPECT_EQ(Enter(&limiter, "192.0.2.3"), kRefused);
  EXPECT_NE(Enter(&limiter, "192.0.2.1"), kRefused);
  limiter.Leave(one);
  EXPECT_EQ(Enter(&limiter, "192.0.2.3"), kRefused);
  limiter.Leave(one);
  EXPECT_NE(Enter(&limiter, "192.0.2.3"), kRefused);
}

// Against a table that is plain to see.
TEST(ClientLimiterTest, CountsAsItShould) {
  constexpr uint32_t kMax = 5;
  constexpr int kClients = 400, kMaxWaiting = 1000;
  ClientLimiter limiter(kMax, kMaxWaiting);
  std::mt19937 random(1);
  std::map<uint32_t, uint32_t> waiting;
  std::vector<std::pair<uint32_t, ClientLimiter::Ticket>> tickets;
  for (int i = 0; i < 200'000; ++i) {
    if (tickets.size() == kMaxWaiting || (!tickets.empty() && random() % 2 == 0)) {
      std::swap(tickets[random() % tickets.size()], tickets.back());
      const auto [client, ticket] = tickets.back();
      tickets.pop_back();
      limiter.Leave(ticket);
      if (--waiting[client] == 0) waiting.erase(client);
    } else {
      sockaddr_in address{};
      address.sin_family = AF_INET;
      const uint32_t client = address.sin_addr.s_addr = random() % kClients;
      const auto ticket = limiter.Enter(reinterpret_cast<const sockaddr*>(&address));
      ASSERT_EQ(ticket == kRefused, waiting.count(client) != 0 && waiting[client] == kMax);
      if (ticket == kRefused) continue;
      ++waiting[client];
      tickets.emplace_back(client, ticket);
    }
    ASSERT_EQ(limiter.client_count(), waiting.size());
  }
}

}  // namespace
}  // namespace strata::frontend
