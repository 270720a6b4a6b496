// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/make_record.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_pyzone.h"

namespace strata::zonec::pyzone {
namespace {

// The first record that a call makes, or what is said about it.
std::string Made(const std::string& call) {
  const PyzoneOutcome outcome = RunPyzone("zone = [" + call + "]");
  if (!outcome.messages.empty()) return outcome.messages[0];
  return outcome.records.empty() ? "none" : outcome.records[0];
}

TEST(MakeRecord, SaysWhichArgumentIsWrong) {
  const std::pair<const char*, const char*> cases[] = {{"A()", "1:9 "},
                                                       {"A('a.b')", "1:9 "},
                                                       {"A('a.b', '192.0.2.256')", "1:18 "},
                                                       {"A('a.b', '192.0.2.1', 1, 2)", "1:34 "},
                                                       {"A('a.b', '192.0.2.1', ttl='x')", "1:35 "},
                                                       {"A('a.b', '192.0.2.1', ttl=-1)", "1:35 "},
                                                       {"A('a.b', '192.0.2.1', color=1)", "1:37 "},
                                                       {"A('a.b', address='192.0.2.1', address='192.0.2.1')", "1:39 "},
                                                       {"A('', '192.0.2.1')", "1:11 "},
                                                       {"A(5, '192.0.2.1')", "1:11 "},
                                                       {"MX('a.b', 65536, 'm.b')", "1:19 "},
                                                       {"TXT('a.b', 'x', 5)", "1:25 "}};
  for (const auto& [call, place] : cases) EXPECT_THAT(Made(call), ::testing::StartsWith(place)) << call;
}

TEST(MakeRecord, GoesOnAfterAWrongRecord) {
  const PyzoneOutcome outcome = RunPyzone("zone = [A('a.b', 'x'), A('a.b', '192.0.2.1'), A('', '192.0.2.1')]");
  EXPECT_EQ(outcome.messages.size(), 2u);
  EXPECT_EQ(outcome.records.size(), 1u);
  EXPECT_FALSE(outcome.unreliable);
}

TEST(MakeRecord, GenericRecordsOfAnyType) {
  EXPECT_EQ(Made("RR('a.b', 'A', '192.0.2.1')"), "a.b. 0 A 192.0.2.1");
  EXPECT_EQ(Made("RR('a.b', 'TYPE65280', r'\\# 2 abcd', ttl=5)"), "a.b. 5 TYPE65280 \\# 2 ABCD");
}

TEST(MakeRecord, RdataHas65535OctetsAtMost) {
  EXPECT_THAT(Made("TXT('a.b', *['x' * 255] * 256)"), ::testing::HasSubstr("65535"));
  EXPECT_THAT(Made("TXT('a.b', *['x' * 255] * 255)"), ::testing::StartsWith("a.b. 0 TXT "));
}

}  // namespace
}  // namespace strata::zonec::pyzone
