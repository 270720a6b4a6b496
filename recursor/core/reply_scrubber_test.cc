// Tests of what is kept of replies.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reply_scrubber.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"
#include "recursor/core/upstream_query.h"

namespace strata::recursor {
namespace {

using testing::MakeQuestion;
using testing::MakeReply;
using testing::MessageSummary;
using testing::ReplyText;

constexpr absl::string_view kSoa = "example. 300 SOA ns.example. hostmaster.example. 1 7200 900 1209600 300";
constexpr absl::string_view kSoaOut = "example. 300 IN SOA ns.example. hostmaster.example. 1 7200 900 1209600 300";
constexpr absl::string_view kSignature = "8 2 300 20300101000000 20260101000000 12345 example. AAAA";

class ReplyScrubberTest : public ::testing::Test {
 protected:
  std::string Query(const QuestionView& question) {
    UpstreamQuery query;
    query.name = question.name;
    query.type = question.type;
    query.rr_class = question.rr_class;
    std::string message;
    WriteUpstreamQuery(query, &random_, &message);
    return message;
  }

  // The verdict when it is none to pass on.
  std::string Scrub(QuestionView question, const ReplyText& text) {
    const std::string message = MakeReply(Query(question), text);
    const ScrubbedReply reply = scrubber_.Scrub(question, message);
    switch (reply.verdict) {
      case ReplyVerdict::kFailure:
        return "failure";
      case ReplyVerdict::kNoEdns:
        return "no EDNS";
      case ReplyVerdict::kTruncated:
        return "truncated";
      case ReplyVerdict::kUnusable:
        return "unusable";
      case ReplyVerdict::kAnswer:
        break;
    }
    const std::string wire(reply.wire);
    EXPECT_EQ(wire.substr(dns::kHeaderSize, question.name.size()), question.name);
    EXPECT_EQ(std::string(scrubber_.Scrub(question, wire).wire), wire) << "scrubbed twice";
    return MessageSummary(wire);
  }
  std::string Scrub(absl::string_view question, const ReplyText& text) { return Scrub(MakeQuestion(question), text); }
  std::string ScrubWithDnssec(absl::string_view text_question, const ReplyText& text) {
    QuestionView question = MakeQuestion(text_question);
    question.dnssec_ok = true;
    return Scrub(question, text);
  }

