// Tests of answers that lead on, and of their joining.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/alias_chain.h"

#include <string>

#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rr = dns::rr_type;
using testing::Parse;
using ::testing::SizeIs;
using testing::Wire;
using testing::WireName;

dns::Record Record(const std::string& owner, uint16_t type, const std::string& rdata) {
  dns::Record record;
  record.owner = *dns::Name::FromText(owner);
  record.type = type;
  record.ttl = 60;
  record.rdata = rdata;
  return record;
}
dns::Record Alias(const std::string& owner, const std::string& target) {
  return Record(owner, rr::kCNAME, WireName(target));
}
dns::Record Address(const std::string& owner) { return Record(owner, rr::kA, std::string("\x7f\0\0\1", 4)); }
dns::Record Soa(const std::string& owner) {
  return Record(owner, rr::kSOA, WireName(".") + WireName(".") + std::string(20, '\1'));
}

dns::Message Answer(const std::string& name) {
  dns::Message message = testing::Query(name);
  message.response = message.authoritative = true;
  return message;
}

TEST(FindRestTest, WholeAnswersLackNothing) {
  dns::Message message = Answer("a.test.");
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing) << "an empty answer with AA";
  message.answer = {Address("a.test.")};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
  message.answer = {Alias("a.test.", "b.test."), Address("b.test.")};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
  message = Answer("a.test.");
  message.authority = {Soa("test.")};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
}

TEST(FindRestTest, Referral) {
  dns::Message message = Answer("x.sub.test.");
  message.authoritative = false;
  message.authority = {Record("sub.test.", rr::kNS, WireName("ns.sub.test."))};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kReferral);
  EXPECT_EQ(FindRest(Wire(message), rr::kCNAME), Rest::kReferral);
}

TEST(FindRestTest, AliasToANameOutside) {
  dns::Message message = Answer("a.test.");
  message.answer = {Alias("a.test.", "b.test."), Alias("b.test.", "example.com.")};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kAlias);
  EXPECT_EQ(FindRest(Wire(message), rr::kCNAME), Rest::kNothing) << "the alias is what was asked for";
  EXPECT_EQ(FindRest(Wire(message), rr::kANY), Rest::kNothing);
  // With its signature.
  message.answer.push_back(Record("b.test.", rr::kRRSIG, std::string(18, '\0') + WireName(".") + "x"));
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kAlias);
}

TEST(FindRestTest, AliasWhoseTargetIsKnownToHaveNothing) {
  dns::Message message = Answer("a.test.");
  message.answer = {Alias("a.test.", "b.test.")};
  message.authority = {Soa("test.")};
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
  message.authority.clear();
  message.rcode = dns::rcode::kNXDomain;
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
}

TEST(FindRestTest, TruncatedAndMalformedLackNothing) {
  dns::Message message = Answer("a.test.");
  message.answer = {Alias("a.test.", "example.com.")};
  message.truncated = true;
  EXPECT_EQ(FindRest(Wire(message), rr::kA), Rest::kNothing);
  message.truncated = false;
  const std::string wire = Wire(message);
  for (size_t size = 0; size < wire.size(); ++size) {
    EXPECT_EQ(FindRest(wire.substr(0, size), rr::kA), Rest::kNothing) << size;
  }
}

std::string Question(const std::string& name) { return WireName(name) + std::string("\0\1\0\1", 4); }

