// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/null_targets.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(NullTargets, StandAlone) {
  EXPECT_THAT(CheckRecords("@ MX 0 .\n_sip._udp SRV 0 0 0 .\n"), IsEmpty());
  EXPECT_THAT(
      CheckRecords("@ MX 0 .\n@ MX 10 mail.elsewhere.\n"),
      ElementsAre(
          "warning 4 null-mx: example. MX says that there is none, and has other records beside that (RFC 7505 §3) "
          "(note 5)"));
  EXPECT_THAT(CheckRecords("_sip._udp SRV 0 0 0 .\n_sip._udp SRV 0 0 1 a.elsewhere.\n"),
              ElementsAre(HasSubstr("(RFC 2782)")));
  EXPECT_THAT(CheckRecords("@ MX 10 .\n"), ElementsAre(HasSubstr("has preference 0")));
}

}  // namespace
}  // namespace strata::zonec