  RandomBits random_;
  ReplyScrubber scrubber_;
};

TEST_F(ReplyScrubberTest, KeepsTheRecordsAskedForAndNothingElse) {
  EXPECT_EQ(Scrub("www.example. A", {.answer = {"www.example. 60 A 192.0.2.1", "www.example. 60 A 192.0.2.2",
                                                "evil.example. 60 A 192.0.2.66", "www.example. 60 TXT \"x\""},
                                     .authority = {"example. 60 NS ns.evil.", kSoa},
                                     .additional = {"ns.evil. 60 A 192.0.2.66"}}),
            "NOERROR\nanswer:\nwww.example. 60 IN A 192.0.2.1\nwww.example. 60 IN A 192.0.2.2");
}

TEST_F(ReplyScrubberTest, FollowsAliasesInWhateverOrder) {
  EXPECT_EQ(Scrub("a.example. A", {.answer = {"c.test. 60 A 192.0.2.1", "b.example. 50 CNAME c.test.",
                                              "a.example. 40 CNAME b.example.", "d.test. 60 A 192.0.2.66"}}),
            "NOERROR\nanswer:\na.example. 40 IN CNAME b.example.\nb.example. 50 IN CNAME c.test.\n"
            "c.test. 60 IN A 192.0.2.1");
}

TEST_F(ReplyScrubberTest, OfSeveralAliasesTheFirst) {
  EXPECT_EQ(Scrub("a.example. A", {.answer = {"a.example. 40 CNAME b.example.", "a.example. 40 CNAME c.example.",
                                              "c.example. 60 A 192.0.2.1"}}),
            "NOERROR\nanswer:\na.example. 40 IN CNAME b.example.");
}

TEST_F(ReplyScrubberTest, AQuestionForTheAliasItself) {
  EXPECT_EQ(Scrub("a.example. CNAME", {.answer = {"a.example. 40 CNAME b.example.", "b.example. 40 CNAME c.example."}}),
            "NOERROR\nanswer:\na.example. 40 IN CNAME b.example.");
}

TEST_F(ReplyScrubberTest, AliasesWithoutEndAreNoAnswer) {
  EXPECT_EQ(Scrub("a.example. A", {.answer = {"a.example. 40 CNAME b.example.", "b.example. 40 CNAME a.example."}}),
            "unusable");
  std::vector<std::string> lines;
  for (int i = 0; i < kMaxReplyAliases; ++i) lines.push_back(absl::StrCat("n", i, ". 1 CNAME n", i + 1, "."));
  lines.push_back(absl::StrCat("n", kMaxReplyAliases, ". 1 A 192.0.2.1"));
  ReplyText text;
  text.answer.assign(lines.begin(), lines.end());
  EXPECT_THAT(Scrub("n0. A", text), ::testing::HasSubstr("IN A 192.0.2.1"));
  lines.back() = absl::StrCat("n", kMaxReplyAliases, ". 1 CNAME last.");
  lines.push_back("last. 1 A 192.0.2.1");
  text.answer.assign(lines.begin(), lines.end());
  EXPECT_EQ(Scrub("n0. A", text), "unusable");
}

TEST_F(ReplyScrubberTest, TheAliasOfADnameIsMadeHere) {
  constexpr absl::string_view expected =
      "NOERROR\nanswer:\nold.example. 60 IN DNAME new.example.\na.b.old.example. 60 IN CNAME a.b.new.example.\n"
      "a.b.new.example. 60 IN A 192.0.2.1";
  EXPECT_EQ(Scrub("a.b.old.example. A",
                  {.answer = {"old.example. 60 DNAME new.example.", "a.b.new.example. 60 A 192.0.2.1"}}),
            expected);
  EXPECT_EQ(Scrub("a.b.old.example. A",
                  {.answer = {"old.example. 60 DNAME new.example.", "a.b.old.example. 60 CNAME a.b.new.example.",
                              "a.b.new.example. 60 A 192.0.2.1"}}),
            expected);
  EXPECT_EQ(Scrub("a.b.old.example. A",
                  {.answer = {"old.example. 60 DNAME new.example.", "a.b.old.example. 60 CNAME elsewhere.",
                              "a.b.new.example. 60 A 192.0.2.1"}}),
            expected);
  // The name itself is not below it.
  EXPECT_EQ(Scrub("old.example. A", {.answer = {"old.example. 60 DNAME new.example."}}), "NOERROR");
  EXPECT_EQ(Scrub("old.example. DNAME", {.answer = {"old.example. 60 DNAME new.example."}}),
            "NOERROR\nanswer:\nold.example. 60 IN DNAME new.example.");
}

TEST_F(ReplyScrubberTest, ADnameThatIsPassedTwiceStandsThereOnce) {
  EXPECT_EQ(Scrub("a.x. A", {.answer = {"x. 60 DNAME y.", "a.y. 60 CNAME b.x.", "b.y. 60 A 192.0.2.1"}}),
            "NOERROR\nanswer:\nx. 60 IN DNAME y.\na.x. 60 IN CNAME a.y.\na.y. 60 IN CNAME b.x.\nb.x. 60 IN CNAME b.y.\n"
            "b.y. 60 IN A 192.0.2.1");
}

TEST_F(ReplyScrubberTest, ADnameThatMakesTheNameTooLong) {
  const std::string label(63, 'l');
  const std::string dname = absl::StrCat("x. 60 DNAME ", label, ".", label, ".", label, ".");
  const std::string question = absl::StrCat(label, ".x. A");
  EXPECT_EQ(Scrub(question, {.answer = {dname}}), "unusable");
  EXPECT_THAT(Scrub(question, {.answer = {dname}, .rcode = dns::rcode::kYXDomain}),
              ::testing::StartsWith("YXDOMAIN\nanswer:\nx. 60 IN DNAME"));
}

TEST_F(ReplyScrubberTest, SignaturesOnlyForWhoAsksForThem) {
  const std::string a_signature = absl::StrCat("www.example. 60 RRSIG A ", kSignature);
  const std::string txt_signature = absl::StrCat("www.example. 60 RRSIG TXT ", kSignature);
  const ReplyText text = {.answer = {a_signature, "www.example. 60 A 192.0.2.1", txt_signature}};
  EXPECT_EQ(Scrub("www.example. A", text), "NOERROR\nanswer:\nwww.example. 60 IN A 192.0.2.1");
  EXPECT_EQ(ScrubWithDnssec("www.example. A", text),
            absl::StrCat("NOERROR\nanswer:\nwww.example. 60 IN A 192.0.2.1\nwww.example. 60 IN RRSIG A ", kSignature));
  EXPECT_THAT(Scrub("www.example. RRSIG", text), ::testing::HasSubstr("RRSIG TXT"));
}

TEST_F(ReplyScrubberTest, AllTypesForAny) {
  EXPECT_EQ(Scrub("www.example. ANY", {.answer = {"www.example. 60 A 192.0.2.1", "www.example. 60 TXT \"x\"",
                                                  "other.example. 60 A 192.0.2.1"}}),
            "NOERROR\nanswer:\nwww.example. 60 IN A 192.0.2.1\nwww.example. 60 IN TXT \"x\"");
}

TEST_F(ReplyScrubberTest, NegativeAnswersKeepTheSoaOfTheLastNamesZone) {
  EXPECT_EQ(Scrub("www.example. A", {.authority = {kSoa, "example. 60 NS ns.example."}}),
            absl::StrCat("NOERROR\nauthority:\n", kSoaOut));
  EXPECT_EQ(Scrub("www.example. A", {.authority = {kSoa}, .rcode = dns::rcode::kNXDomain}),
            absl::StrCat("NXDOMAIN\nauthority:\n", kSoaOut));
  EXPECT_EQ(
      Scrub("www.other. A",
            {.answer = {"www.other. 60 CNAME www.example."}, .authority = {kSoa}, .rcode = dns::rcode::kNXDomain}),
      absl::StrCat("NXDOMAIN\nanswer:\nwww.other. 60 IN CNAME www.example.\nauthority:\n", kSoaOut));
  EXPECT_EQ(Scrub("www.other. A", {.authority = {kSoa}}), "NOERROR");
  EXPECT_EQ(Scrub("www.example. A", {}), "NOERROR");
}

TEST_F(ReplyScrubberTest, ProofsOnlyForWhoAsksForThem) {
  const std::string soa_signature = absl::StrCat("example. 300 RRSIG SOA ", kSignature);
  const std::string nsec_signature = absl::StrCat("a.example. 300 RRSIG NSEC ", kSignature);
  const std::string ns_signature = absl::StrCat("example. 300 RRSIG NS ", kSignature);
  const ReplyText text = {.authority = {kSoa, soa_signature, "a.example. 300 NSEC z.example. A", nsec_signature,
                                        "example. 60 NS ns.example.", ns_signature},
                          .rcode = dns::rcode::kNXDomain};
  EXPECT_EQ(Scrub("www.example. A", text), absl::StrCat("NXDOMAIN\nauthority:\n", kSoaOut));
  EXPECT_EQ(ScrubWithDnssec("www.example. A", text),
            absl::StrCat("NXDOMAIN\nauthority:\n", kSoaOut, "\nexample. 300 IN RRSIG SOA ", kSignature,
                         "\na.example. 300 IN NSEC z.example. A\na.example. 300 IN RRSIG NSEC ", kSignature));
  // Of a wildcard.
  EXPECT_EQ(ScrubWithDnssec("www.example. A", {.answer = {"www.example. 60 A 192.0.2.1"},
                                               .authority = {kSoa, "a.example. 300 NSEC z.example. A"}}),
            "NOERROR\nanswer:\nwww.example. 60 IN A 192.0.2.1\nauthority:\na.example. 300 IN NSEC z.example. A");
}

TEST_F(ReplyScrubberTest, AReferralIsNoAnswer) {
  EXPECT_EQ(Scrub("www.example. A", {.authority = {"example. 60 NS ns.example."}}), "unusable");
  EXPECT_EQ(
      Scrub("a.test. A", {.answer = {"a.test. 60 CNAME www.example."}, .authority = {"example. 60 NS ns.example."}}),
      "unusable");
}

TEST_F(ReplyScrubberTest, ANameThatDoesNotExistHasNoRecords) {
  EXPECT_EQ(Scrub("www.example. A", {.answer = {"www.example. 60 A 192.0.2.1"}, .rcode = dns::rcode::kNXDomain}),
            "unusable");
}

TEST_F(ReplyScrubberTest, Failures) {
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kServFail}), "failure");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kRefused}), "failure");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kFormErr, .edns = false}), "no EDNS");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kNotImp, .edns = false}), "no EDNS");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kFormErr}), "failure");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kBadVers}), "no EDNS");
  EXPECT_EQ(Scrub("www.example. A", {.rcode = dns::rcode::kBadCookie}), "failure");
  EXPECT_EQ(Scrub("www.example. A", {.answer = {"www.example. 60 A 192.0.2.1"}, .truncated = true}), "truncated");
}

