// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cache/testing/test_response.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::AddressResponse;
using ::strata::cache::testing::NegativeResponse;
using ::strata::cache::testing::TestResponse;
using ::strata::cache::testing::WireName;
using Kind = Assessment::Kind;

constexpr TtlLimits kLimits{86400, 3600};

Assessment AssessWire(absl::string_view wire) {
  std::optional<Assessment> assessment = Assess(wire, kLimits);
  if (!assessment) {
    ADD_FAILURE() << "no question";
    return Assessment();
  }
  return *std::move(assessment);
}
// 0 when it is not to be remembered.
uint32_t LifetimeOf(absl::string_view wire) {
  const Assessment assessment = AssessWire(wire);
  EXPECT_NE(assessment.kind, Kind::kFailure);
  return assessment.kind == Kind::kRemember ? assessment.lifetime_seconds : 0;
}
uint32_t LifetimeOf(const TestResponse& response) { return LifetimeOf(response.Wire()); }

TestResponse Response(std::string question, std::vector<std::string> answer, std::vector<std::string> authority = {},
                      std::vector<std::string> additional = {}) {
  TestResponse response;
  response.question = std::move(question);
  response.answer = std::move(answer);
  response.authority = std::move(authority);
  response.additional = std::move(additional);
  return response;
}

std::string WithFlags(uint16_t set, uint16_t clear) {
  std::string wire = AddressResponse("www.example.", 300).Wire();
  const uint16_t flags = dns::GetU16(wire, dns::kFlagsOffset);
  dns::SetU16(wire.data(), dns::kFlagsOffset, static_cast<uint16_t>((flags | set) & ~clear));
  return wire;
}

constexpr char kSoa[] = "example. 900 SOA ns.example. admin.example. 1 7200 3600 86400 600";

TEST(CachePolicyTest, TellsTheQuestion) {
  const std::string wire = AddressResponse("wWw.Example.", 300).Wire();
  const Assessment assessment = AssessWire(wire);
  EXPECT_EQ(assessment.kind, Kind::kRemember);
  EXPECT_EQ(assessment.name, WireName("wWw.Example."));
  EXPECT_EQ(assessment.type, dns::rr_type::kA);
  EXPECT_EQ(assessment.rr_class, dns::rr_class::kIN);
}

TEST(CachePolicyTest, LifetimeIsTheSmallestTtlOfAllSections) {
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {"www.example. 300 A 192.0.2.1", "www.example. 200 A 192.0.2.2"})),
            200u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {"www.example. 300 A 192.0.2.1"}, {"example. 100 NS ns.example."},
                                {"ns.example. 400 A 192.0.2.3"})),
            100u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {"www.example. 300 A 192.0.2.1"}, {"example. 100 NS ns.example."},
                                {"ns.example. 50 A 192.0.2.3"})),
            50u);
}

TEST(CachePolicyTest, TtlsAreWhereTheyAreSaidToBe) {
  const std::string wire =
      Response("www.example. A", {"www.example. 300 CNAME a.example.", "a.example. 70000 A 192.0.2.1"},
               {"example. 90000 NS ns.example."}, {"ns.example. 100000 A 192.0.2.3"})
          .Wire();
  const Assessment assessment = AssessWire(wire);
  ASSERT_EQ(assessment.kind, Kind::kRemember);
  std::string served = wire;
  MakeServable(assessment, &served);
  const dns::Message message = *dns::ParseMessage(served);
  EXPECT_EQ(message.answer[0].ttl, 300u);
  EXPECT_EQ(message.answer[1].ttl, 70000u);
  EXPECT_EQ(message.authority[0].ttl, 86400u);  // the limit
  EXPECT_EQ(message.additional[0].ttl, 86400u);
}

TEST(CachePolicyTest, TtlThatIsZeroOrHasItsTopBitSetIsNotRemembered) {
  EXPECT_EQ(LifetimeOf(AddressResponse("www.example.", 0)), 0u);
  EXPECT_EQ(LifetimeOf(AddressResponse("www.example.", 1)), 1u);
  std::string wire = AddressResponse("www.example.", 0x7fffffff).Wire();
  EXPECT_EQ(LifetimeOf(wire), 86400u);
  wire[wire.size() - 10] = '\x80';  // TTL, RDLENGTH and four octets end the message
  EXPECT_EQ(LifetimeOf(wire), 0u);
}

