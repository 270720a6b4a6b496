// What a query looks like on the wire, and which lines of a query file are refused.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/query_packet.h"

#include <sstream>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::bench {
namespace {

using ::testing::HasSubstr;

std::string Hex(const std::string& bytes) { return absl::BytesToHexString(bytes); }

TEST(EncodeQueryTest, PlainQuery) {
  absl::StatusOr<QueryPacket> query = EncodeQuery("ab.c.", "AAAA", {});
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(Hex(query->bytes),
            "000000000001000000000000"  // ID 0, no flags, one question
            "0261620163"                // ab.c
            "00001c0001");              // root, AAAA, IN
  EXPECT_EQ(query->question_end, query->bytes.size());
}

TEST(EncodeQueryTest, FlagsAndOptRecord) {
  absl::StatusOr<QueryPacket> query =
      EncodeQuery(".", "TYPE64", {.recursion_desired = true, .edns_udp_size = 1232, .dnssec_ok = true});
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(Hex(query->bytes),
            "000001000001000000000001"  // RD, one question, one additional record
            "0000400001"                // root, TYPE64, IN
            "00002904d0000080000000");  // OPT, 1232 bytes, DO
  EXPECT_EQ(query->question_end, 17u);
}

TEST(EncodeQueryTest, RefusesWhatHasNoWireForm) {
  EXPECT_FALSE(EncodeQuery("a..b", "A", {}).ok());
  EXPECT_FALSE(EncodeQuery(std::string(64, 'a'), "A", {}).ok());
  std::string long_name;
  for (int i = 0; i < 128; ++i) long_name += "a.";
  EXPECT_FALSE(EncodeQuery(long_name, "A", {}).ok());
  EXPECT_TRUE(EncodeQuery(long_name.substr(2), "A", {}).ok());
  EXPECT_FALSE(EncodeQuery("a", "NOTATYPE", {}).ok());
  EXPECT_FALSE(EncodeQuery("a", "TYPE65536", {}).ok());
}

TEST(QueryPacketTest, IsAnsweredByTheSameQuestionOnly) {
  const QueryPacket query = *EncodeQuery("a.b", "A", {.edns_udp_size = 1232});
  std::string answer = query.bytes.substr(0, query.question_end) + "answer";
  EXPECT_FALSE(query.IsAnsweredBy(answer)) << "QR is not set";
  answer[2] |= '\x80';
  answer[0] = '\x12';
  EXPECT_TRUE(query.IsAnsweredBy(answer));
  answer[13] = 'x';
  EXPECT_FALSE(query.IsAnsweredBy(answer)) << "another name";
  EXPECT_FALSE(query.IsAnsweredBy(absl::string_view(answer).substr(0, 12)));
  EXPECT_FALSE(query.IsAnsweredBy(""));
}

TEST(ReadQueriesTest, SkipsCommentsAndEmptyLines) {
  std::istringstream in("# a comment\n\nwww.example. A\n  mail.example.\tMX\r\n");
  absl::StatusOr<std::vector<QueryPacket>> queries = ReadQueries(in, {});
  ASSERT_TRUE(queries.ok()) << queries.status();
  ASSERT_EQ(queries->size(), 2u);
  EXPECT_EQ((*queries)[1].bytes, EncodeQuery("mail.example", "MX", {})->bytes);
}

TEST(ReadQueriesTest, ErrorsNameTheLine) {
  std::istringstream missing_type("www.example. A\nwww.example.\n");
  EXPECT_THAT(std::string(ReadQueries(missing_type, {}).status().message()), HasSubstr("line 2"));
  std::istringstream unknown_type("www.example. NOPE\n");
  EXPECT_THAT(std::string(ReadQueries(unknown_type, {}).status().message()), HasSubstr("line 1: unknown type NOPE"));
  std::istringstream empty("# nothing\n");
  EXPECT_FALSE(ReadQueries(empty, {}).ok());
}

}  // namespace
}  // namespace strata::bench
