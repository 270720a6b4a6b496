// SPDX-License-Identifier: Apache-2.0
#include "cache/configuration.h"

#include <string>

#include "absl/time/time.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::cache {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<Configuration> WithMemory(const std::string& memory) {
  v1::CacheConfig config;
  config.set_memory(memory);
  return MakeConfiguration(config);
}

TEST(ConfigurationTest, Defaults) {
  const auto configuration = MakeConfiguration({});
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->listen, "127.0.0.1:5301");
  EXPECT_FALSE(configuration->insecure);
  EXPECT_EQ(configuration->admin_listen, std::nullopt);
  EXPECT_GE(configuration->workers, 1);
  EXPECT_EQ(configuration->cache.memory_bytes, size_t{256} << 20);
  EXPECT_EQ(configuration->cache.max_ttl, absl::Seconds(86400));
  EXPECT_EQ(configuration->cache.max_negative_ttl, absl::Seconds(3600));
}

TEST(ConfigurationTest, WhatIsGivenIsTaken) {
  v1::CacheConfig config;
  config.set_listen("unix:/run/cache.sock");
  config.set_insecure(true);
  config.set_admin_listen("[::1]");
  config.set_workers(2);
  config.set_memory("2GiB");
  config.set_max_ttl(600);
  config.set_max_negative_ttl(60);
  const auto configuration = MakeConfiguration(config);
  ASSERT_THAT(configuration, IsOk());
  EXPECT_EQ(configuration->listen, "unix:/run/cache.sock");
  EXPECT_TRUE(configuration->insecure);
  ASSERT_TRUE(configuration->admin_listen.has_value());
  EXPECT_EQ(configuration->admin_listen->ToText(), "[::1]:9164");
  EXPECT_EQ(configuration->workers, 2);
  EXPECT_EQ(configuration->cache.memory_bytes, size_t{2} << 30);
  EXPECT_EQ(configuration->cache.max_ttl, absl::Seconds(600));
  EXPECT_EQ(configuration->cache.max_negative_ttl, absl::Seconds(60));
}

TEST(ConfigurationTest, Sizes) {
  EXPECT_EQ(WithMemory("1048576")->cache.memory_bytes, 1048576u);
  EXPECT_EQ(WithMemory("1024KiB")->cache.memory_bytes, 1048576u);
  EXPECT_EQ(WithMemory("1MiB")->cache.memory_bytes, 1048576u);
  EXPECT_EQ(WithMemory("3GiB")->cache.memory_bytes, size_t{3} << 30);
}

TEST(ConfigurationTest, SizesThatAreNone) {
  for (const char* text :
       {"much", "256MB", "256 MiB", "MiB", "-1", "+5MiB", "1.5GiB", "0x100000", "1MiBKiB", " 9MiB"}) {
    EXPECT_THAT(WithMemory(text), StatusIs(absl::StatusCode::kInvalidArgument,
                                           HasSubstr("--memory=" + std::string(text) + ": expected a number")));
  }
  for (const char* text : {"0", "1048575", "1023KiB", "0GiB"}) {
    EXPECT_THAT(WithMemory(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at least 1MiB")));
  }
  for (const char* text : {"18446744073709551616", "17179869184GiB", "99999999999999999999999MiB"}) {
    EXPECT_THAT(WithMemory(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("can address")));
  }
}

TEST(ConfigurationTest, ErrorsNameTheKey) {
  v1::CacheConfig config;
  config.set_max_ttl(0x80000000);
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--max_ttl=21474")));
  config.clear_max_ttl();
  config.set_max_negative_ttl(0x80000000);
  EXPECT_THAT(MakeConfiguration(config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--max_negative_ttl=")));
  config.clear_max_negative_ttl();
  config.set_workers(257);
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--workers=257")));
  config.clear_workers();
  config.set_listen("nowhere");
  EXPECT_THAT(MakeConfiguration(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--listen=nowhere")));
}

}  // namespace
}  // namespace strata::cache
