// Tests of taking replies apart.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reply_records.h"

#include <string>

#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using dns::HexMessage;

const std::string kHeader = "00 00 81 80 00 01 00 01 00 01 00 02 ; one answer, one authority, two additional";
const std::string kQuestion = "\n01 61 00 00 0f 00 01               ; a. MX";
const std::string kAnswer = "\nc0 0c 00 0f 00 01 80 00 00 00 00 04 00 05 c0 0c ; TTL 2^31, 5 a.";
const std::string kAuthority = "\n00 00 02 00 01 00 00 00 3c 00 03 01 62 00      ; . NS b.";
const std::string kAdditional = "\n01 62 00 00 01 00 01 00 00 00 3c 00 04 c0 00 02 01 ; b. A";
const std::string kOpt = "\n00 00 29 04 d0 01 00 80 00 00 06 00 0f 00 02 00 09 ; BADVERS' upper bits, EDE 9";

TEST(ReplyRecordsTest, AllSections) {
  ReplyRecords records;
  const std::string message = HexMessage(kHeader + kQuestion + kAnswer + kAuthority + kAdditional + kOpt);
  for (int i = 0; i < 2; ++i) {  // used again
    ASSERT_TRUE(records.Parse(message));
    ASSERT_EQ(records.answer().size(), 1u);
    const ReplyRecord& mx = records.answer()[0];
    EXPECT_EQ(dns::WireNameToText(records.owner(mx)), "a.");
    EXPECT_EQ(mx.type, dns::rr_type::kMX);
    EXPECT_EQ(mx.ttl, 0u);
    EXPECT_EQ(dns::ToHex(records.rdata(mx)), "0005016100");
    ASSERT_EQ(records.authority().size(), 1u);
    EXPECT_EQ(dns::WireNameToText(records.rdata(records.authority()[0])), "b.");
    EXPECT_TRUE(records.has_opt());
    EXPECT_EQ(records.extended_rcode(), 1);
    EXPECT_EQ(dns::ToHex(records.edns_options()), "000f00020009");
  }
}

TEST(ReplyRecordsTest, WhatDoesNotFit) {
  ReplyRecords records;
  const std::string message = HexMessage(kHeader + kQuestion + kAnswer + kAuthority + kAdditional + kOpt);
  for (size_t size = 12; size < message.size(); ++size) EXPECT_FALSE(records.Parse(message.substr(0, size))) << size;
  EXPECT_FALSE(records.Parse(message + "x"));
  EXPECT_FALSE(records.Parse(HexMessage(kHeader + kQuestion + kAnswer + kAuthority + kOpt + kOpt))) << "two OPT";
  EXPECT_FALSE(records.Parse(HexMessage(kHeader + kQuestion + kOpt + kAuthority + kAdditional + kOpt)));
  std::string bad = message;
  bad[12 + 7 + 11] = 5;  // RDLENGTH of the MX
  EXPECT_FALSE(records.Parse(bad));
}

}  // namespace
}  // namespace strata::recursor