TEST_F(ReplyScrubberTest, WhatDoesNotFitIsUnusable) {
  const QuestionView question = MakeQuestion("www.example. A");
  const std::string good = MakeReply(Query(question), {.answer = {"www.example. 60 A 192.0.2.1"}});
  EXPECT_EQ(scrubber_.Scrub(question, good).verdict, ReplyVerdict::kAnswer);
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(scrubber_.Scrub(question, good.substr(0, size)).verdict, ReplyVerdict::kUnusable) << size;
  }
  EXPECT_EQ(scrubber_.Scrub(question, good + '\0').verdict, ReplyVerdict::kUnusable);
  EXPECT_EQ(scrubber_.Scrub(MakeQuestion("www.example. AAAA"), good).verdict, ReplyVerdict::kUnusable);
  EXPECT_EQ(scrubber_.Scrub(MakeQuestion("xxx.example. A"), good).verdict, ReplyVerdict::kUnusable);
}

TEST_F(ReplyScrubberTest, OwnersThatPointToTheQuestionAreInLowerCase) {
  const std::string out = Scrub("wwwwwwwwwwwwwwwwwwwwwwwwwwwwww.example. SRV",
                                {.answer = {"wwwwwwwwwwwwwwwwwwwwwwwwwwwwww.example. 1 SRV 0 0 1 a.example."}});
  EXPECT_EQ(out, "NOERROR\nanswer:\nwwwwwwwwwwwwwwwwwwwwwwwwwwwwww.example. 1 IN SRV 0 0 1 a.example.");
}

