// Tests the line as a script sees it.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/ready_line.h"

#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(ReadyLine, IsOneLineOfAddresses) {
  ::testing::internal::CaptureStdout();
  PrintReadyLine({"127.0.0.1:5300", "unix:/run/strata/admin.sock"});
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "ready 127.0.0.1:5300 unix:/run/strata/admin.sock\n");
}

}  // namespace
}  // namespace strata::base
