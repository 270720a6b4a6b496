// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/type_list.h"

#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(TypeLists, DifferByWhatIsMissingAndWhatIsTooMuch) {
  const std::vector<uint16_t> expected = {dns::rr_type::kA, dns::rr_type::kTXT};
  TypeListComparison comparison;
  EXPECT_TRUE(comparison.Equal(dns::MakeTypeBitmap({1, 16}), expected));
  EXPECT_TRUE(comparison.Equal(dns::MakeTypeBitmap({1, 16}), expected));
  EXPECT_FALSE(comparison.Equal(dns::MakeTypeBitmap({1, 15}), expected));
  EXPECT_EQ(TypeListDifference(dns::MakeTypeBitmap({1, 15}), expected), "; it lacks TXT and has too much: MX");
  EXPECT_EQ(TypeListDifference(dns::MakeTypeBitmap({1, 16}), expected), "");
}

}  // namespace
}  // namespace strata::zonec
