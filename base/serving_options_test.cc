// SPDX-License-Identifier: Apache-2.0
#include "base/serving_options.h"

#include <sched.h>

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

TEST(ServingOptionsTest, AdminAddresses) {
  EXPECT_EQ(*AdminAddressFromText("", 9164), std::nullopt);
  EXPECT_EQ((*AdminAddressFromText("9999", 9164))->ToText(), "127.0.0.1:9999");
  EXPECT_EQ((*AdminAddressFromText("0", 9164))->ToText(), "127.0.0.1:0");
  EXPECT_EQ((*AdminAddressFromText("192.0.2.1", 9164))->ToText(), "192.0.2.1:9164");
  EXPECT_EQ((*AdminAddressFromText("[::1]:99", 9164))->ToText(), "[::1]:99");
  for (const std::string text : {"admin.example:80", "unix:/run/x.sock", "99999"}) {
    const auto refused = AdminAddressFromText(text, 9164);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr("--admin_listen=" + text));
  }
}

// taskset, cpusets: threads beyond the CPUs that we may use would only take turns.
TEST(ServingOptionsTest, OneWorkerForEachCpuThatWeMayUse) {
  cpu_set_t before, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(*WorkerCount(0), 1);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
  EXPECT_EQ(*WorkerCount(0), CPU_COUNT(&before));
}

TEST(ServingOptionsTest, Workers) {
  EXPECT_EQ(*WorkerCount(3), 3);
  EXPECT_EQ(*WorkerCount(256), 256);
  EXPECT_GE(*WorkerCount(0), 1);
  EXPECT_THAT(std::string(WorkerCount(257).status().message()), HasSubstr("--workers=257"));
}

}  // namespace
}  // namespace strata::base
