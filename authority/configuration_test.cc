// SPDX-License-Identifier: Apache-2.0
#include "authority/configuration.h"

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

v1::AuthorityConfig Minimal() {
  v1::AuthorityConfig config;
  config.set_snapshots("/zones");
  return config;
}

TEST(ConfigurationTest, Defaults) {
  const auto configuration = MakeConfiguration(Minimal());
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->listen, "127.0.0.1:5303");
  EXPECT_EQ(configuration->store.snapshots, "/zones");
  EXPECT_EQ(configuration->store.state, "/zones/.state");
  EXPECT_EQ(configuration->store.keep, 3u);
  EXPECT_GE(configuration->workers, 1);
  EXPECT_FALSE(configuration->insecure);
  EXPECT_EQ(configuration->admin_listen, std::nullopt);
}

TEST(ConfigurationTest, WhatIsGivenIsTaken) {
  v1::AuthorityConfig config = Minimal();
  config.set_state("/state");
  config.set_keep(0);
  config.set_workers(3);
  config.set_insecure(true);
  config.set_admin_listen("[::1]");
  config.set_listen("unix:/run/authority.sock");
  const auto configuration = MakeConfiguration(config);
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->store.state, "/state");
  EXPECT_EQ(configuration->store.keep, 0u);
  EXPECT_EQ(configuration->workers, 3);
  EXPECT_TRUE(configuration->insecure);
  ASSERT_TRUE(configuration->admin_listen.has_value());
  EXPECT_EQ(configuration->admin_listen->ToText(), "[::1]:9166");
  EXPECT_EQ(configuration->listen, "unix:/run/authority.sock");
}

TEST(ConfigurationTest, ListenAddresses) {
  auto listen = [](const char* text) {
    v1::AuthorityConfig config = Minimal();
    config.set_listen(text);
    return MakeConfiguration(config);
  };
  EXPECT_EQ(listen("127.0.0.2")->listen, "127.0.0.2:5303");
  EXPECT_EQ(listen("127.0.0.1:0")->listen, "127.0.0.1:0");
  EXPECT_EQ(listen("[::1]:99")->listen, "[::1]:99");
  EXPECT_THAT(listen("no address"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--listen=no address")));
}

TEST(ConfigurationTest, ErrorsNameTheKey) {
  EXPECT_THAT(MakeConfiguration({}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--snapshots is missing")));
  v1::AuthorityConfig config = Minimal();
  config.set_workers(257);
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--workers=257")));
  config = Minimal();
  config.set_keep(101);
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--keep")));
}

}  // namespace
}  // namespace strata::authority