TEST(AliasChainTest, JoinsItsParts) {
  dns::Message first = Answer("a.test.");
  first.answer = {Alias("a.test.", "b.test."), Alias("b.test.", "c.example.")};
  AliasChain chain;
  ASSERT_TRUE(chain.Add(Wire(first)));
  EXPECT_EQ(chain.target(), WireName("c.example."));
  dns::Message second = Answer("c.example.");
  second.authoritative = false;
  second.answer = {Alias("c.example.", "d.example.")};
  ASSERT_TRUE(chain.Add(Wire(second)));
  EXPECT_EQ(chain.target(), WireName("d.example."));

  dns::Message last = Answer("d.example.");
  last.authoritative = false;
  last.answer = {Address("d.example.")};
  const auto joined = chain.Join(Question("A.tEsT."), Wire(last));
  ASSERT_TRUE(joined.ok()) << joined.status();
  const dns::Message whole = Parse(*joined);
  EXPECT_EQ(whole.questions[0].name.wire(), WireName("A.tEsT."));
  EXPECT_EQ(whole.questions[0].type, rr::kA);
  ASSERT_THAT(whole.answer, SizeIs(4));
  EXPECT_EQ(whole.answer[0].owner, *dns::Name::FromText("a.test."));
  EXPECT_EQ(whole.answer[3].type, rr::kA);
  EXPECT_TRUE(whole.authoritative) << "AA tells of the first name (RFC 1035 §4.1.1)";
  EXPECT_FALSE(whole.authentic_data);
}

TEST(AliasChainTest, TheLastPartGivesTheCode) {
  dns::Message first = Answer("a.test.");
  first.answer = {Alias("a.test.", "c.example.")};
  AliasChain chain;
  ASSERT_TRUE(chain.Add(Wire(first)));
  dns::Message last = Answer("c.example.");
  last.rcode = dns::rcode::kNXDomain;
  last.authority = {Soa("example.")};
  const dns::Message whole = Parse(*chain.Join(Question("a.test."), Wire(last)));
  EXPECT_EQ(whole.rcode, dns::rcode::kNXDomain);
  EXPECT_THAT(whole.answer, SizeIs(1));
  EXPECT_THAT(whole.authority, SizeIs(1));
}

TEST(AliasChainTest, AuthenticOnlyAsAWhole) {
  for (const bool all : {true, false}) {
    dns::Message first = Answer("a.test.");
    first.authentic_data = true;
    first.answer = {Alias("a.test.", "b.example.")};
    AliasChain chain;
    ASSERT_TRUE(chain.Add(Wire(first)));
    dns::Message last = Answer("b.example.");
    last.authentic_data = all;
    EXPECT_EQ(Parse(*chain.Join(Question("a.test."), Wire(last))).authentic_data, all);
  }
}

TEST(AliasChainTest, ComesBackToNoName) {
  dns::Message first = Answer("a.test.");
  first.answer = {Alias("a.test.", "b.example.")};
  AliasChain chain;
  ASSERT_TRUE(chain.Add(Wire(first)));
  dns::Message second = Answer("b.example.");
  second.answer = {Alias("b.example.", "A.test.")};
  EXPECT_FALSE(chain.Add(Wire(second)));
  EXPECT_EQ(chain.target(), WireName("b.example.")) << "as before";
  // One that loops in itself.
  AliasChain other;
  first.answer = {Alias("a.test.", "b.test."), Alias("b.test.", "a.test.")};
  EXPECT_FALSE(other.Add(Wire(first)));
}

TEST(AliasChainTest, HasABound) {
  AliasChain chain;
  int steps = 0;
  for (; steps < 100; ++steps) {
    dns::Message part = Answer(std::to_string(steps) + ".test.");
    part.answer = {Alias(std::to_string(steps) + ".test.", std::to_string(steps + 1) + ".test.")};
    if (!chain.Add(Wire(part))) break;
  }
  EXPECT_EQ(steps, AliasChain::kMaxSteps);
}

TEST(AliasChainTest, MalformedPartsAreRefused) {
  AliasChain chain;
  EXPECT_FALSE(chain.Add(""));
  EXPECT_FALSE(chain.Add(Wire(Answer("a.test."))));
  dns::Message first = Answer("a.test.");
  first.answer = {Alias("a.test.", "b.example.")};
  ASSERT_TRUE(chain.Add(Wire(first)));
  EXPECT_FALSE(chain.Join(Question("a.test."), "nonsense").ok());
}

}  // namespace
}  // namespace strata::frontend
