// Tests of what becomes of a message before anything is looked up.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_intake.h"

#include <memory>
#include <string>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rcode = dns::rcode;
namespace rr = dns::rr_type;
namespace ede = dns::extended_error;
using Outcome = QueryIntake::Outcome;

using base::testing::FakeClock;
using testing::EdnsQuery;
using ::testing::ElementsAre;
using testing::ExtendedErrors;
using testing::FakeTransport;
using ::testing::IsEmpty;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;

// The value of an option; "none" where there is none.
std::string OptionOf(const dns::Message& message, uint16_t code) {
  if (!message.edns.has_value()) return "none";
  for (const dns::EdnsOption& option : message.edns->options) {
    if (option.code == code) return option.value;
  }
  return "none";
}

std::string WithOption(uint16_t code, absl::string_view value, const char* name = "a.test.") {
  dns::Message query = EdnsQuery(name, 1232);
  query.edns->options.push_back({code, std::string(value)});
  return Wire(query);
}

class QueryIntakeTest : public ::testing::Test {
 protected:
  QueryIntakeTest() { Make(); }
  void Make() { intake_ = std::make_unique<QueryIntake>(options_, &sender_, &metrics_, clock_); }

  Outcome Take(const std::string& wire, FakeTransport* transport, const char* address = "127.0.0.1") {
    client_ = transport->MakeClient(0, address);
    return intake_->Take(wire, client_, /*recursion_offered=*/true, clock_.MonotonicNow(), &echo_);
  }
  Outcome Take(const std::string& wire) { return Take(wire, &udp_); }

  // The answer that was sent at once.
  dns::Message Answered(const std::string& wire) {
    udp_.sent.clear();
    EXPECT_EQ(Take(wire), Outcome::kAnswered);
    EXPECT_THAT(udp_.sent, SizeIs(1));
    return udp_.sent.empty() ? dns::Message() : Parse(udp_.sent[0].message);
  }

  FakeClock clock_;
  QueryMetrics metrics_;
  ResponseSender sender_{{}, &metrics_};
  QueryIntake::Options options_;
  std::unique_ptr<QueryIntake> intake_;
  FakeTransport udp_{true}, tcp_{false};
  Client client_;
  QueryEcho echo_;
};

TEST_F(QueryIntakeTest, AQueryIsLookedUp) {
  EXPECT_EQ(Take(Wire(EdnsQuery("a.test.", 1400))), Outcome::kLookUp);
  EXPECT_EQ(intake_->query().type, rr::kA);
  EXPECT_EQ(echo_.id, 0x1234);
  EXPECT_EQ(echo_.max_size, 1232);
  EXPECT_TRUE(echo_.recursion_available);
  EXPECT_FALSE(echo_.proven);
  EXPECT_EQ(echo_.received, clock_.MonotonicNow());
  EXPECT_EQ(Take(Wire(Query("a.test.")), &tcp_), Outcome::kLookUp);
  EXPECT_EQ(echo_.max_size, 65535);
  EXPECT_TRUE(echo_.proven);
}

TEST_F(QueryIntakeTest, WhatIsNoQueryIsDropped) {
  std::string response = Wire(Query("a.test."));
  response[2] = static_cast<char>(0x80);
  EXPECT_EQ(Take(response), Outcome::kDropped);
  EXPECT_EQ(Take("short"), Outcome::kDropped);
  EXPECT_THAT(udp_.sent, IsEmpty());
}

TEST_F(QueryIntakeTest, WhatIsMalformedGetsItsErrorAndAReason) {
  std::string two = Wire(EdnsQuery("a.test.", 1232));
  two[5] = 2;
  EXPECT_EQ(Answered(two).rcode, rcode::kFormErr);
  std::string opcode = Wire(Query("a.test."));
  opcode[2] = 3 << 3;
  EXPECT_EQ(Answered(opcode).rcode, rcode::kNotImp);
  std::string version = Wire(EdnsQuery("a.test.", 1232));
  version[version.size() - 5] = 1;
  const dns::Message answer = Answered(version);
  EXPECT_EQ(answer.rcode, rcode::kBadVers);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotSupported));
}

// RFC 9660 §3.2.1.
TEST_F(QueryIntakeTest, AZoneVersionIsAskedForOnceAndWithoutAValue) {
  dns::Message query = EdnsQuery("a.test.", 1232);
  query.edns->options = {{dns::edns_option::kZoneVersion, "x"}};
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kFormErr);
  query.edns->options = {{dns::edns_option::kZoneVersion, ""}, {dns::edns_option::kZoneVersion, ""}};
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kFormErr);
  query.edns->options.pop_back();
  EXPECT_EQ(Take(Wire(query)), Outcome::kLookUp);
}

