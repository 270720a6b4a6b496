// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/repeated_finding.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(RepeatedFindings, AreReportedOnceEach) {
  RepeatedFindings findings;
  for (uint32_t i = 0; i < 5; ++i) {
    findings.Add(Severity::kWarning, {}, "signature-ttl", i % 2, [&] { return "number " + std::to_string(i); });
  }
  Diagnostics diagnostics;
  findings.Report(&diagnostics);
  const auto sorted = diagnostics.Sorted(10);
  ASSERT_EQ(sorted.size(), 2);
  EXPECT_EQ(sorted[0]->message, "number 0 (and 2 more)");
  EXPECT_EQ(sorted[1]->message, "number 1 (and 1 more)");
}

}  // namespace
}  // namespace strata::zonec
