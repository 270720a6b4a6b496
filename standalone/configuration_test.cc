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
  EXPECT_FALSE(made->server.worker.handler.sender.log_queries);
  EXPECT_EQ(made->server.worker.handler.any, AnyPolicy::kMinimalUdp);
  EXPECT_EQ(made->server.worker.handler.sender.max_udp_size, 1232);
}

TEST(Configuration, TakesWhatIsGiven) {
  v1::StandaloneConfig config;
  const absl::Status parsed = base::ParseConfig(
      "interface: [127.0.0.1, '::1']\nport: 5300\npyzone: p\nbindzone: [a, b]\nzone: c\nverbose: true\nany: full\n"
      "max_udp_size: 1400\nreuse_port: true\nworkers: 2\nmax_tcp_connections: 100\n"
      "max_tcp_connections_per_client: 10\ntcp_idle_timeout: 3s\n",
      "x.yaml", &config);
  ASSERT_TRUE(parsed.ok()) << parsed;
  const auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(Listens(*made), ElementsAre("127.0.0.1:5300", "[::1]:5300"));
  ASSERT_EQ(made->zone_files.size(), 4u);
  EXPECT_EQ(made->zone_files[0].path, "p");
  EXPECT_EQ(made->zone_files[0].format, zonec::Format::kPyzone);
  EXPECT_EQ(made->zone_files[2].path, "b");
  EXPECT_EQ(made->zone_files[2].format, zonec::Format::kBind);
  EXPECT_EQ(made->zone_files[3].path, "c");
  EXPECT_FALSE(made->zone_files[3].format.has_value()) << "the content tells";
  EXPECT_TRUE(made->server.worker.handler.sender.log_queries);
  EXPECT_EQ(made->server.worker.handler.any, AnyPolicy::kFull);
  EXPECT_EQ(made->server.worker.handler.sender.max_udp_size, 1400);
  EXPECT_TRUE(made->server.reuse_port);
  EXPECT_EQ(made->server.workers, 2);
  // For each of two workers.
  EXPECT_EQ(made->server.worker.tcp.max_connections, 50);
  EXPECT_EQ(made->server.worker.tcp.max_connections_per_client, 5);
  EXPECT_EQ(made->server.worker.tcp.idle_timeout, absl::Seconds(3));
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

TEST(Configuration, ResolvesByWhatIsNamed) {
  EXPECT_FALSE(MakeConfiguration(WithZone())->resolver.has_value());
  v1::StandaloneConfig config;
  config.set_recursive(true);
  auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->resolver->resolv_conf, "/etc/resolv.conf") << "as the machine itself does";
  EXPECT_FALSE(made->cache.has_value());

  config.Clear();
  config.add_forward("192.0.2.1");
  config.set_hosts_file("hosts");
  made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_EQ(made->resolver->forward.size(), 1u);
  EXPECT_EQ(made->resolver->forward[0].ToText(), "192.0.2.1:53");
  EXPECT_EQ(made->resolver->resolv_conf, "");
  EXPECT_EQ(made->resolver->hosts_file, "hosts");

  config.Clear();
  config.set_hosts_file("hosts");
  made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->resolver->hosts_file, "hosts");
  EXPECT_EQ(made->resolver->resolv_conf, "") << "nobody else is asked";

  config.Clear();
  config.set_resolv_conf("mine");
  made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->resolver->resolv_conf, "mine");
}

TEST(Configuration, Remembers) {
  v1::StandaloneConfig config;
  config.set_recursive(true);
  config.set_cache(true);
  auto made = MakeConfiguration(config);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->cache->memory_bytes, size_t{256} << 20);
  config.set_cache(false);
  config.set_cache_memory("64MiB");
  EXPECT_EQ(MakeConfiguration(config)->cache->memory_bytes, size_t{64} << 20);
  config.set_cache_memory("much");
  EXPECT_THAT(ErrorOf(config), HasSubstr("--cache_memory=much: expected a number of octets"));
}

TEST(Configuration, WhatNeedsRecursionSaysSo) {
  v1::StandaloneConfig config = WithZone();
  config.set_cache(true);
  EXPECT_THAT(ErrorOf(config), AllOf(HasSubstr("--cache: "), HasSubstr("add --recursive")));
  config = WithZone();
  config.add_allow_recursion("any");
  EXPECT_THAT(ErrorOf(config), AllOf(HasSubstr("--allow_recursion: "), HasSubstr("add --recursive")));
  config.set_recursive(true);
  EXPECT_TRUE(MakeConfiguration(config).ok());
  config.add_allow_recursion("1.2.3");
  EXPECT_THAT(ErrorOf(config), HasSubstr("--allow_recursion: '1.2.3'"));
}

TEST(Configuration, SecondaryIsNotThereYet) {
  v1::StandaloneConfig config = WithZone();
  config.add_secondary("192.0.2.1/a.test");
  EXPECT_THAT(ErrorOf(config), AllOf(HasSubstr("--secondary=192.0.2.1/a.test"), HasSubstr("--bindzone=FILE")));
}

}  // namespace
}  // namespace strata::standalone
