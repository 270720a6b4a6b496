// Tests that every type and rcode has a label, and every label a name of its own.
//
// SPDX-License-Identifier: Apache-2.0
#include "dns/metric_label.h"

#include <set>

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(TypeLabel, NamesWhatIsCommon) {
  EXPECT_EQ(TypeLabel(TypeLabelIndex(rr_type::kA)), "A");
  EXPECT_EQ(TypeLabel(TypeLabelIndex(rr_type::kHTTPS)), "HTTPS");
  EXPECT_EQ(TypeLabel(TypeLabelIndex(rr_type::kANY)), "ANY");
  EXPECT_EQ(TypeLabel(TypeLabelIndex(0)), "other");
  EXPECT_EQ(TypeLabel(TypeLabelIndex(rr_type::kHINFO)), "other");
  EXPECT_EQ(TypeLabel(TypeLabelIndex(65535)), "other");
}

TEST(TypeLabel, EveryTypeHasOne) {
  std::set<std::string> labels;
  for (uint32_t type = 0; type <= 0xffff; ++type) {
    const size_t index = TypeLabelIndex(static_cast<uint16_t>(type));
    ASSERT_LT(index, kTypeLabels);
    const std::string label = TypeLabel(index);
    ASSERT_TRUE(label == "other" || label == TypeToText(static_cast<uint16_t>(type))) << type;
    labels.insert(label);
  }
  EXPECT_EQ(labels.size(), kTypeLabels);
}

TEST(RcodeLabel, EveryRcodeHasOne) {
  std::set<std::string> labels;
  for (uint32_t code = 0; code <= 0xfff; ++code) {
    const size_t index = RcodeLabelIndex(static_cast<uint16_t>(code));
    ASSERT_LT(index, kRcodeLabels);
    labels.insert(RcodeLabel(index));
  }
  EXPECT_EQ(labels.size(), kRcodeLabels);
  EXPECT_EQ(RcodeLabel(RcodeLabelIndex(rcode::kNXDomain)), "NXDOMAIN");
  EXPECT_EQ(RcodeLabel(RcodeLabelIndex(rcode::kBadCookie)), "BADCOOKIE");
  EXPECT_EQ(RcodeLabel(RcodeLabelIndex(rcode::kBadCookie + 1)), "other");
}

}  // namespace
}  // namespace strata::dns
