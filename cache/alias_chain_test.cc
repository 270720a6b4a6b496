// SPDX-License-Identifier: Apache-2.0
#include "cache/alias_chain.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cache/testing/test_response.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::WireName;

class AliasChainTest : public ::testing::Test {
 protected:
  void Cname(absl::string_view owner, absl::string_view target) { chain_.AddCname(WireName(owner), WireName(target)); }
  void Dname(absl::string_view owner, absl::string_view target) { chain_.AddDname(WireName(owner), WireName(target)); }
  bool Holds(absl::string_view name) const { return chain_.Holds(WireName(name)); }

  AliasChain chain_{WireName("www.example.")};
};

TEST_F(AliasChainTest, WithoutAliasesEndsWhereItBegins) {
  EXPECT_TRUE(chain_.Follow());
  EXPECT_EQ(chain_.end(), WireName("www.example."));
  EXPECT_TRUE(Holds("WWW.Example."));
  EXPECT_FALSE(Holds("example."));
}

TEST_F(AliasChainTest, FollowsCnamesInAnyOrderAndCase) {
  Cname("c.example.", "d.example.");
  Cname("WWW.example.", "b.example.");
  Cname("b.EXAMPLE.", "c.example.");
  ASSERT_TRUE(chain_.Follow());
  EXPECT_EQ(chain_.end(), WireName("d.example."));
  for (const char* name : {"www.example.", "b.example.", "c.example.", "d.example."}) EXPECT_TRUE(Holds(name)) << name;
}

TEST_F(AliasChainTest, DnameAloneOrWithItsCname) {
  Dname("example.", "example.net.");
  ASSERT_TRUE(chain_.Follow());
  EXPECT_EQ(chain_.end(), WireName("www.example.net."));
  EXPECT_TRUE(Holds("example."));
  EXPECT_FALSE(Holds("example.net."));

  AliasChain with_cname(WireName("a.b.example."));
  with_cname.AddDname(WireName("example."), WireName("example.net."));
  with_cname.AddCname(WireName("a.b.example."), WireName("a.b.example.net."));
  ASSERT_TRUE(with_cname.Follow());
  EXPECT_EQ(with_cname.end(), WireName("a.b.example.net."));
}

TEST_F(AliasChainTest, CnameMustBeWhatItsDnameSays) {
  Dname("example.", "example.net.");
  Cname("www.example.", "www.example.org.");
  EXPECT_FALSE(chain_.Follow());
}

TEST_F(AliasChainTest, DnameAtTheNameItselfRedirectsOnlyWhatIsBelow) {
  Dname("www.example.", "example.net.");
  ASSERT_TRUE(chain_.Follow());
  EXPECT_EQ(chain_.end(), WireName("www.example."));
}

TEST_F(AliasChainTest, DnameWhoseResultIsTooLongLeadsNowhere) {
  std::string label(60, 'x');
  Dname("example.", absl::StrCat(label, ".", label, ".", label, ".", label, ".example."));
  EXPECT_FALSE(chain_.Follow());
}

TEST_F(AliasChainTest, DnameOfANameThatOnlyEndsInTheSameOctetsIsNotFollowed) {
  AliasChain chain(WireName("aexample."));  // "\010aexample" ends in no name "\007example"
  chain.AddDname(WireName("example."), WireName("example.net."));
  ASSERT_TRUE(chain.Follow());
  EXPECT_EQ(chain.end(), WireName("aexample."));
  EXPECT_FALSE(chain.Holds(WireName("example.")));
}

TEST_F(AliasChainTest, LoopIsNoChain) {
  Cname("www.example.", "b.example.");
  Cname("b.example.", "WWW.example.");
  EXPECT_FALSE(chain_.Follow());
}

TEST_F(AliasChainTest, CnameThatNothingLeadsToIsNoPartOfAChain) {
  Cname("www.example.", "b.example.");
  Cname("victim.example.", "evil.example.");
  EXPECT_FALSE(chain_.Follow());
}

TEST_F(AliasChainTest, TwoCnamesOfOneNameAreNoChain) {
  Cname("www.example.", "b.example.");
  Cname("www.example.", "c.example.");
  EXPECT_FALSE(chain_.Follow());
}

TEST_F(AliasChainTest, HasALimit) {
  for (const size_t aliases : {AliasChain::kMaxAliases, AliasChain::kMaxAliases + 1, size_t{1000}}) {
    AliasChain chain(WireName("0.example."));
    for (size_t i = 0; i < aliases; ++i) {
      chain.AddCname(WireName(absl::StrCat(i, ".example.")), WireName(absl::StrCat(i + 1, ".example.")));
    }
    EXPECT_EQ(chain.Follow(), aliases <= AliasChain::kMaxAliases) << aliases;
  }
}

TEST_F(AliasChainTest, StaysAtTheQuestionWithTheDnameAbove) {
  Dname("example.", "example.net.");
  Dname("example.org.", "example.net.");
  chain_.Stay();
  EXPECT_EQ(chain_.end(), WireName("www.example."));
  EXPECT_TRUE(Holds("example."));
  EXPECT_FALSE(Holds("example.org."));
}

}  // namespace
}  // namespace strata::cache