TEST_F(ReplyScrubberTest, TheReasonOfAFailure) {
  const QuestionView question = MakeQuestion("www.example. A");
  const auto reason = [&](absl::string_view text) {
    const std::string message =
        MakeReply(Query(question), {.rcode = dns::rcode::kServFail, .extended_error = 9, .extended_error_text = text});
    const ScrubbedReply reply = scrubber_.Scrub(question, message);
    EXPECT_TRUE(reply.has_extended_error);
    EXPECT_EQ(reply.extended_error, 9);
    return std::string(reply.extended_error_text);
  };
  EXPECT_EQ(reason("no DNSKEY"), "no DNSKEY");
  EXPECT_EQ(reason(absl::string_view("ended\0", 6)), "ended");
  EXPECT_EQ(reason("r\xc3\xa9sum\xc3\xa9"), "r\xc3\xa9sum\xc3\xa9");
  EXPECT_EQ(reason("\xff"), "");
  EXPECT_EQ(reason("a\nb"), "");
}

TEST_F(ReplyScrubberTest, BitsOfTheHeader) {
  const QuestionView question = MakeQuestion("www.example. A");
  std::string message = MakeReply(Query(question), {});
  dns::SetU16(message.data(), 0, 0x1234);
  dns::SetU16(message.data(), dns::kFlagsOffset, dns::kQr | dns::kAa | dns::kAd | 0x40);
  EXPECT_EQ(dns::GetU16(scrubber_.Scrub(question, message).wire, 0), 0);
  EXPECT_EQ(dns::GetU16(scrubber_.Scrub(question, message).wire, dns::kFlagsOffset), dns::kQr | dns::kRd | dns::kRa);
}

}  // namespace
}  // namespace strata::recursor
