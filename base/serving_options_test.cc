// SPDX-License-Identifier: Apache-2.0
#include "base/serving_options.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

TEST(ServingOptionsTest, ListenAddresses) {
  EXPECT_EQ(*ListenAddressFromText("", 5303), "127.0.0.1:5303");
  EXPECT_EQ(*ListenAddressFromText("127.0.0.2", 5303), "127.0.0.2:5303");
  EXPECT_EQ(*ListenAddressFromText("127.0.0.1:0", 5303), "127.0.0.1:0");
  EXPECT_EQ(*ListenAddressFromText("[::1]:99", 5303), "[::1]:99");
  EXPECT_EQ(*ListenAddressFromText("unix:/run/x.sock", 5303), "unix:/run/x.sock");
  const auto refused = ListenAddressFromText("no address", 5303);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("--listen=no address"));
}

TEST(ServingOptionsTest, Workers) {
  EXPECT_EQ(*WorkerCount(3), 3);
  EXPECT_EQ(*WorkerCount(256), 256);
  EXPECT_GE(*WorkerCount(0), 1);
  EXPECT_THAT(std::string(WorkerCount(257).status().message()), HasSubstr("--workers=257"));
}

}  // namespace
}  // namespace strata::base
