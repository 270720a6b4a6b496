// Tests of what gRPC is told before it starts.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_setup.h"

#include <grpc/grpc.h>

#include <cstdlib>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

// Declared by no installed header: what gRPC made of its environment.
const char* grpc_get_poll_strategy_name();

namespace strata::base {
namespace {

using ::testing::StrEq;

TEST(GrpcSetupTest, EachQueuePollsForItself) {
  setenv("GRPC_POLL_STRATEGY", "epoll1", /*overwrite=*/1);
  SetUpGrpc();
  grpc_init();
  EXPECT_THAT(grpc_get_poll_strategy_name(), StrEq("poll"));
  grpc_shutdown();
}

TEST(GrpcSetupTest, NoSettingContradictsAnother) {
  std::set<std::string> names;
  for (const GrpcSetting& setting : kStreamSettings) EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
}

}  // namespace
}  // namespace strata::base