TEST(CachePolicyTest, OnlyWholeResponsesToQueries) {
  EXPECT_EQ(LifetimeOf(WithFlags(0, 0)), 300u);
  EXPECT_EQ(LifetimeOf(WithFlags(dns::kAa | dns::kAd | dns::kCd, 0)), 300u);
  EXPECT_EQ(LifetimeOf(WithFlags(dns::kTc, 0)), 0u);
  EXPECT_EQ(LifetimeOf(WithFlags(0, dns::kQr)), 0u);
  EXPECT_EQ(LifetimeOf(WithFlags(dns::opcode::kNotify << dns::kOpcodeShift, 0)), 0u);
}

TEST(CachePolicyTest, OtherRcodesAreFailures) {
  for (uint16_t rcode = 0; rcode < 16; ++rcode) {
    EXPECT_EQ(IsFailure(rcode), rcode != dns::rcode::kNoError && rcode != dns::rcode::kNXDomain);
    const Assessment assessment = AssessWire(WithFlags(rcode, 0));
    EXPECT_EQ(assessment.kind == Kind::kFailure, IsFailure(rcode)) << rcode;
    EXPECT_EQ(assessment.rcode, rcode);
  }
}

TEST(CachePolicyTest, EveryCutAndEveryAdditionIsMalformed) {
  const std::string wire = Response("www.example. MX", {"www.example. 300 MX 10 mail.example."},
                                    {"example. 300 NS ns.example."}, {"mail.example. 300 A 192.0.2.1"})
                               .Wire();
  ASSERT_EQ(LifetimeOf(wire), 300u);
  for (size_t size = 0; size < wire.size(); ++size) {
    const std::optional<Assessment> assessment = Assess(absl::string_view(wire).substr(0, size), kLimits);
    EXPECT_TRUE(!assessment || assessment->kind == Kind::kPass) << size;
  }
  EXPECT_EQ(LifetimeOf(wire + '\0'), 0u);
}

TEST(CachePolicyTest, WithoutExactlyOneQuestionThereIsNothingToSay) {
  std::string wire = AddressResponse("www.example.", 300).Wire();
  for (const uint16_t count : {0, 2}) {
    dns::SetU16(wire.data(), dns::kQdCountOffset, count);
    EXPECT_FALSE(Assess(wire, kLimits).has_value());
  }
  EXPECT_FALSE(Assess("", kLimits).has_value());
  EXPECT_FALSE(Assess(dns::HexMessage("0000 8180 0001 0000 0000 0000 c00c 0001 0001"), kLimits).has_value())
      << "a pointer for a question";
  EXPECT_FALSE(Assess(std::string(70000, '\0'), kLimits).has_value());
}

TEST(CachePolicyTest, AnswersFollowTheAliases) {
  const std::string cname = "www.example. 300 CNAME web.example.net.";
  const std::string address = "web.example.net. 60 A 192.0.2.1";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {cname, address})), 60u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {address, cname})), 60u);
  EXPECT_EQ(
      LifetimeOf(Response("www.example. A", {"example. 30 DNAME example.net.", "www.example. 30 CNAME www.example.net.",
                                             "www.example.net. 60 A 192.0.2.1"})),
      30u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {cname, address, "victim.example. 60 A 192.0.2.66"})), 0u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {address})), 0u) << "nothing leads there";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {cname, "www.example. 60 A 192.0.2.1"})), 0u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {cname})), 0u) << "it does not say what is at the end";
}

