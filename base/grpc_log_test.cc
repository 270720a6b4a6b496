// Tests that gRPC's messages arrive as lines of the log.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_log.h"

#include "gmock/gmock.h"
#include "grpc/grpc.h"
#include "grpc/support/log.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

TEST(GrpcLog, BecomesLinesOfTheLog) {
  grpc_init();  // before it, gRPC logs nothing
  SendGrpcLogToLog();
  ::testing::internal::CaptureStderr();
  gpr_log("/build/core/transport.cc", 42, GPR_LOG_SEVERITY_ERROR, "peer \"%s\" is odd", "x");
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr(" level=error msg=\"peer \\\"x\\\" is odd\" grpc=transport.cc:42\n"));
  grpc_shutdown();
}

}  // namespace
}  // namespace strata::base
