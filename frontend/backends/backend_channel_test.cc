// Tests of what is accepted as a backend's address.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_channel.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Checked(absl::string_view target, bool insecure = false) {
  const auto checked = CheckTarget(target, 5303, insecure, "authority");
  return checked.ok() ? *checked : "error: " + std::string(checked.status().message());
}

TEST(BackendChannelTest, Targets) {
  struct Case {
    const char* target;
    const char* expected;
  };
  for (const Case& c : {
           Case{"127.0.0.1:99", "127.0.0.1:99"},
           Case{"127.0.0.1", "127.0.0.1:5303"},
           Case{"127.1.2.3", "127.1.2.3:5303"},
           Case{"[::1]:99", "[::1]:99"},
           Case{"[::1]", "[::1]:5303"},
           Case{"unix:/run/strata/authority.sock", "unix:/run/strata/authority.sock"},
           Case{"unix:relative.sock", "unix:relative.sock"},
           Case{"localhost", "localhost:5303"},
           Case{"localhost:99", "localhost:99"},
           Case{"dns:///localhost", "dns:///localhost:5303"},
           Case{"dns:localhost:99", "dns:localhost:99"},
       }) {
    EXPECT_EQ(Checked(c.target), c.expected) << c.target;
  }
}

TEST(BackendChannelTest, PlainTextStaysOnThisMachine) {
  for (const char* target : {"192.0.2.1:5303", "192.0.2.1", "[2001:db8::1]:5303", "dns:///recursor:5302",
                             "dns:authority.example", "authority.example:99", "localhost.example"}) {
    EXPECT_THAT(Checked(target), AllOf(HasSubstr("error: --authority="), HasSubstr(target), HasSubstr("--insecure")))
        << target;
    EXPECT_THAT(Checked(target, /*insecure=*/true), HasSubstr(target)) << target;
  }
  EXPECT_EQ(Checked("192.0.2.1", true), "192.0.2.1:5303");
  EXPECT_EQ(Checked("authority.example", true), "authority.example:5303");
  EXPECT_EQ(Checked("dns:///authority.example", true), "dns:///authority.example:5303");
  EXPECT_EQ(Checked("dns:///authority.example:99", true), "dns:///authority.example:99");
}

TEST(BackendChannelTest, WhatIsNoTarget) {
  for (const char* target :
       {"", ":5303", "unix:", "dns:", "dns:///", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "[::1", "1.2.3.4.5"}) {
    EXPECT_THAT(Checked(target, true), HasSubstr("error: --authority=" + std::string(target) + ":")) << target;
  }
}

TEST(BackendChannelTest, SocketPathsThatTheSystemCannotTake) {
  const std::string longest = "unix:/" + std::string(106, 'x');
  EXPECT_EQ(Checked(longest), longest);
  EXPECT_THAT(Checked(longest + "x"), HasSubstr("at most 107 octets"));
}

// Two workers share no connection, whatever gRPC would like to share.
TEST(BackendChannelTest, ChannelsAreMadeWithoutConnecting) {
  const auto one = MakeBackendChannel("unix:/nowhere", 0);
  const auto other = MakeBackendChannel("unix:/nowhere", 1);
  ASSERT_NE(one, nullptr);
  EXPECT_NE(one, other);
  EXPECT_EQ(one->GetState(/*try_to_connect=*/false), GRPC_CHANNEL_IDLE);
}

}  // namespace
}  // namespace strata::frontend