// A flood of garbage must not take the time of queries.
TEST_F(QueryIntakeTest, WhatIsMalformedGetsNothingFromATransportThatIsBehind) {
  udp_.is_behind = true;
  EXPECT_EQ(Take(Wire(Query("a.test.")).substr(0, 13)), Outcome::kDropped);
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_EQ(Take(Wire(Query("a.test."))), Outcome::kLookUp);
}

TEST_F(QueryIntakeTest, MetaTypesAreNoQuestions) {
  EXPECT_EQ(Answered(Wire(Query("a.test.", rr::kMAILB))).rcode, rcode::kNotImp);
  EXPECT_EQ(Answered(Wire(Query("a.test.", rr::kTSIG))).rcode, rcode::kFormErr);
  EXPECT_EQ(Take(Wire(Query("a.test.", rr::kANY))), Outcome::kLookUp);
  EXPECT_EQ(Take(Wire(Query("a.test.", rr::kAXFR))), Outcome::kLookUp) << "the zones are to be looked at";
  EXPECT_THAT(ExtendedErrors(Answered(Wire(EdnsQuery("a.test.", 1232, rr::kOPT)))),
              ElementsAre(ede::kInvalidQueryType));
}

TEST_F(QueryIntakeTest, OtherClassesAreRefused) {
  dns::Message query = EdnsQuery("a.test.", 1232);
  query.questions[0].rr_class = dns::rr_class::kHS;
  const dns::Message answer = Answered(Wire(query));
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotAuthoritative));
}

TEST_F(QueryIntakeTest, ChaosTellsTheIdentity) {
  options_.identity =
      std::make_shared<const ServerIdentity>(ServerIdentity::Options{.id = "ns1", .version = "", .nsid = ""});
  Make();
  dns::Message query = EdnsQuery("ID.server.", 1232, rr::kTXT);
  query.questions[0].rr_class = dns::rr_class::kCH;
  const dns::Message answer = Answered(Wire(query));
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_FALSE(answer.authoritative);
  ASSERT_THAT(answer.answer, SizeIs(1));
  EXPECT_EQ(answer.answer[0].rr_class, dns::rr_class::kCH);
  EXPECT_EQ(answer.answer[0].ttl, 0u);
  query = EdnsQuery("version.server.", 1232, rr::kTXT);
  query.questions[0].rr_class = dns::rr_class::kCH;
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kRefused) << "not told";
}

TEST_F(QueryIntakeTest, NsidIsToldToWhoAsks) {
  options_.identity =
      std::make_shared<const ServerIdentity>(ServerIdentity::Options{.id = "", .version = "", .nsid = "ns1"});
  Make();
  EXPECT_EQ(Take(WithOption(dns::edns_option::kNsid, "")), Outcome::kLookUp);
  EXPECT_EQ(echo_.options.nsid, "ns1");
  EXPECT_EQ(Take(Wire(EdnsQuery("a.test.", 1232))), Outcome::kLookUp);
  EXPECT_EQ(echo_.options.nsid, "");
}

TEST_F(QueryIntakeTest, KeepaliveIsForConnections) {
  const std::string query = WithOption(dns::edns_option::kTcpKeepalive, "");
  tcp_.keepalive_units = 100;
  EXPECT_EQ(Take(query, &tcp_), Outcome::kLookUp);
  EXPECT_EQ(echo_.options.keepalive, 100);
  EXPECT_EQ(Take(Wire(EdnsQuery("a.test.", 1232)), &tcp_), Outcome::kLookUp);
  EXPECT_FALSE(echo_.options.keepalive.has_value()) << "not asked for";
  EXPECT_EQ(Take(query), Outcome::kLookUp);
  EXPECT_FALSE(echo_.options.keepalive.has_value()) << "over UDP";
}

TEST_F(QueryIntakeTest, CookiesProveTheClient) {
  const std::string query = WithOption(dns::edns_option::kCookie, "12345678");
  EXPECT_EQ(Take(query), Outcome::kLookUp);
  EXPECT_FALSE(echo_.options.has_cookie) << "cookies are off";
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  EXPECT_EQ(Take(query), Outcome::kLookUp);
  ASSERT_TRUE(echo_.options.has_cookie);
  EXPECT_FALSE(echo_.proven);
  const std::string cookie(echo_.options.cookie.data(), kCookieSize);
  EXPECT_EQ(Take(WithOption(dns::edns_option::kCookie, cookie)), Outcome::kLookUp);
  EXPECT_TRUE(echo_.proven);
}

TEST_F(QueryIntakeTest, AMalformedCookieIsAFormatError) {
  const std::string query = WithOption(dns::edns_option::kCookie, "short");
  EXPECT_EQ(Take(query), Outcome::kLookUp) << "cookies are off: an unknown option";
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  EXPECT_EQ(Answered(query).rcode, rcode::kFormErr);
}

TEST_F(QueryIntakeTest, ErrorsCarryTheCookieToo) {
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  dns::Message query = EdnsQuery("a.test.", 1232, rr::kMAILB);
  query.edns->options.push_back({dns::edns_option::kCookie, "12345678"});
  EXPECT_EQ(OptionOf(Answered(Wire(query)), dns::edns_option::kCookie).substr(0, 8), "12345678");
}

