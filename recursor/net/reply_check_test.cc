// Tests of what passes for a reply.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/reply_check.h"

#include <string>

#include "dns/header.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using std::string_literals::operator""s;

// wWw.a. A IN, ID 0x1234, RD.
const std::string kQuery = "\x12\x34\x01\x00\x00\x01\0\0\0\0\0\0\3wWw\1a\0\0\1\0\1"s;

std::string Reply() {
  std::string reply = kQuery;
  dns::SetU16(reply.data(), dns::kFlagsOffset, dns::kQr | dns::kRd | dns::kRa);
  return reply;
}

std::string Changed(size_t at, char octet) {
  std::string reply = Reply();
  reply.at(at) = octet;
  return reply;
}

TEST(QueryHeadSize, HeaderAndQuestion) {
  EXPECT_EQ(QueryHeadSize(kQuery), kQuery.size());
  EXPECT_EQ(QueryHeadSize(kQuery + "an OPT record"), kQuery.size());
  EXPECT_EQ(QueryHeadSize("\0\0\0\0\0\1\0\0\0\0\0\0\0\0\2\0\1"s), 17u) << "the root";
}

TEST(QueryHeadSize, NoQuestionNoHead) {
  EXPECT_EQ(QueryHeadSize(""), 0u);
  EXPECT_EQ(QueryHeadSize(kQuery.substr(0, 11)), 0u);
  EXPECT_EQ(QueryHeadSize(kQuery.substr(0, kQuery.size() - 1)), 0u);
  EXPECT_EQ(QueryHeadSize("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\1"s), 0u) << "QDCOUNT is 0";
  EXPECT_EQ(QueryHeadSize("\0\0\0\0\0\1\0\0\0\0\0\0\xc0\x0c\0\2\0\1"s), 0u) << "compressed";
}

TEST(IsReplyTo, WhateverTheRcodeAndTheRest) {
  EXPECT_TRUE(IsReplyTo(kQuery, Reply()));
  EXPECT_TRUE(IsReplyTo(kQuery, Reply() + "records"));
  for (int rcode = 0; rcode < 16; ++rcode) EXPECT_TRUE(IsReplyTo(kQuery, Changed(3, static_cast<char>(rcode))));
  EXPECT_TRUE(IsReplyTo(kQuery, Changed(2, '\x82'))) << "TC";
  EXPECT_TRUE(IsReplyTo(kQuery, Changed(2, '\x84'))) << "AA";
}

TEST(IsReplyTo, WhatDiffersIsNot) {
  EXPECT_FALSE(IsReplyTo(kQuery, ""));
  EXPECT_FALSE(IsReplyTo(kQuery, "\x12"));
  EXPECT_FALSE(IsReplyTo(kQuery, kQuery)) << "QR is clear";
  EXPECT_FALSE(IsReplyTo(kQuery, Reply().substr(0, kQuery.size() - 1)));
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(0, 0))) << "ID";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(1, 0))) << "ID";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(2, '\xa0'))) << "opcode";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(5, 0))) << "QDCOUNT";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(5, 2))) << "QDCOUNT";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(14, 'w'))) << "letter case";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(17, 'b'))) << "name";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(kQuery.size() - 3, 28))) << "type";
  EXPECT_FALSE(IsReplyTo(kQuery, Changed(kQuery.size() - 1, 3))) << "class";
  EXPECT_FALSE(IsReplyTo(kQuery, Reply().substr(0, dns::kHeaderSize))) << "no question";
}

}  // namespace
}  // namespace strata::recursor
