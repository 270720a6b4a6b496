// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/soa.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> CheckSoaText(absl::string_view soa, const CheckLevels& levels = CheckLevels()) {
  return CheckText(absl::StrCat("@ 60 SOA ", soa, "\n@ 60 NS ns.elsewhere.\n"), std::nullopt, levels).found;
}

TEST(Soa, ExpireIsNotLessThanRefresh) {
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 3600 3600 3600 3600"), IsEmpty());
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 3600 900 3599 60"),
              ElementsAre(HasSubstr("warning 1 soa-timers: expire, 3599 s, is less than refresh, 3600 s")));
}

TEST(Soa, RecommendedValuesAreAskedFor) {
  const CheckLevels levels = Warning("soa-values");
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 7200 900 1209600 3600", levels), IsEmpty());
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 60 30 1209600 3600", levels),
              ElementsAre(HasSubstr("refresh is 60 s")));
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 7200 7200 1209600 3600", levels),
              ElementsAre(HasSubstr("retry is 7200 s")));
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 7200 900 8000 3600", levels),
              ElementsAre(HasSubstr("expire is 8000 s")));
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 7200 900 1209600 604800", levels),
              ElementsAre(HasSubstr("minimum is 604800 s")));
}

TEST(Soa, MailboxesHaveDots) {
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root@example.com. 1 2 3 4 5"),
              ElementsAre(HasSubstr("warning 1 soa-rname: the mailbox root\\@example.com.")));
  EXPECT_THAT(CheckSoaText("ns.elsewhere. first\\.last.example.com. 1 2 3 4 5"), IsEmpty());
}

TEST(Soa, ThePrimaryMayBeAskedToHaveAnAddress) {
  EXPECT_THAT(CheckSoaText("ns root 1 2 3 4 5"), IsEmpty());
  EXPECT_THAT(CheckSoaText("ns root 1 2 3 4 5", Warning("soa-mname")),
              ElementsAre(HasSubstr("soa-mname: the primary server's name, ns.example.,")));
  EXPECT_THAT(CheckSoaText("ns root 1 2 3 4 5\n* 60 A 192.0.2.1", Warning("soa-mname")), IsEmpty());
  EXPECT_THAT(CheckSoaText("ns.elsewhere. root 1 2 3 4 5", Warning("soa-mname")), IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
