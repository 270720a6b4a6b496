// Tests of which library is taken, and that a channel takes nothing from the machine.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_library.h"

#include <arpa/inet.h>

#include <cstdlib>
#include <string>

#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

constexpr int Version(int major, int minor, int patch) { return major << 16 | minor << 8 | patch; }

TEST(CheckCaresVersion, OnlyTheOneThatIsKnown) {
  EXPECT_TRUE(CheckCaresVersion(Version(1, 18, 0)).ok());
  EXPECT_TRUE(CheckCaresVersion(Version(1, 18, 1)).ok());
  for (const int version : {Version(1, 17, 2), Version(1, 19, 0), Version(1, 34, 5), Version(2, 18, 1)}) {
    EXPECT_EQ(CheckCaresVersion(version).code(), absl::StatusCode::kFailedPrecondition) << version;
  }
  EXPECT_NE(std::string(CheckCaresVersion(Version(1, 34, 5)).message()).find("1.34.5"), std::string::npos);
}

TEST(InitCares, ThisMachineHasIt) {
  EXPECT_TRUE(InitCares().ok());
  EXPECT_TRUE(InitCares().ok());
  EXPECT_EQ(ares_library_initialized(), ARES_SUCCESS);
}

TEST(MakeCaresChannel, WhatTheEnvironmentSaysDoesNotCount) {
  ASSERT_TRUE(InitCares().ok());
  ASSERT_EQ(setenv("RES_OPTIONS", "ndots:7 retrans:9 retry:9 rotate", 1), 0);
  ASSERT_EQ(setenv("LOCALDOMAIN", "example.com", 1), 0);
  const absl::StatusOr<CaresChannel> channel =
      MakeCaresChannel({.flags = ARES_FLAG_STAYOPEN, .tries = 2, .socket_state_callback = nullptr});
  ASSERT_TRUE(channel.ok());
  ares_options options{};
  int mask = 0;
  ASSERT_EQ(ares_save_options(channel->get(), &options, &mask), ARES_SUCCESS);
  EXPECT_EQ(options.flags, ARES_FLAG_STAYOPEN);
  EXPECT_EQ(options.tries, 2);
  EXPECT_EQ(options.ndots, 1);
  EXPECT_EQ(options.timeout, 60'000);
  EXPECT_EQ(options.ndomains, 0);
  EXPECT_NE(mask & ARES_OPT_NOROTATE, 0);
  ASSERT_EQ(options.nservers, 1);
  EXPECT_EQ(inet_ntoa(options.servers[0]), std::string(kPlaceholderServer));
  ares_destroy_options(&options);
}

}  // namespace
}  // namespace strata::recursor
