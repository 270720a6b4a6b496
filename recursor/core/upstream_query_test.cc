// Tests of the queries that are sent.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_query.h"

#include <set>

#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

class UpstreamQueryTest : public ::testing::Test {
 protected:
  UpstreamQueryTest() {
    query_.name = name_.wire();
    query_.type = dns::rr_type::kMX;
    query_.rr_class = dns::rr_class::kIN;
  }
  dns::Message Write() {
    WriteUpstreamQuery(query_, &random_, &message_);
    const absl::StatusOr<dns::Message> parsed = dns::ParseMessage(message_);
    return parsed.ok() ? *parsed : dns::Message();
  }

  const dns::Name name_ = *dns::Name::FromText("a-1_{|}~\\200\\@z.Example.");
  UpstreamQuery query_;
  RandomBits random_;
  std::string message_;
};

TEST_F(UpstreamQueryTest, AsksForRecursion) {
  query_.mixed_case = false;
  const dns::Message message = Write();
  EXPECT_EQ(message.id, 0);
  EXPECT_TRUE(message.recursion_desired);
  EXPECT_FALSE(message.response);
  EXPECT_FALSE(message.checking_disabled);
  ASSERT_EQ(message.questions.size(), 1u);
  EXPECT_EQ(message.questions[0].name.wire(), name_.wire());
  EXPECT_EQ(message.questions[0].type, dns::rr_type::kMX);
  ASSERT_TRUE(message.edns);
  EXPECT_EQ(message.edns->udp_payload_size, 1232);
  EXPECT_FALSE(message.edns->dnssec_ok);
}

TEST_F(UpstreamQueryTest, BitsAsAsked) {
  query_.dnssec_ok = true;
  query_.checking_disabled = true;
  EXPECT_TRUE(Write().edns->dnssec_ok);
  EXPECT_TRUE(Write().checking_disabled);
  query_.edns = false;
  EXPECT_FALSE(Write().edns);
}

TEST_F(UpstreamQueryTest, OnlyLettersChangeAndAllDo) {
  std::set<std::string> seen;
  std::string ever_upper(name_.wire().size(), 0), ever_lower(name_.wire().size(), 0);
  for (int i = 0; i < 200; ++i) {
    const dns::Message message = Write();
    const absl::string_view wire = message.questions[0].name.wire();
    ASSERT_EQ(message.questions[0].name, name_);
    seen.insert(std::string(wire));
    for (size_t j = 0; j < wire.size(); ++j) {
      if (wire[j] >= 'A' && wire[j] <= 'Z') ever_upper[j] = 1;
      if (wire[j] >= 'a' && wire[j] <= 'z') ever_lower[j] = 1;
    }
  }
  EXPECT_GT(seen.size(), 50u);  // of 512
  EXPECT_EQ(ever_upper, ever_lower);
}

}  // namespace
}  // namespace strata::recursor
