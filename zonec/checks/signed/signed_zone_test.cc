// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/signed_zone.h"

#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(SignedLabels, CountsNeitherTheRootNorAnAsterisk) {
  EXPECT_EQ(SignedLabels(absl::string_view("\0", 1)), 0);
  EXPECT_EQ(SignedLabels(absl::string_view("\1a\1b\0", 5)), 2);
  EXPECT_EQ(SignedLabels(absl::string_view("\1*\1b\0", 5)), 1);
}

// The key of RFC 8080 §6.1, first example.
TEST(KeyTag, IsTheOneOfTheRfc) {
  std::string rdata("\x01\x01\x03\x0f", 4);
  ASSERT_FALSE(dns::DecodeBase(dns::BaseEncoding::kBase64, "l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=", &rdata));
  EXPECT_EQ(ReadKey(rdata, 0).tag, 3613);
  EXPECT_TRUE(ReadKey(rdata, 0).IsForZone());
}

TEST(AlgorithmText, HasTheNumber) {
  EXPECT_EQ(AlgorithmText(15), "ED25519 (15)");
  EXPECT_EQ(AlgorithmText(200), "200");
}

}  // namespace
}  // namespace strata::zonec
