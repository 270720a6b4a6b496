// SPDX-License-Identifier: Apache-2.0
#include "recursor/configuration.h"

#include <string>

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::RecursorConfig Forwarding(const std::string& server) {
  v1::RecursorConfig config;
  config.add_forward(server);
  return config;
}

TEST(ConfigurationTest, Defaults) {
  const auto configuration = MakeConfiguration(Forwarding("192.0.2.1"));
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->listen, "127.0.0.1:5302");
  EXPECT_FALSE(configuration->insecure);
  EXPECT_EQ(configuration->admin_listen, std::nullopt);
  EXPECT_GE(configuration->workers, 1);
  EXPECT_EQ(configuration->resolver.loops, configuration->workers);
  EXPECT_EQ(configuration->resolver.resolv_conf, "");
  EXPECT_EQ(configuration->resolver.hosts_file, "");
}

TEST(ConfigurationTest, WhatIsGivenIsTaken) {
  v1::RecursorConfig config;
  config.set_listen("unix:/run/recursor.sock");
  config.set_insecure(true);
  config.set_admin_listen("[::1]");
  config.set_workers(3);
  config.set_resolv_conf("/etc/resolv.conf");
  config.set_hosts_file("/etc/hosts");
  const auto configuration = MakeConfiguration(config);
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->listen, "unix:/run/recursor.sock");
  EXPECT_TRUE(configuration->insecure);
  ASSERT_TRUE(configuration->admin_listen.has_value());
  EXPECT_EQ(configuration->admin_listen->ToText(), "[::1]:9165");
  EXPECT_EQ(configuration->workers, 3);
  EXPECT_EQ(configuration->resolver.loops, 3);
  EXPECT_THAT(configuration->resolver.forward, IsEmpty());
  EXPECT_EQ(configuration->resolver.resolv_conf, "/etc/resolv.conf");
  EXPECT_EQ(configuration->resolver.hosts_file, "/etc/hosts");
}

TEST(ConfigurationTest, Servers) {
  auto server = [](const char* text) {
    const auto configuration = MakeConfiguration(Forwarding(text));
    return configuration.ok() ? configuration->resolver.forward.at(0).ToText()
                              : std::string(configuration.status().message());
  };
  EXPECT_EQ(server("192.0.2.1"), "192.0.2.1:53");
  EXPECT_EQ(server("192.0.2.1:5353"), "192.0.2.1:5353");
  EXPECT_EQ(server("2001:db8::1"), "[2001:db8::1]:53");
  EXPECT_EQ(server("[2001:db8::1]:99"), "[2001:db8::1]:99");
  for (const char* text : {"dns.example", "192.0.2.1:", "192.0.2.1:0", "0.0.0.0", "[::]:53", ""}) {
    EXPECT_THAT(server(text), HasSubstr("--forward=" + std::string(text) + ": "));
  }
}

TEST(ConfigurationTest, SomebodyMustBeAsked) {
  v1::RecursorConfig config;
  config.set_hosts_file("/etc/hosts");
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                  AllOf(HasSubstr("--forward"), HasSubstr("--resolv_conf"))));
}

TEST(ConfigurationTest, ErrorsNameTheKey) {
  v1::RecursorConfig config = Forwarding("192.0.2.1");
  config.set_workers(257);
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--workers=257")));
  config.clear_workers();
  config.set_listen("nowhere");
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--listen=nowhere")));
}

}  // namespace
}  // namespace strata::recursor