TEST(CachePolicyTest, AliasMayBeTheAnswer) {
  EXPECT_EQ(LifetimeOf(Response("www.example. CNAME", {"www.example. 300 CNAME web.example."})), 300u);
  EXPECT_EQ(LifetimeOf(Response("www.example. CNAME",
                                {"example. 300 DNAME example.net.", "www.example. 200 CNAME www.example.net."})),
            200u);
  EXPECT_EQ(LifetimeOf(Response("example. DNAME", {"example. 300 DNAME example.net."})), 300u);
  EXPECT_EQ(LifetimeOf(Response("www.example. CNAME",
                                {"www.example. 300 CNAME web.example.", "web.example. 300 A 192.0.2.1"})),
            0u);
}

TEST(CachePolicyTest, AnyIsAnsweredByAllThatIsThere) {
  EXPECT_EQ(LifetimeOf(Response("example. ANY", {"example. 300 A 192.0.2.1", "example. 200 MX 10 mail.example."})),
            200u);
  EXPECT_EQ(LifetimeOf(Response("example. ANY", {"example. 300 A 192.0.2.1", "www.example. 200 A 192.0.2.1"})), 0u);
}

TEST(CachePolicyTest, SignaturesBelongToTheAnswerAndOtherTypesDoNot) {
  const std::string address = "www.example. 300 A 192.0.2.1";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {address,
                                                   "www.example. 200 RRSIG A 8 2 300 20300101000000 "
                                                   "20250101000000 1 example. AAAA"})),
            200u);
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {address, "www.example. 300 AAAA 2001:db8::1"})), 0u);
}

TEST(CachePolicyTest, NegativeAnswersLiveByTheirSoa) {
  EXPECT_EQ(LifetimeOf(NegativeResponse("www.example.", 900, 600)), 600u);
  EXPECT_EQ(LifetimeOf(NegativeResponse("www.example.", 300, 600)), 300u);
  EXPECT_EQ(LifetimeOf(NegativeResponse("www.example.", 90000, 90000)), 3600u) << "the limit";
  EXPECT_EQ(LifetimeOf(NegativeResponse("www.example.", 900, 0)), 0u);
  EXPECT_EQ(LifetimeOf(NegativeResponse("www.example.", 900, 0x80000000)), 0u);
  EXPECT_EQ(LifetimeOf(NegativeResponse("example.", 900, 600)), 600u) << "the zone's own name";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {}, {kSoa})), 600u) << "NODATA";
}

TEST(CachePolicyTest, NegativeAnswersServeNoTtlAboveTheirLifetime) {
  const std::string wire =
      Response("www.example. A", {}, {kSoa, "www.example. 900 NSEC zzz.example. MX RRSIG NSEC"}).Wire();
  const Assessment assessment = AssessWire(wire);
  ASSERT_EQ(assessment.kind, Kind::kRemember);
  std::string served = wire;
  MakeServable(assessment, &served);
  EXPECT_EQ(testing::TtlsOf(served).max, 600u);
}

TEST(CachePolicyTest, NegativeAnswersNeedTheSoaOfTheZoneWhereTheAliasesEnd) {
  TestResponse nxdomain = NegativeResponse("www.example.", 900, 600);
  nxdomain.answer = {"www.example. 300 CNAME web.example."};
  EXPECT_EQ(LifetimeOf(nxdomain), 300u);
  nxdomain.answer = {"www.example. 300 CNAME web.example.net."};
  EXPECT_EQ(LifetimeOf(nxdomain), 0u) << "SOA of another zone";
  nxdomain.answer = {};
  nxdomain.authority = {};
  EXPECT_EQ(LifetimeOf(nxdomain), 0u) << "no SOA";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {}, {"example. 300 NS ns.example."})), 0u) << "a referral";
  EXPECT_EQ(LifetimeOf(Response("www.example. A", {}, {kSoa, kSoa})), 0u) << "which one?";
  nxdomain.answer = {"www.example. 300 A 192.0.2.1"};
  nxdomain.authority = {kSoa};
  EXPECT_EQ(LifetimeOf(nxdomain), 0u) << "that there is no such name, and its address";
}

