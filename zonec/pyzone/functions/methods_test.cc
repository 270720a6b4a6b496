// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/methods.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Methods, AreFoundByKind) {
  RunWithLimits test;
  auto& run = test.run;
  EXPECT_TRUE(FindMethod(run.NewStr("a"), "upper", &run).Is(Kind::kMethod));
  EXPECT_TRUE(FindMethod(run.NewText(Kind::kBytes, "a"), "upper", &run).Is(Kind::kMethod));
  EXPECT_TRUE(FindMethod(run.NewTuple({}), "index", &run).Is(Kind::kMethod));
  EXPECT_FALSE(run.failed());
}

TEST(Methods, BytesLackWhatIsForStrsOnly) {
  for (const char* name : {"format", "encode"}) {
    RunWithLimits test;
    EXPECT_TRUE(FindMethod(test.run.NewText(Kind::kBytes, "a"), name, &test.run).failed());
    EXPECT_EQ(test.error(), "a bytes has no `" + std::string(name) + "` in this language");
  }
}

TEST(Methods, NothingElseIsReachable) {
  for (const char* name : {"__class__", "pop", "", "append"}) {
    RunWithLimits test;
    EXPECT_TRUE(FindMethod(test.run.NewTuple({}), name, &test.run).failed());
    EXPECT_EQ(test.error(), "a tuple has no `" + std::string(name) + "` in this language");
  }
}

}  // namespace
}  // namespace strata::zonec::pyzone
