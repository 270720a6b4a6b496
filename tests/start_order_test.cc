// Zone, authority and frontend, or recursor, cache and frontend, may come in any order; nothing needs a restart for it.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "dns/edns.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

enum class Part { kZone, kAuthority, kFrontend };

void Bring(Part part, Cluster* cluster) {
  switch (part) {
    case Part::kZone:
      return cluster->WriteZone("order.test", kZone);
    case Part::kAuthority:
      cluster->StartAuthority(0);
      return;
    case Part::kFrontend:
      cluster->StartFrontend();
      return;
  }
}

std::string OrderName(const testing::TestParamInfo<std::vector<Part>>& order) {
  const char* const names[] = {"Zone", "Authority", "Frontend"};
  std::string name;
  for (const Part part : order.param) name += names[static_cast<int>(part)];
  return name;
}

std::vector<std::vector<Part>> AllOrders() {
  std::vector<Part> order = {Part::kZone, Part::kAuthority, Part::kFrontend};
  std::vector<std::vector<Part>> orders;
  do {
    orders.push_back(order);
  } while (std::next_permutation(order.begin(), order.end()));
  return orders;
}

class StartOrderTest : public testing::TestWithParam<std::vector<Part>> {};

TEST_P(StartOrderTest, AnswersComeByThemselves) {
  Cluster cluster;
  const QueryLoad::Options question = {.port = cluster.port(), .name = "www.order.test.", .clients = 2};
  QueryLoad load(question);
  for (const Part part : GetParam()) {
    Bring(part, &cluster);
    absl::SleepFor(absl::Milliseconds(300));
  }
  EXPECT_TRUE(load.WaitFor([](const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }));
  EXPECT_TRUE(cluster.frontend().WaitUntilReady()) << cluster.frontend().Describe();
  EXPECT_TRUE(cluster.authority(0).running()) << cluster.authority(0).Describe();

  // Once an authority without the zone has told its list, "not ours" is the truth. Until then nobody may say so.
  const auto position = [&](Part part) { return std::find(GetParam().begin(), GetParam().end(), part); };
  const bool zone_is_late = position(Part::kZone) > position(Part::kAuthority);
  for (const Outcome& outcome : load.Stop()) {
    if (!outcome.answer.has_value() || outcome.Is(Ipv4(192, 0, 2, 2))) continue;
    if (zone_is_late && outcome.answer->rcode == dns::rcode::kRefused) continue;
    EXPECT_TRUE(outcome.IsServFail(dns::extended_error::kNotReady) ||
                outcome.IsServFail(dns::extended_error::kNetworkError))
        << outcome.Describe();
  }
}

INSTANTIATE_TEST_SUITE_P(Orders, StartOrderTest, testing::ValuesIn(AllOrders()), OrderName);

// The same for names of others: recursor, cache and frontend.
enum class ResolvingPart { kRecursor, kCache, kFrontend };

std::string ResolvingOrderName(const testing::TestParamInfo<std::vector<ResolvingPart>>& order) {
  const char* const names[] = {"Recursor", "Cache", "Frontend"};
  std::string name;
  for (const ResolvingPart part : order.param) name += names[static_cast<int>(part)];
  return name;
}

std::vector<std::vector<ResolvingPart>> AllResolvingOrders() {
  std::vector<ResolvingPart> order = {ResolvingPart::kRecursor, ResolvingPart::kCache, ResolvingPart::kFrontend};
  std::vector<std::vector<ResolvingPart>> orders;
  do {
    orders.push_back(order);
  } while (std::next_permutation(order.begin(), order.end()));
  return orders;
}

class ResolvingStartOrderTest : public testing::TestWithParam<std::vector<ResolvingPart>> {};

TEST_P(ResolvingStartOrderTest, AnswersComeByThemselves) {
  const Upstream upstream;
  ClusterShape shape;
  shape.authorities = 0;
  shape.caches = 1;
  shape.recursors = 1;
  shape.recursor_flags = {"--forward=" + upstream.address()};
  Cluster cluster(shape);
  const std::string name = "ttl-1.order.test.";
  QueryLoad load({.port = cluster.port(), .name = name, .recursion_desired = true, .clients = 2});
  for (const ResolvingPart part : GetParam()) {
    if (part == ResolvingPart::kRecursor) cluster.StartRecursor(0);
    if (part == ResolvingPart::kCache) cluster.StartCache(0);
    if (part == ResolvingPart::kFrontend) cluster.StartFrontend();
    absl::SleepFor(absl::Milliseconds(300));
  }
  EXPECT_TRUE(load.WaitFor([&](const Outcome& outcome) { return outcome.Is(AddressOf(name)); }));
  EXPECT_TRUE(cluster.frontend().WaitUntilReady()) << cluster.frontend().Describe();
  ASSERT_TRUE(cluster.WaitUntilConnected());
  for (const Outcome& outcome : load.Stop()) {
    if (!outcome.answer.has_value() || outcome.Is(AddressOf(name))) continue;
    EXPECT_TRUE(outcome.IsServFail(dns::extended_error::kNotReady) ||
                outcome.IsServFail(dns::extended_error::kNetworkError))
        << outcome.Describe();
  }
  // The cache is in use.
  const std::string other = "www.order.test.";
  for (int i = 0; i < 2; ++i) {
    const absl::StatusOr<dns::Message> answer =
        Ask(cluster.port(), other, dns::rr_type::kA, {.recursion_desired = true});
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->answer.size(), 1u);
    absl::SleepFor(absl::Milliseconds(200));
  }
  EXPECT_EQ(upstream.Count(other, dns::rr_type::kA), 1);
}

INSTANTIATE_TEST_SUITE_P(Orders, ResolvingStartOrderTest, testing::ValuesIn(AllResolvingOrders()), ResolvingOrderName);

TEST(FrontendAloneTest, SaysThatItIsNotReady) {
  Cluster cluster;
  Process& frontend = cluster.StartFrontend();
  QueryLoad load({.port = cluster.port(), .name = "www.order.test.", .clients = 1});
  EXPECT_TRUE(load.WaitFor([](const Outcome& outcome) { return outcome.answer.has_value(); })) << frontend.Describe();
  absl::SleepFor(absl::Seconds(1));
  for (const Outcome& outcome : load.Stop()) {
    if (!outcome.answer.has_value()) continue;
    EXPECT_TRUE(outcome.IsServFail(dns::extended_error::kNotReady)) << outcome.Describe();
  }
  EXPECT_EQ(frontend.Stdout(), "") << "It must not call itself ready.";
}

}  // namespace
}  // namespace strata::tests
