// Tests of the configuration: defaults, limits, and the words of its errors.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/configuration.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

v1::FrontendConfig Minimal() {
  v1::FrontendConfig config;
  config.add_authority("127.0.0.1");
  return config;
}

std::string Error(const v1::FrontendConfig& config) {
  const auto made = MakeConfiguration(config);
  return made.ok() ? "no error" : std::string(made.status().message());
}

TEST(ConfigurationTest, Defaults) {
  const auto made = MakeConfiguration(Minimal());
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_THAT(made->server.listen, SizeIs(1));
  EXPECT_EQ(made->server.listen[0].ToText(), "127.0.0.1:53");
  EXPECT_GE(made->server.workers, 1);
  EXPECT_FALSE(made->server.reuse_port);
  EXPECT_EQ(made->server.worker.handler.sender.max_udp_size, 1232);
  EXPECT_EQ(made->server.worker.handler.any, QueryHandler::AnyPolicy::kMinimalUdp);
  EXPECT_FALSE(made->server.worker.handler.start_without_authority);
  EXPECT_THAT(made->authorities, ElementsAre("127.0.0.1:5303"));
}

TEST(ConfigurationTest, EverythingIsHeard) {
  v1::FrontendConfig config = Minimal();
  config.add_listen("127.0.0.1:5300");
  config.add_listen("[::1]");
  config.add_authority("unix:/run/a.sock");
  config.set_any(v1::FULL);
  config.set_max_udp_size(4096);
  config.set_reuse_port(true);
  config.set_workers(3);
  config.set_start_without_authority(true);
  config.set_max_tcp_connections(600);
  config.set_max_tcp_connections_per_client(100);
  config.mutable_tcp_idle_timeout()->set_seconds(20);
  const auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_THAT(made->server.listen, SizeIs(2));
  EXPECT_EQ(made->server.listen[1].ToText(), "[::1]:53");
  EXPECT_THAT(made->authorities, ElementsAre("127.0.0.1:5303", "unix:/run/a.sock"));
  EXPECT_EQ(made->server.worker.handler.any, QueryHandler::AnyPolicy::kFull);
  EXPECT_EQ(made->server.worker.handler.sender.max_udp_size, 4096);
  EXPECT_TRUE(made->server.reuse_port);
  EXPECT_EQ(made->server.workers, 3);
  EXPECT_TRUE(made->server.worker.handler.start_without_authority);
  EXPECT_EQ(made->server.worker.tcp.max_connections, 200) << "600 over three workers";
  EXPECT_EQ(made->server.worker.tcp.max_connections_per_client, 34);
  EXPECT_EQ(made->server.worker.tcp.idle_timeout, absl::Seconds(20));
}

TEST(ConfigurationTest, LimitsOfTcp) {
  v1::FrontendConfig config = Minimal();
  config.set_workers(2);
  const auto made = MakeConfiguration(config);
  EXPECT_EQ(made->server.worker.tcp.max_connections, 10000);
  EXPECT_EQ(made->server.worker.tcp.max_connections_per_client, 0);
  EXPECT_EQ(made->server.worker.tcp.idle_timeout, absl::Seconds(10));
  config.set_max_tcp_connections(2000000);
  EXPECT_THAT(Error(config), HasSubstr("--max_tcp_connections=2000000: at most 1048576"));
  config = Minimal();
  config.set_max_tcp_connections_per_client(2000000);
  EXPECT_THAT(Error(config), HasSubstr("--max_tcp_connections_per_client=2000000: at most 1048576"));
  config = Minimal();
  config.mutable_tcp_idle_timeout()->set_nanos(99'000'000);
  EXPECT_THAT(Error(config), HasSubstr("--tcp_idle_timeout=99ms: from 100ms to 1h"));
  config.mutable_tcp_idle_timeout()->set_seconds(3601);
  EXPECT_THAT(Error(config), HasSubstr("--tcp_idle_timeout="));
  config.mutable_tcp_idle_timeout()->set_seconds(-1);
  EXPECT_THAT(Error(config), HasSubstr("--tcp_idle_timeout="));
}

TEST(ConfigurationTest, EachWorkerGetsAConnection) {
  v1::FrontendConfig config = Minimal();
  config.set_workers(8);
  config.set_max_tcp_connections(1);
  EXPECT_EQ(MakeConfiguration(config)->server.worker.tcp.max_connections, 1);
}

TEST(ConfigurationTest, ErrorsNameTheFlagAndWhatIsAccepted) {
  EXPECT_THAT(Error(v1::FrontendConfig()), AllOf(HasSubstr("--authority=127.0.0.1:5303"), HasSubstr("unix:")));
  v1::FrontendConfig config = Minimal();
  config.add_listen("localhost:53");
  EXPECT_THAT(Error(config), HasSubstr("--listen=localhost:53: "));
  config = Minimal();
  config.set_workers(257);
  EXPECT_THAT(Error(config), AllOf(HasSubstr("--workers=257"), HasSubstr("256")));
  for (const uint32_t size : {1u, 511u, 4097u, 65536u}) {
    config = Minimal();
    config.set_max_udp_size(size);
    EXPECT_THAT(Error(config), AllOf(HasSubstr("--max_udp_size=" + std::to_string(size)), HasSubstr("512 to 4096")));
  }
  config = Minimal();
  config.add_authority("192.0.2.1:5303");
  EXPECT_THAT(Error(config), AllOf(HasSubstr("--authority=192.0.2.1:5303"), HasSubstr("--insecure")));
  config.set_insecure(true);
  EXPECT_EQ(Error(config), "no error");
  config = Minimal();
  while (config.authority_size() <= kMaxReplicas) config.add_authority("127.0.0.1");
  EXPECT_THAT(Error(config), HasSubstr("--authority: at most 64"));
}

TEST(ConfigurationTest, AnyPolicies) {
  v1::FrontendConfig config = Minimal();
  for (const auto& [policy, expected] : {std::pair{v1::MINIMAL_UDP, QueryHandler::AnyPolicy::kMinimalUdp},
                                         std::pair{v1::MINIMAL, QueryHandler::AnyPolicy::kMinimal},
                                         std::pair{v1::FULL, QueryHandler::AnyPolicy::kFull}}) {
    config.set_any(policy);
    EXPECT_EQ(MakeConfiguration(config)->server.worker.handler.any, expected) << policy;
  }
}

// The all-in-one server has addresses of its own, and no authority to name.
TEST(ConfigurationTest, ServersPartAlone) {
  v1::FrontendConfig config;
  config.set_workers(2);
  config.set_max_udp_size(512);
  const std::vector<base::SocketAddress> listen(3);
  const auto made = MakeServerOptions(config, listen);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->listen, listen);
  EXPECT_EQ(made->workers, 2);
  EXPECT_EQ(made->worker.handler.sender.max_udp_size, 512);
  config.set_max_udp_size(511);
  EXPECT_FALSE(MakeServerOptions(config, listen).ok());
}

}  // namespace
}  // namespace strata::frontend
