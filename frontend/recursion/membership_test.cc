// Tests of the list of cache members.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/membership.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Members(const std::vector<std::string>& list) {
  const auto membership = MakeMembership(list, 5301, /*insecure=*/false);
  if (!membership.ok()) return {std::string(membership.status().message())};
  std::vector<std::string> members;
  for (const MemberAddress& member : (*membership)->Current()) members.push_back(member.name + " at " + member.target);
  return members;
}

TEST(MembershipTest, NamesAndAddresses) {
  EXPECT_THAT(Members({}), ElementsAre());
  EXPECT_THAT(Members({"127.0.0.1", "b=127.0.0.1:7", "unix:/run/c"}),
              ElementsAre("127.0.0.1:5301 at 127.0.0.1:5301", "b at 127.0.0.1:7", "unix:/run/c at unix:/run/c"));
}

TEST(MembershipTest, Errors) {
  EXPECT_THAT(Members({"=127.0.0.1"}), ElementsAre(HasSubstr("--cache==127.0.0.1: the member's name is empty")));
  EXPECT_THAT(Members({"a=127.0.0.1", "a=127.0.0.2"}), ElementsAre(HasSubstr("two members of that name")));
  EXPECT_THAT(Members({"127.0.0.1", "127.0.0.1:5301"}), ElementsAre(HasSubstr("two members of that name")));
  EXPECT_THAT(Members({"a=nonsense:x"}), ElementsAre(HasSubstr("--cache")));
  EXPECT_THAT(Members({"file:/etc/members"}),
              ElementsAre(AllOf(HasSubstr("--cache=file:/etc/members"), HasSubstr("--cache=a=192.0.2.1:5301"))));
  EXPECT_THAT(Members(std::vector<std::string>(1, "192.0.2.1")), ElementsAre(HasSubstr("insecure")));
  std::vector<std::string> many;
  for (int i = 0; i < 65; ++i) many.push_back("127.0.0.1:" + std::to_string(1000 + i));
  EXPECT_THAT(Members(many), ElementsAre(HasSubstr("at most 64 members")));
}

}  // namespace
}  // namespace strata::frontend