TEST(CachePolicyTest, RecordsOfOtherClassesAndMetaRecordsAreNotRemembered) {
  dns::Message message = AddressResponse("www.example.", 300).Message();
  message.answer[0].rr_class = dns::rr_class::kCH;
  EXPECT_EQ(LifetimeOf(*dns::SerializeMessage(message)), 0u);
  message = AddressResponse("www.example.", 300).Message();
  message.edns.emplace();
  EXPECT_EQ(LifetimeOf(*dns::SerializeMessage(message)), 0u) << "OPT";
  message = AddressResponse("www.example.", 300).Message();
  message.questions[0].type = dns::rr_type::kAXFR;
  EXPECT_EQ(LifetimeOf(*dns::SerializeMessage(message)), 0u);
}

// The header and the TTLs change while a message is remembered. A name that leads through them would change with them.
TEST(CachePolicyTest, NamesThatLeadThroughWhatChangesAreNotRemembered) {
  const std::string head = dns::HexMessage(
      "0000 8180 0001 0001 0000 0001  0161 00 0001 0001"  // a. A
      "c00c 0001 0001 00000500 0004 c0000201");           // its TTL is at 25
  const auto with_owner = [&head](absl::string_view owner) {
    return head + dns::HexMessage(absl::StrCat(owner, "0001 0001 0000012c 0004 c0000201"));
  };
  EXPECT_EQ(LifetimeOf(with_owner("c00c")), 300u);
  EXPECT_EQ(LifetimeOf(with_owner("c00e")), 300u) << "the root at the question's end";
  EXPECT_EQ(LifetimeOf(with_owner("c000")), 0u) << "the ID";
  EXPECT_EQ(LifetimeOf(with_owner("c00b")), 0u) << "ARCOUNT";
  EXPECT_EQ(LifetimeOf(with_owner("c019")), 0u) << "the first TTL";
  EXPECT_EQ(LifetimeOf(with_owner("c01b")), 0u) << "and its middle, a label of five octets";
  EXPECT_EQ(LifetimeOf(with_owner("c015")), 300u) << "a root among what stays: odd, and harmless";
}

TEST(CachePolicyTest, NamesInRdataMustNotLeadThroughWhatChangesEither) {
  const std::string head = dns::HexMessage(
      "0000 8180 0001 0001 0000 0001  0161 00 0001 0001"
      "c00c 0001 0001 00000100 0004 c0000201");
  const auto with_mx = [&head](absl::string_view target) {
    return head + dns::HexMessage(absl::StrCat("c00c 000f 0001 0000012c 0004 000a", target));
  };
  EXPECT_EQ(LifetimeOf(with_mx("c00c")), 256u);
  EXPECT_EQ(LifetimeOf(with_mx("c015")), 256u);
  EXPECT_EQ(LifetimeOf(with_mx("c01b")), 0u);
}

TEST(CachePolicyTest, ManyRecordsOfOneOwnerAreFineAndManyOwnersAreNot) {
  TestResponse response = AddressResponse("www.example.", 300);
  for (int i = 0; i < 4000; ++i) {
    response.answer.push_back(absl::StrCat("www.example. 300 A 10.0.", i / 256, ".", i % 256));
  }
  EXPECT_EQ(LifetimeOf(response), 300u);
  std::string wire = AddressResponse("www.example.", 300).Wire();
  const std::string record = wire.substr(wire.size() - 16);
  for (int i = 0; i < 100; ++i) {
    wire += record;
    wire += std::string(WireName("www.example.")) + record.substr(2);
  }
  dns::SetU16(wire.data(), dns::kAnCountOffset, 201);
  ASSERT_TRUE(dns::ParseMessage(wire).ok());
  EXPECT_EQ(LifetimeOf(wire), 0u);
}

TEST(CachePolicyTest, ServableMessageHasNoIdNorAuthorityAndALowerCaseQuestion) {
  std::string wire = WithFlags(dns::kAa, 0);
  dns::SetU16(wire.data(), 0, 0x1234);
  std::string upper = AddressResponse("WWW.EXAMPLE.", 300).Wire();
  wire.replace(12, 13, upper.substr(12, 13));
  MakeServable(AssessWire(wire), &wire);
  EXPECT_EQ(wire, AddressResponse("www.example.", 300).Wire());
}

}  // namespace
}  // namespace strata::cache
