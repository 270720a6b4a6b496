// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_answer.h"

#include <string>

#include "authority/testing/test_zone.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ZoneAnswer Ask(const std::string& name, uint16_t type, std::optional<uint16_t> bufsize = std::nullopt) {
  std::string lines =
      "www A 192.0.2.1\n@ MX 1 www\nalias CNAME gone\nout CNAME a.other.\nsub NS n2.sub\nsub NS n1.other.";
  lines += "\ninto CNAME x.sub\nn2.sub A 192.0.2.2\n*.w A 192.0.2.3";
  for (int i = 0; i < 40; ++i) lines += "\nmany A 192.0.2." + std::to_string(i) + "\n@ TXT x" + std::to_string(i);
  const ZoneCatalog catalog({MakeZone("example.", lines)});
  AskedQuestion question;
  question.name = *dns::Name::FromText(name);
  question.type = type;
  question.bufsize = bufsize;
  const absl::StatusOr<ZoneAnswer> answer = AskZones(catalog, question);
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.value_or(ZoneAnswer());
}

TEST(ZoneAnswerTest, Outcomes) {
  namespace rr = dns::rr_type;
  EXPECT_EQ(Ask("www.example.", rr::kA).outcome, Outcome::kAnswer);
  EXPECT_EQ(Ask("any.w.example.", rr::kA).outcome, Outcome::kAnswer);
  EXPECT_EQ(Ask("out.example.", rr::kA).outcome, Outcome::kAnswer);
  EXPECT_EQ(Ask("www.example.", rr::kMX).outcome, Outcome::kNoData);
  EXPECT_EQ(Ask("gone.example.", rr::kA).outcome, Outcome::kNxDomain);
  EXPECT_EQ(Ask("other.", rr::kA).outcome, Outcome::kRefused);
  EXPECT_EQ(Ask("many.example.", rr::kA, 512).outcome, Outcome::kTruncated);
  EXPECT_EQ(Ask("many.example.", rr::kA).outcome, Outcome::kAnswer);
}

TEST(ZoneAnswerTest, ReferralsNameTheirServers) {
  for (const char* name : {"x.sub.example.", "into.example."}) {
    const ZoneAnswer answer = Ask(name, dns::rr_type::kA);
    EXPECT_EQ(answer.outcome, Outcome::kReferral);
    EXPECT_THAT(answer.servers,
                ElementsAre(*dns::Name::FromText("n2.sub.example."), *dns::Name::FromText("n1.other.")));
  }
}

TEST(ZoneAnswerTest, AliasesThatEndNowhere) {
  const ZoneAnswer answer = Ask("alias.example.", dns::rr_type::kA);
  EXPECT_EQ(answer.outcome, Outcome::kNxDomain);
  ASSERT_THAT(answer.records, SizeIs(2));
  EXPECT_EQ(answer.records[0].section, Section::kAnswer);
  EXPECT_EQ(answer.records[1].section, Section::kAuthority);
  EXPECT_THAT(answer.servers, IsEmpty());
}

TEST(ZoneAnswerTest, AnyOverUdpIsMinimal) {
  EXPECT_GT(Ask("example.", dns::rr_type::kANY).records.size(), 40u);
  EXPECT_THAT(Ask("example.", dns::rr_type::kANY, 1232).records.size(), testing::Lt(41u));
}

TEST(ZoneAnswerTest, WithProofsWhereTheyAreAskedFor) {
  const ZoneCatalog signed_zone({MakeZone("signed.", "@ NS ns.f.\n@ NSEC a NS SOA NSEC\na NSEC @ NSEC")});
  AskedQuestion asked;
  asked.name = *dns::Name::FromText("b.signed.");
  asked.type = dns::rr_type::kA;
  EXPECT_THAT(AskZones(signed_zone, asked)->records, SizeIs(1));
  asked.dnssec = true;
  EXPECT_THAT(AskZones(signed_zone, asked)->records, SizeIs(3));
}

}  // namespace
}  // namespace strata::authority