TEST_F(QueryIntakeTest, OptionsOfAnotherVersionAreNotRead) {
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  std::string query = WithOption(dns::edns_option::kCookie, "12345678");
  query[query.size() - 4 - 8 - 5] = 1;
  const dns::Message answer = Answered(query);
  EXPECT_EQ(answer.rcode, rcode::kBadVers);
  EXPECT_EQ(OptionOf(answer, dns::edns_option::kCookie), "none");
}

TEST_F(QueryIntakeTest, ACookieMayBeAskedForAlone) {
  dns::Message query = EdnsQuery("a.test.", 1232);
  query.questions.clear();
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kFormErr);
  query.edns->options.push_back({dns::edns_option::kCookie, "12345678"});
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kFormErr) << "cookies are off: an unknown option";
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  const dns::Message answer = Answered(Wire(query));
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  query.edns->options[0].value = OptionOf(answer, dns::edns_option::kCookie);
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kNoError);
  query.edns->options[0].value = "12345678abcdefgh";
  EXPECT_EQ(Answered(Wire(query)).rcode, rcode::kBadCookie);
}

// RFC 8945 §5.2.1.
TEST_F(QueryIntakeTest, KeysAreUnknown) {
  dns::Message query = EdnsQuery("a.test.", 1232);
  const std::string rdata = std::string("\3alg\0\0\0\0\0\0\0\1\x2c\0\1m\x12\x34\0\0\0\0", 22);
  query.additional.push_back({*dns::Name::FromText("key."), rr::kTSIG, dns::rr_class::kANY, 0, rdata});
  const dns::Message answer = Answered(Wire(query));
  EXPECT_EQ(answer.rcode, rcode::kNotAuth);
  ASSERT_THAT(answer.additional, SizeIs(1));
  EXPECT_EQ(answer.additional[0].type, rr::kTSIG);
  EXPECT_EQ(answer.additional[0].owner.ToText(), "key.");
}

TEST_F(QueryIntakeTest, WhoMayNotAskIsRefused) {
  options_.query_clients = AccessList();
  ASSERT_TRUE(options_.query_clients.Add("192.0.2.0/24").ok());
  Make();
  EXPECT_EQ(Take(Wire(Query("a.test.")), &udp_, "192.0.2.7"), Outcome::kLookUp);
  const dns::Message answer = Answered(Wire(EdnsQuery("a.test.", 1232)));
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kProhibited));
}

TEST_F(QueryIntakeTest, WhoMayNotRecurseIsNotOfferedIt) {
  EXPECT_EQ(Take(Wire(Query("a.test.")), &udp_, "192.0.2.7"), Outcome::kLookUp);
  EXPECT_FALSE(echo_.recursion_available);
}

// RFC 7873 §5.2.3: while its network is limited, a client shows that it is there before it gets more.
TEST_F(QueryIntakeTest, UnderAttackACookieIsAskedFor) {
  ResponseLimiterOptions limits;
  limits.responses_per_second = 1;
  auto limiter = std::make_shared<ResponseLimiter>(limits);
  options_.limiter = limiter;
  options_.identity =
      std::make_shared<const ServerIdentity>(ServerIdentity::Options{.id = "", .version = "", .nsid = "ns1"});
  options_.cookie_secrets = std::make_shared<const PublishedCookieSecrets>();
  Make();
  dns::Message asking = EdnsQuery("a.test.", 1232);
  asking.edns->options.push_back({dns::edns_option::kCookie, "12345678"});
  asking.edns->options.push_back({dns::edns_option::kNsid, ""});
  const std::string query = Wire(asking);
  EXPECT_EQ(Take(query), Outcome::kLookUp);
  const ResponseIdentity answer = {ResponseClass::kAnswer, 1};
  for (int i = 0; i < 10; ++i) {
    limiter->Check(reinterpret_cast<const sockaddr*>(&client_.peer), answer, clock_.MonotonicNow());
  }
  const dns::Message refusal = Answered(query);
  EXPECT_EQ(refusal.rcode, rcode::kBadCookie);
  // Whoever is there gets what has to be in it: 16 octets more than in the query, for a whole cookie.
  EXPECT_THAT(refusal.edns->options, SizeIs(1));
  const std::string cookie = OptionOf(refusal, dns::edns_option::kCookie);
  EXPECT_EQ(Take(WithOption(dns::edns_option::kCookie, cookie)), Outcome::kLookUp);
  EXPECT_EQ(Take(query, &tcp_), Outcome::kLookUp) << "TCP proves as much";
  EXPECT_EQ(Take(Wire(Query("a.test."))), Outcome::kLookUp) << "without cookies there is only the limit itself";
}

}  // namespace
}  // namespace strata::frontend
