// Thousands of TCP connections that stay open cost little memory, and no one his answer.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/attackers/loopback_sockets.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/process_usage.h"

namespace strata::tests {
namespace {

constexpr int kConnections = 15'000;
constexpr int64_t kMemory = 100 << 20;
// 127.0.3.0/24, for clients who may each have some.
constexpr int kNet = 3;
constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
const std::vector<std::string>& Flags() {
  static const auto* const flags = new std::vector<std::string>{"--max_tcp_connections=20000", "--tcp_idle_timeout=1h"};
  return *flags;
}

class TcpIdleTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!AllowOpenFiles(kConnections + 500)) GTEST_SKIP() << "the hard limit of open files is too low";
    if (GetParam()) {
      const std::string zone = cluster_.folder().Path("idle.test.zone");
      WriteFile(zone, kZone);
      std::vector<std::string> arguments = {"--bindzone=" + zone};
      arguments.insert(arguments.end(), Flags().begin(), Flags().end());
      server_ = &cluster_.StartStrata(arguments);
      ASSERT_TRUE(server_->WaitUntilReady()) << server_->Describe();
    } else {
      cluster_.WriteZone("idle.test", kZone);
      ASSERT_TRUE(cluster_.StartAll());
      server_ = &cluster_.frontend();
    }
  }

  Cluster cluster_{{.frontend_flags = Flags()}};
  Process* server_ = nullptr;
};

TEST_P(TcpIdleTest, FifteenThousandFitInto100MiB) {
  const std::string query = MakeQuery("www.idle.test.", dns::rr_type::kA);
  ASSERT_TRUE(TcpClient(cluster_.port()).Exchange(query).ok());
  const int64_t sockets = OpenSocketsOf(server_->pid());
  const int64_t resident = ResidentBytesOf(server_->pid());
  std::vector<std::unique_ptr<TcpClient>> clients;
  const absl::Time start = absl::Now();
  for (int i = 0; i < kConnections; ++i) {
    clients.push_back(std::make_unique<TcpClient>(cluster_.port(), LoopbackAddress(kNet, i).c_str()));
    // Half of them have had an answer, and what it needed.
    if (i % 2 == 0) {
      ASSERT_TRUE(clients.back()->Exchange(query).ok()) << i << server_->Describe();
    }
  }
  const absl::Duration took = absl::Now() - start;
  // The last ones need not be accepted yet.
  ASSERT_TRUE(clients.back()->Exchange(query).ok()) << server_->Describe();
  const int64_t connections = OpenSocketsOf(server_->pid()) - sockets;
  const int64_t grown = ResidentBytesOf(server_->pid()) - resident;
  printf("%lld connections, opened in %s, %lld KiB more memory\n", static_cast<long long>(connections),
         absl::FormatDuration(took).c_str(), static_cast<long long>(grown / 1024));
  EXPECT_GE(connections, kConnections - 10);
  EXPECT_LT(grown, kMemory);
  // Old and new ones are answered.
  EXPECT_TRUE(clients.front()->Exchange(query).ok());
  EXPECT_TRUE(clients[1]->Exchange(query).ok());
  EXPECT_TRUE(TcpClient(cluster_.port()).Exchange(query).ok());
  EXPECT_TRUE(UdpClient(cluster_.port()).Exchange(query).ok());
}

INSTANTIATE_TEST_SUITE_P(Servers, TcpIdleTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
