// Tests of the distance and of what counts as near.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/nearest_name.h"

#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(EditDistance, CountsEachKindOfEdit) {
  EXPECT_EQ(EditDistance("", ""), 0);
  EXPECT_EQ(EditDistance("listen", "listen"), 0);
  EXPECT_EQ(EditDistance("lisen", "listen"), 1);    // inserted
  EXPECT_EQ(EditDistance("listten", "listen"), 1);  // removed
  EXPECT_EQ(EditDistance("lixten", "listen"), 1);   // replaced
  EXPECT_EQ(EditDistance("litsen", "listen"), 1);   // swapped
  EXPECT_EQ(EditDistance("", "listen"), 6);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
}

TEST(NearestName, FindsTheNearestAndTheFirstOfEquals) {
  EXPECT_EQ(NearestName("lisen", {"state", "listen", "listed"}), "listen");
  EXPECT_EQ(NearestName("ax", {"ay", "az"}), "ay");
  EXPECT_EQ(NearestName("foo", {"food"}), "food");
}

TEST(NearestName, FindsNothingWhenNothingIsNear) {
  EXPECT_EQ(NearestName("colour", {"listen", "state"}), "");
  EXPECT_EQ(NearestName("x", {}), "");
  EXPECT_EQ(NearestName("ab", {"xy"}), "");
  EXPECT_EQ(NearestName(std::string(65, 'a'), {std::string(64, 'a')}), "");
}

}  // namespace
}  // namespace strata::base
