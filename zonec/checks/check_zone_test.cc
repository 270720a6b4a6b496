// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/check_zone.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CheckZone, FindsNothingInAGoodZone) {
  EXPECT_THAT(CheckRecords("@ MX 10 mail\nmail A 192.0.2.1\nwww CNAME mail\n*.w A 192.0.2.2\n"), IsEmpty());
}

TEST(CheckZone, AfterAMistakeOnlyWhatMoreRecordsCouldNotMend) {
  EXPECT_THAT(CheckRecords("ns A bad\n@ NS ns\na A 192.0.2.1\na CNAME b.elsewhere.\n"),
              ElementsAre(HasSubstr("error 4 rdata"), HasSubstr("error 7 cname-and-other-data")));
}

TEST(CheckZone, NothingWhenTheRecordsAreUnreliable) {
  EXPECT_THAT(CheckRecords("$ORIGIN a..b\na A 192.0.2.1\na CNAME b.elsewhere.\n"),
              ElementsAre(HasSubstr("error 4 directive")));
}

}  // namespace
}  // namespace strata::zonec
