// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/denial_chain.h"

#include <cstdint>
#include <string>

#include "dns/name.h"
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

std::string Wire(const std::string& text) { return std::string(dns::Name::FromText(text)->wire()); }

TEST(DenialChainTest, HashedFormIsOfDigits) {
  EXPECT_TRUE(HasHashedForm(Wire("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.")));
  EXPECT_FALSE(HasHashedForm(Wire("0p9mhaveqvm6t7vbl5lop2u3t2rp3tow.example.")));
  EXPECT_FALSE(HasHashedForm(Wire("0p9mhaveqvm6t7vbl5lop2u3t2rp3to.example.")));
  EXPECT_FALSE(HasHashedForm(Wire("example.")));
}

TEST(DenialChainTest, KeysOfHashesAreTheirFirstBits) {
  // RFC 5155 Appendix A: 06 53 26 6f ... of 0p9m...
  const std::string origin = Wire("example.");
  EXPECT_EQ(ChainKey(Denial::kNsec3, Wire("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example."), origin.size()), 0x065368abu);
  EXPECT_EQ(ChainKey(Denial::kNsec3, Wire("vvvvvvvvqvm6t7vbl5lop2u3t2rp3tom.example."), origin.size()), 0xffffffffu);
}

TEST(DenialChainTest, KeysAreInTheOrderOfNames) {
  const std::string origin = Wire("example.");
  uint32_t last = 0;
  for (const char* name : {"example.", "\\000.example.", "a.example.", "a\\000.example.", "z.a.example.", "ab.example.",
                           "abcd.example.", "abcde.example.", "b.example.", "\\255\\255\\255\\255\\255.example."}) {
    const uint32_t key = ChainKey(Denial::kNsec, Wire(name), origin.size());
    EXPECT_GE(key, last) << name;
    last = key;
  }
  EXPECT_EQ(last, 0xffffffffu);
  EXPECT_EQ(ChainKey(Denial::kNsec, Wire("z.abc.example."), origin.size()), 0x61626300u);
}

}  // namespace
}  // namespace strata::snapshot
