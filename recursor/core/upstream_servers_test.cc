// Tests of the choice among servers.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_servers.h"

#include <vector>

#include "base/testing/fake_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

class UpstreamServersTest : public ::testing::Test {
 protected:
  ForwardSettings Settings(std::vector<absl::string_view> addresses) {
    ForwardSettings settings;
    for (absl::string_view address : addresses) settings.servers.push_back(*base::SocketAddress::FromText(address));
    return settings;
  }
  base::MonotonicTime Now() const { return clock_.MonotonicNow(); }
  void Silence(UpstreamServer& server) {
    clock_.Advance(absl::Seconds(2));
    server.OnAsked(Now());
    server.OnSilence(Now(), Now());
  }
  // How often each is chosen for the first try.
  std::vector<int> Choices(UpstreamServers& servers, int count) {
    std::vector<int> choices(servers.size());
    const std::vector<uint8_t> tries(servers.size());
    for (int i = 0; i < count; ++i) {
      const size_t chosen = *servers.Choose(tries, 3);
      clock_.Advance(absl::Milliseconds(1));
      servers[chosen].OnAsked(Now());
      ++choices[chosen];
    }
    return choices;
  }

  base::testing::FakeClock clock_;
  const ForwardSettings three_ = Settings({"192.0.2.1:53", "192.0.2.2:53", "192.0.2.3:53"});
};

TEST_F(UpstreamServersTest, TheFirstUntilAnotherIsKnownToBeFaster) {
  UpstreamServers servers(three_, nullptr);
  // Every twentieth question goes to the others by turns.
  EXPECT_THAT(Choices(servers, 400), ElementsAre(380, 10, 10));
  servers[0].OnUdpReply(absl::Milliseconds(40), Now());
  servers[1].OnUdpReply(absl::Milliseconds(20), Now());
  servers[2].OnUdpReply(absl::Milliseconds(19), Now());
  EXPECT_THAT(Choices(servers, 400), ElementsAre(380, 10, 10));  // 40 is not much slower than 19
  for (int i = 0; i < 50; ++i) servers[0].OnUdpReply(absl::Milliseconds(60), Now());
  EXPECT_THAT(Choices(servers, 400), ElementsAre(10, 380, 10));
}

TEST_F(UpstreamServersTest, RotatesWhenToldTo) {
  ForwardSettings settings = three_;
  settings.rotate = true;
  UpstreamServers servers(settings, nullptr);
  EXPECT_THAT(Choices(servers, 300), ElementsAre(100, 100, 100));
  Silence(servers[1]);
  EXPECT_THAT(Choices(servers, 300), ElementsAre(150, 0, 150));
}

TEST_F(UpstreamServersTest, EachOnceBeforeAnyTwiceAndSuspectsLast) {
  UpstreamServers servers(three_, nullptr);
  Silence(servers[0]);
  std::vector<uint8_t> tries(3);
  std::vector<size_t> order;
  while (const std::optional<size_t> next = servers.Choose(tries, 2)) {
    ++tries[*next];
    order.push_back(*next);
  }
  EXPECT_THAT(order, ElementsAre(1, 2, 1, 2, 0, 0));
}

TEST_F(UpstreamServersTest, ThoseThatAreExcludedAreNotChosen) {
  UpstreamServers servers(three_, nullptr);
  EXPECT_THAT(servers.Choose({255, 0, 255}, 3), Optional(1));
  EXPECT_EQ(servers.Choose({255, 3, 255}, 3), std::nullopt);
}

TEST_F(UpstreamServersTest, ProbesASuspectWhileOthersAreGood) {
  UpstreamServers servers(three_, nullptr);
  const std::vector<uint8_t> tries(3);
  EXPECT_EQ(servers.FindProbe(tries, Now()), std::nullopt);
  Silence(servers[1]);
  EXPECT_EQ(servers.FindProbe(tries, Now()), std::nullopt);  // too early
  clock_.Advance(absl::Seconds(2));
  EXPECT_THAT(servers.FindProbe(tries, Now()), Optional(1));
  EXPECT_EQ(servers.FindProbe({0, 1, 0}, Now()), std::nullopt);
  Silence(servers[0]);
  Silence(servers[2]);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(servers.FindProbe(tries, Now()), std::nullopt);  // they are asked anyway
}

TEST_F(UpstreamServersTest, ANewSetRemembersTheServersThatStay) {
  UpstreamServers servers(three_, nullptr);
  servers[1].OnUdpReply(absl::Milliseconds(7), Now());
  const UpstreamServers next(Settings({"192.0.2.9:53", "192.0.2.2:53", "192.0.2.1:5353"}), &servers);
  EXPECT_EQ(&next[1], &servers[1]);
  EXPECT_EQ(next[1].ExpectedRoundTrip(), absl::Milliseconds(7));
  EXPECT_NE(&next[2], &servers[0]);  // another port, another server
}

}  // namespace
}  // namespace strata::recursor
