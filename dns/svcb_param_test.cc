// The values' formats are tested through svcb_params_test; this is about keys.
//
// SPDX-License-Identifier: Apache-2.0
#include "dns/svcb_param.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(SvcParamKey, EveryNumberSurvivesItsText) {
  for (uint32_t key = 0; key <= 65535; ++key) {
    ASSERT_EQ(SvcParamKeyFromText(SvcParamKeyToText(static_cast<uint16_t>(key))), key);
  }
}

TEST(SvcParamKey, HasNamesOfTheRegistry) {
  EXPECT_EQ(SvcParamKeyToText(svcb_key::kMandatory), "mandatory");
  EXPECT_EQ(SvcParamKeyToText(svcb_key::kNoDefaultAlpn), "no-default-alpn");
  EXPECT_EQ(SvcParamKeyToText(svcb_key::kOhttp), "ohttp");
  EXPECT_EQ(SvcParamKeyToText(667), "key667");
  EXPECT_EQ(SvcParamKeyFromText("key0"), svcb_key::kMandatory);
  EXPECT_FALSE(SvcParamKeyFromText("key00"));
}

TEST(SvcParamValue, TakesAnyOctetsOfUnknownKeys) {
  EXPECT_TRUE(IsValidSvcParamValue(667, ""));
  EXPECT_TRUE(IsValidSvcParamValue(667, absl::string_view("\0\xff", 2)));
  std::string value;
  EXPECT_TRUE(ParseSvcParamValue(667, /*raw=*/true, R"(a\000)", &value).ok());
  EXPECT_EQ(value, std::string("a\0", 2));
}

}  // namespace
}  // namespace strata::dns
