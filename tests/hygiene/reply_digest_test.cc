// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/reply_digest.h"

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Key;
using testing::Not;
using testing::Pair;

const std::string kQuery = Header({.id = 7, .flags = dns::kRd}) + Question("wWw.a.test");

TEST(ReplyDigestTest, NoReply) {
  EXPECT_EQ(ToText(DigestOfSilence()), "reply=silence");
  EXPECT_EQ(ToText(DigestOfClosing()), "reply=closed");
}

TEST(ReplyDigestTest, Positive) {
  const std::string reply =
      Header({.id = 7, .flags = dns::kQr | dns::kAa | dns::kRd | dns::kAd, .ancount = 1, .arcount = 1}) +
      Question("wWw.a.test") + Record("\xc0\x0c", dns::rr_type::kA, 1, 60, "\1\2\3\4") +
      Opt({.flags = kDnssecOk | 1, .options = Option(10, "12345678") + Option(3)});
  EXPECT_EQ(ToText(DigestReply(kQuery, reply)),
            "aa=1, answers=1, flags=QUERY qr rd ad, form=sound, id=echoed, opt=version 0 do flags 1, options=3 10, "
            "question=echoed, rcode=NOERROR, reply=yes, tc=0, tsig=none");
}

TEST(ReplyDigestTest, TsigError) {
  const std::string rdata = WireName("alg") + std::string(6, '\0') + U16(300) + U16(0) + U16(7) + U16(17) + U16(0);
  const std::string reply = Header({.id = 7, .flags = dns::kQr | dns::rcode::kNotAuth, .arcount = 1}) +
                            Question("wWw.a.test") + Record(WireName("key"), dns::rr_type::kTSIG, 255, 0, rdata);
  EXPECT_THAT(DigestReply(kQuery, reply), Contains(Pair("tsig", "BADKEY")));
}

TEST(ReplyDigestTest, NegativeWithAndWithoutSoa) {
  const std::string head = Question("wWw.a.test");
  const std::string soa = Record(WireName("a.test"), dns::rr_type::kSOA, 1, 60, std::string(22, '\0'));
  const uint16_t flags = dns::kQr | dns::rcode::kNXDomain;
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 7, .flags = flags, .nscount = 1}) + head + soa),
              IsSupersetOf({Pair("rcode", "NXDOMAIN"), Pair("negative", "SOA"), Pair("opt", "none")}));
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 7, .flags = flags}) + head), Contains(Pair("negative", "none")));
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 7, .flags = dns::kQr | dns::rcode::kRefused}) + head),
              Not(Contains(Key("negative"))));
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 7, .flags = dns::kQr | dns::kTc}) + head),
              Not(Contains(Key("negative"))));
}

TEST(ReplyDigestTest, ExtendedRcode) {
  const std::string reply = Header({.id = 7, .flags = dns::kQr, .arcount = 1}) + Question("wWw.a.test") +
                            Opt({.extended_rcode = 1, .options = Option(15, U16(18))});
  EXPECT_THAT(DigestReply(kQuery, reply), IsSupersetOf({Pair("rcode", "BADVERS"), Pair("options", "none")}));
}

TEST(ReplyDigestTest, Questions) {
  const std::string none = Header({.id = 7, .flags = dns::kQr, .qdcount = 0});
  const std::string one = Header({.id = 7, .flags = dns::kQr});
  EXPECT_THAT(DigestReply(kQuery, none), Contains(Pair("question", "absent")));
  EXPECT_THAT(DigestReply(kQuery, one + Question("www.a.test")), Contains(Pair("question", "other"))) << "its case";
  EXPECT_THAT(DigestReply(kQuery.substr(0, 12), one + Question("www.a.test")), Contains(Pair("question", "other")));
  EXPECT_THAT(DigestReply(kQuery + "trailing", one + Question("wWw.a.test")), Contains(Pair("question", "echoed")));
}

TEST(ReplyDigestTest, AnotherId) {
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 8, .flags = dns::kQr, .qdcount = 0})), Contains(Pair("id", "other")));
}

TEST(ReplyDigestTest, WhatIsNoMessage) {
  EXPECT_EQ(ToText(DigestReply(kQuery, "short")), "form=unsound, reply=yes");
  EXPECT_THAT(DigestReply(kQuery, Header({.id = 7, .flags = dns::kQr | dns::rcode::kFormErr})),
              IsSupersetOf({Pair("form", "unsound"), Pair("rcode", "FORMERR"), Pair("id", "echoed")}));
}

}  // namespace
}  // namespace strata::tests
