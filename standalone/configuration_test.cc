// SPDX-License-Identifier: Apache-2.0
#include "standalone/configuration.h"

#include <string>

#include "base/config_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "standalone/zone_files.h"

namespace strata::standalone {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using AnyPolicy = frontend::QueryHandler::AnyPolicy;

v1::StandaloneConfig WithZone() {
  v1::StandaloneConfig config;
  config.add_bindzone("a.zone");
  return config;
}

std::string ErrorOf(const v1::StandaloneConfig& config) {
  return std::string(MakeConfiguration(config).status().message());
}

std::vector<std::string> Listens(const Configuration& configuration) {
  std::vector<std::string> texts;
  for (const base::SocketAddress& address : configuration.server.listen) texts.push_back(address.ToText());
  return texts;
}

TEST(Configuration, HasDefaults) {
  const auto made = MakeConfiguration(WithZone());
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_FALSE(Listens(*made).empty());
  EXPECT_EQ(Listens(*made)[0], "0.0.0.0:53");
  if (made->server.listen.size() > 1) {
    EXPECT_EQ(Listens(*made)[1], "[::]:53");
  }
  EXPECT_GE(made->server.workers, 1);
  EXPECT_FALSE(made->server.reuse_port);
  EXPECT_FALSE(made->server.worker.handler.log_queries);
  EXPECT_EQ(made->server.worker.handler.any, AnyPolicy::kMinimalUdp);
  EXPECT_EQ(made->server.worker.handler.max_udp_size, 1232);
}

TEST(Configuration, TakesWhatIsGiven) {
  v1::StandaloneConfig config;
  const absl::Status parsed = base::ParseConfig(
      "interface: [127.0.0.1, '::1']\nport: 5300\nbindzone: [a, b]\nzone: c\nverbose: true\nany: full\n"
      "max_udp_size: 1400\nreuse_port: true\nworkers: 2\nmax_tcp_connections: 100\n",
      "x.yaml", &config);
  ASSERT_TRUE(parsed.ok()) << parsed;
  const auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(Listens(*made), ElementsAre("127.0.0.1:5300", "[::1]:5300"));
  EXPECT_THAT(made->zone_files, ElementsAre("a", "b", "c"));
  EXPECT_TRUE(made->server.worker.handler.log_queries);
  EXPECT_EQ(made->server.worker.handler.any, AnyPolicy::kFull);
  EXPECT_EQ(made->server.worker.handler.max_udp_size, 1400);
  EXPECT_TRUE(made->server.reuse_port);
  EXPECT_EQ(made->server.workers, 2);
  // For each of two addresses and two workers.
  EXPECT_EQ(made->server.worker.tcp.max_connections, 25);
}

TEST(Configuration, PortZeroIsTheKernelsChoice) {
  v1::StandaloneConfig config = WithZone();
  config.add_interface("127.0.0.1");
  config.set_port(0);
  EXPECT_THAT(Listens(*MakeConfiguration(config)), ElementsAre("127.0.0.1:0"));
}

TEST(Configuration, WithoutZonesItNamesTheFlags) {
  EXPECT_THAT(ErrorOf({}), AllOf(HasSubstr("--bindzone="), HasSubstr("--zone=")));
}

TEST(Configuration, RefusesWhatCannotWork) {
  v1::StandaloneConfig config = WithZone();
  config.set_port(65536);
  EXPECT_THAT(ErrorOf(config), HasSubstr("--port=65536"));
  config = WithZone();
  config.set_max_udp_size(100);
  EXPECT_THAT(ErrorOf(config), HasSubstr("--max_udp_size=100"));
  for (const char* interface : {"127.0.0.1:53", "localhost", "[::1]:53", ""}) {
    config = WithZone();
    config.add_interface(interface);
    EXPECT_THAT(ErrorOf(config), HasSubstr(std::string("--interface=") + interface + ":")) << interface;
  }
}

TEST(Configuration, RefusesInterfacesThatOverlap) {
  v1::StandaloneConfig config = WithZone();
  config.add_interface("::");
  config.add_interface("127.0.0.1");
  EXPECT_TRUE(MakeConfiguration(config).ok());
  config.add_interface("127.0.0.1");
  EXPECT_EQ(ErrorOf(config), "--interface=127.0.0.1: is given twice");
  config.set_interface(2, "0.0.0.0");
  EXPECT_EQ(ErrorOf(config), "--interface=127.0.0.1: is part of 0.0.0.0");
}

TEST(Configuration, TheExampleCanBeServed) {
  v1::StandaloneConfig config;
  const absl::Status loaded = base::LoadConfigFile("deploy/config/strata.yaml", &config);
  ASSERT_TRUE(loaded.ok()) << loaded;
  const auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(Listens(*made), ElementsAre("127.0.0.1:5300"));
  EXPECT_TRUE(ZoneFiles(made->zone_files).Load().ok());
}

}  // namespace
}  // namespace strata::standalone
