// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/denial_chain.h"

#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

// Of NSEC3PARAM: algorithm, flags, iterations, salt.
std::string Param(char algorithm, char flags, char iterations, const std::string& salt) {
  return std::string{algorithm, flags, '\0', iterations, static_cast<char>(salt.size())} + salt;
}

TEST(DenialChainTest, IsThatOfTheFirstParametersThatCount) {
  DenialChain chain;
  EXPECT_EQ(chain.kind(), Denial::kNone);
  chain.AddApexNsec();
  EXPECT_EQ(chain.kind(), Denial::kNsec);
  chain.AddNsec3Param(Param(2, 0, 1, "a"));
  chain.AddNsec3Param(Param(1, 1, 1, "b"));
  EXPECT_EQ(chain.kind(), Denial::kNsec);
  chain.AddNsec3Param(Param(1, 0, 1, "c"));
  chain.AddNsec3Param(Param(1, 0, 1, "d"));
  EXPECT_EQ(chain.kind(), Denial::kNsec3);
  EXPECT_EQ(chain.parameters_number(), 2u);
  EXPECT_EQ(chain.parameters(), (Nsec3Parameters{1, "c"}));
}

TEST(DenialChainTest, HoldsWhatHasItsParametersWhateverTheFlags) {
  DenialChain chain;
  chain.AddNsec3Param(Param(1, 0, 1, "c"));
  EXPECT_TRUE(chain.Holds(Param(1, 0, 1, "c") + "next"));
  EXPECT_TRUE(chain.Holds(Param(1, 1, 1, "c") + "next"));
  EXPECT_FALSE(chain.Holds(Param(1, 0, 2, "c") + "next"));
  EXPECT_FALSE(chain.Holds(Param(1, 0, 1, "") + "next"));
  EXPECT_FALSE(chain.Holds(Param(1, 0, 1, "c").substr(0, 5)));
}

}  // namespace
}  // namespace strata::snapshot
