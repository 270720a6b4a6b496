// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/service_bindings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ServiceBindings, AliasesStandAlone) {
  EXPECT_THAT(CheckRecords("a HTTPS 0 b.elsewhere.\nc HTTPS 1 . alpn=h2\nc HTTPS 2 d.elsewhere.\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a HTTPS 0 b.elsewhere.\na HTTPS 1 . alpn=h2\n"),
              ElementsAre(HasSubstr("warning 4 svcb-alias-mode: a.example. HTTPS is an alias")));
  EXPECT_THAT(CheckRecords("a SVCB 0 b.elsewhere.\na SVCB 0 c.elsewhere.\n").size(), 2u);
}

TEST(ServiceBindings, AliasesHaveNoParameters) {
  EXPECT_THAT(CheckRecords("a HTTPS 0 b.elsewhere. alpn=h2\n"),
              ElementsAre(HasSubstr("warning 4 svcb-alias-mode: priority 0")));
}

}  // namespace
}  // namespace strata::zonec
