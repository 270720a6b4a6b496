// SPDX-License-Identifier: Apache-2.0
#include "tests/upstream/scripted_answer.h"

#include <set>
#include <string>
#include <vector>

#include "dns/big_endian.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::tests {
namespace {

UpstreamQuery QueryFor(absl::string_view name, bool tcp = false) {
  UpstreamQuery query;
  query.message.id = 77;
  query.message.recursion_desired = true;
  query.message.questions.push_back({*dns::Name::FromText(name), dns::rr_type::kA, dns::rr_class::kIN});
  query.tcp = tcp;
  return query;
}

// The only reply, or the last one.
dns::Message Reply(const UpstreamQuery& query) {
  const std::vector<UpstreamReply> replies = AnswerByLabels(query);
  EXPECT_FALSE(replies.empty());
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(replies.back().wire);
  EXPECT_TRUE(message.ok()) << message.status();
  return message.value_or(dns::Message());
}

TEST(ScriptedAnswerTest, EveryNameHasAnAddressOfItsOwn) {
  const dns::Message reply = Reply(QueryFor("Www.test."));
  EXPECT_TRUE(reply.response && reply.recursion_available);
  EXPECT_EQ(reply.id, 77);
  ASSERT_EQ(reply.answer.size(), 1u);
  EXPECT_EQ(reply.answer[0].ttl, 300u);
  EXPECT_EQ(reply.answer[0].rdata, AddressOf("wWW.test."));
  EXPECT_NE(AddressOf("www.test."), AddressOf("www.tesu."));
  EXPECT_NE(AddressOf("www.test."), SpoofedAddress());
}

TEST(ScriptedAnswerTest, LabelsSayWhatIsDifferent) {
  EXPECT_EQ(Reply(QueryFor("ttl-7.test.")).answer[0].ttl, 7u);
  EXPECT_EQ(Reply(QueryFor("servfail.test.")).rcode, dns::rcode::kServFail);
  EXPECT_EQ(Reply(QueryFor("refused.test.")).rcode, dns::rcode::kRefused);
  EXPECT_TRUE(AnswerByLabels(QueryFor("silent.test.")).empty());
  EXPECT_EQ(AnswerByLabels(QueryFor("slow-30.test."))[0].delay, absl::Milliseconds(30));
  EXPECT_EQ(Reply(QueryFor("www.ttl-7.test.")).answer[0].ttl, 300u) << "Only in front.";
}

TEST(ScriptedAnswerTest, NegativeAnswersCarryTheSoa) {
  for (const char* name : {"ttl-7.nx.test.", "ttl-7.nodata.test."}) {
    const dns::Message reply = Reply(QueryFor(name));
    EXPECT_TRUE(reply.answer.empty());
    ASSERT_EQ(reply.authority.size(), 1u);
    EXPECT_EQ(reply.authority[0].owner.ToText(), "test.");
    const std::string& rdata = reply.authority[0].rdata;
    EXPECT_EQ(dns::ReadU32(absl::string_view(rdata).substr(rdata.size() - 4)), 7u);
    EXPECT_GT(reply.authority[0].ttl, 7u);
  }
  EXPECT_EQ(Reply(QueryFor("nx.test.")).rcode, dns::rcode::kNXDomain);
  EXPECT_EQ(Reply(QueryFor("nodata.test.")).rcode, dns::rcode::kNoError);
}

TEST(ScriptedAnswerTest, WhatDoesNotFitIsLeftOut) {
  const dns::Message udp = Reply(QueryFor("many-100.test."));
  EXPECT_TRUE(udp.truncated);
  EXPECT_LT(udp.answer.size(), 100u);
  const dns::Message tcp = Reply(QueryFor("many-100.test.", true));
  EXPECT_FALSE(tcp.truncated);
  std::set<std::string> addresses;
  for (const dns::Record& record : tcp.answer) addresses.insert(record.rdata);
  EXPECT_EQ(addresses.size(), 100u);
}

TEST(ScriptedAnswerTest, AliasesLeadToTheEnd) {
  const dns::Message reply = Reply(QueryFor("ttl-9.alias.alias.ttl-7.test."));
  ASSERT_EQ(reply.answer.size(), 3u);
  EXPECT_EQ(reply.answer[0].type, dns::rr_type::kCNAME);
  EXPECT_EQ(reply.answer[0].ttl, 9u);
  EXPECT_EQ(reply.answer[0].rdata, reply.answer[1].owner.wire());
  EXPECT_EQ(reply.answer[1].rdata, reply.answer[2].owner.wire());
  EXPECT_EQ(reply.answer[2].owner.ToText(), "ttl-7.test.");
  EXPECT_EQ(reply.answer[2].ttl, 7u);
  EXPECT_EQ(reply.answer[2].rdata, AddressOf("ttl-7.test."));
  EXPECT_EQ(Reply(QueryFor("alias.nx.test.")).rcode, dns::rcode::kNXDomain);
}

TEST(ScriptedAnswerTest, TheTrueReplyComesAfterForgedOnes) {
  const std::vector<UpstreamReply> replies = AnswerByLabels(QueryFor("spoofed.test."));
  bool other_port = false, other_id = false, other_name = false, other_case = false;
  for (size_t i = 0; i + 1 < replies.size(); ++i) {
    const absl::StatusOr<dns::Message> forged = dns::ParseMessage(replies[i].wire);
    ASSERT_TRUE(forged.ok());
    EXPECT_EQ(forged->answer[0].rdata, SpoofedAddress());
    const dns::Name& name = forged->questions[0].name;
    if (replies[i].from_other_port) other_port = true;
    if (forged->id != 77) other_id = true;
    if (name != *dns::Name::FromText("spoofed.test.")) other_name = true;
    if (name.ToText() == "Spoofed.test.") other_case = true;
  }
  EXPECT_TRUE(other_port && other_id && other_name && other_case);
  EXPECT_FALSE(replies.back().from_other_port);
  EXPECT_EQ(Reply(QueryFor("spoofed.test.")).answer[0].rdata, AddressOf("spoofed.test."));
}

TEST(ScriptedAnswerTest, OneQuestionIsWhatItAnswers) { EXPECT_EQ(Reply(UpstreamQuery()).rcode, dns::rcode::kFormErr); }

}  // namespace
}  // namespace strata::tests
