// Tests of how many connections there are descriptors for.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/open_files.h"

#include <sys/resource.h>

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

TEST(OpenFilesTest, AsManyAsFit) {
  EXPECT_EQ(ConnectionsWithin(UINT64_MAX, 20000), 20000u);
  EXPECT_EQ(ConnectionsWithin(20512, 20000), 20000u);
  EXPECT_EQ(ConnectionsWithin(20511, 20000), 19999u);
  EXPECT_EQ(ConnectionsWithin(4096, 20000), 3584u);
  EXPECT_EQ(ConnectionsWithin(256, 20000), 128u);
  EXPECT_EQ(ConnectionsWithin(0, 20000), 1u);
}

TEST(OpenFilesTest, LimitIsTheProcesses) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 200;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_EQ(OpenFilesLimit(), 200u);
  setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace strata::frontend
