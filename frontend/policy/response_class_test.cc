// Tests of what is taken for the same response.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/response_class.h"

#include <string>
#include <vector>

#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rr_type = dns::rr_type;

dns::Name NameOf(const std::string& text) { return dns::Name::FromText(text).value(); }

dns::Record RecordOf(const std::string& owner, uint16_t type) {
  dns::Record record;
  record.owner = NameOf(owner);
  record.type = type;
  const std::string target(NameOf("ns.example.").wire());
  record.rdata = type == rr_type::kSOA ? target + target + std::string(20, 'n')
                 : type == rr_type::kA ? std::string("addr")
                                       : target;
  return record;
}

dns::Message Response(const std::string& name, uint16_t type = rr_type::kA, uint16_t rcode = 0) {
  dns::Message message;
  message.response = true;
  message.rcode = rcode;
  message.questions.push_back({NameOf(name), type});
  return message;
}

dns::Message Answer(const std::string& name, uint16_t type = rr_type::kA) {
  dns::Message message = Response(name, type);
  message.answer.push_back(RecordOf(name, rr_type::kA));
  return message;
}

dns::Message Negative(const std::string& name, const std::string& zone, uint16_t rcode) {
  dns::Message message = Response(name, rr_type::kA, rcode);
  message.authority.push_back(RecordOf(zone, rr_type::kSOA));
  return message;
}

dns::Message Referral(const std::string& name, const std::string& zone) {
  dns::Message message = Response(name);
  message.authority = {RecordOf(zone, rr_type::kNS), RecordOf(zone, rr_type::kNS)};
  message.additional.push_back(RecordOf("ns.example.", rr_type::kA));
  return message;
}

std::string Wire(const dns::Message& message) { return dns::SerializeMessage(message).value(); }

ResponseClass ClassOf(const dns::Message& message) { return ClassifyResponse(Wire(message)).response_class; }
uint64_t HashOf(const dns::Message& message) { return ClassifyResponse(Wire(message)).hash; }

TEST(ResponseClassTest, AnAnswerIsItsNameAndType) {
  EXPECT_EQ(ClassOf(Answer("www.example.")), ResponseClass::kAnswer);
  EXPECT_EQ(HashOf(Answer("www.example.")), HashOf(Answer("WWW.eXample.")));
  EXPECT_NE(HashOf(Answer("www.example.")), HashOf(Answer("ww2.example.")));
  EXPECT_NE(HashOf(Answer("www.example.")), HashOf(Answer("www.example.", rr_type::kTXT)));
}

TEST(ResponseClassTest, ATruncatedResponseIsAnAnswer) {
  dns::Message message = Response("www.example.");
  message.truncated = true;
  EXPECT_EQ(ClassOf(message), ResponseClass::kAnswer);
  EXPECT_EQ(HashOf(message), HashOf(Answer("www.example.")));
}

TEST(ResponseClassTest, ANegativeOneIsItsZone) {
  for (const uint16_t rcode : {dns::rcode::kNoError, dns::rcode::kNXDomain}) {
    const ResponseClass expected = rcode == dns::rcode::kNXDomain ? ResponseClass::kNxDomain : ResponseClass::kNoData;
    EXPECT_EQ(ClassOf(Negative("a.example.", "example.", rcode)), expected);
    EXPECT_EQ(HashOf(Negative("a.example.", "example.", rcode)), HashOf(Negative("b.c.EXAMPLE.", "Example.", rcode)));
    EXPECT_NE(HashOf(Negative("a.example.", "example.", rcode)), HashOf(Negative("a.example.", "a.example.", rcode)));
    EXPECT_NE(HashOf(Negative("a.example.", "example.", rcode)), 0u);
  }
}

TEST(ResponseClassTest, TheSoaMayStandBehindOtherRecords) {
  dns::Message message = Negative("a.example.", "example.", dns::rcode::kNXDomain);
  message.authority.insert(message.authority.begin(), RecordOf("sub.example.", rr_type::kNS));
  EXPECT_EQ(HashOf(message), HashOf(Negative("b.example.", "example.", dns::rcode::kNXDomain)));
}

// RFC 6604 §3: the rcode is that of the alias's end.
TEST(ResponseClassTest, AnAliasOfNoName) {
  dns::Message message = Negative("a.example.", "example.", dns::rcode::kNXDomain);
  message.answer.push_back(RecordOf("a.example.", rr_type::kCNAME));
  EXPECT_EQ(ClassOf(message), ResponseClass::kNxDomain);
  EXPECT_EQ(HashOf(message), HashOf(Negative("b.example.", "example.", dns::rcode::kNXDomain)));
  message.rcode = dns::rcode::kNoError;
  EXPECT_EQ(ClassOf(message), ResponseClass::kAnswer);
}

TEST(ResponseClassTest, NegativeWithoutAnSoa) {
  EXPECT_EQ(ClassOf(Response("www.example.")), ResponseClass::kNoData);
  EXPECT_EQ(HashOf(Response("www.example.")), 0u);
  EXPECT_EQ(ClassOf(Response("www.example.", rr_type::kA, dns::rcode::kNXDomain)), ResponseClass::kNxDomain);
}

TEST(ResponseClassTest, AReferralIsTheDelegatedName) {
  EXPECT_EQ(ClassOf(Referral("a.sub.example.", "sub.example.")), ResponseClass::kReferral);
  EXPECT_EQ(HashOf(Referral("a.sub.example.", "sub.example.")), HashOf(Referral("b.Sub.example.", "Sub.example.")));
  EXPECT_NE(HashOf(Referral("a.sub.example.", "sub.example.")), HashOf(Referral("a.two.example.", "two.example.")));
}

TEST(ResponseClassTest, ErrorsAreAllTheSame) {
  for (const uint16_t rcode :
       {dns::rcode::kFormErr, dns::rcode::kServFail, dns::rcode::kNotImp, dns::rcode::kRefused}) {
    EXPECT_EQ(ClassOf(Response("www.example.", rr_type::kA, rcode)), ResponseClass::kError) << rcode;
    EXPECT_EQ(HashOf(Response("www.example.", rr_type::kA, rcode)), 0u) << rcode;
  }
  dns::Message without_question = Response("www.example.");
  without_question.questions.clear();
  EXPECT_EQ(ClassOf(without_question), ResponseClass::kError);
}

// BADVERS is 16: its lower four bits say NOERROR.
TEST(ResponseClassTest, ExtendedRcodes) {
  for (const uint16_t rcode : {dns::rcode::kBadVers, dns::rcode::kBadCookie}) {
    dns::Message message = Response("www.example.", rr_type::kA, rcode);
    message.edns.emplace();
    EXPECT_EQ(ClassOf(message), ResponseClass::kError) << rcode;
  }
  dns::Message nodata = Response("www.example.");
  nodata.edns.emplace();
  EXPECT_EQ(ClassOf(nodata), ResponseClass::kNoData);
}

TEST(ResponseClassTest, ClassesOfWhatIsCutOff) {
  for (const dns::Message& message :
       {Answer("www.example."), Negative("www.example.", "example.", 0), Referral("www.example.", "example.")}) {
    const std::string wire = Wire(message);
    const size_t question_end = dns::kHeaderSize + 13 + 4;
    for (size_t size = 0; size < wire.size(); ++size) {
      const std::string cut(wire, 0, size);  // so that reading beyond it is seen
      const ResponseClass is = ClassifyResponse(cut).response_class;
      if (size < question_end) {
        EXPECT_EQ(is, ResponseClass::kError) << size;
      }
    }
  }
}

// A pointer that leads to itself, or ahead, in the owner of the SOA.
TEST(ResponseClassTest, PointersThatLeadNowhere) {
  const std::string wire = Wire(Negative("www.example.", "example.", 0));
  const size_t owner = dns::kHeaderSize + 13 + 4;
  ASSERT_EQ(static_cast<uint8_t>(wire[owner]) & 0xc0, 0xc0);
  for (const size_t target : {owner, owner + 1, owner + 2, wire.size() - 1, wire.size(), size_t{0x3fff}}) {
    std::string bad = wire;
    bad[owner] = static_cast<char>(0xc0 | target >> 8);
    bad[owner + 1] = static_cast<char>(target);
    EXPECT_EQ(ClassifyResponse(bad).response_class, ResponseClass::kError) << target;
  }
}

TEST(ResponseClassTest, Names) {
  EXPECT_EQ(ResponseClassName(ResponseClass::kAnswer), "answer");
  EXPECT_EQ(ResponseClassName(ResponseClass::kNoData), "nodata");
  EXPECT_EQ(ResponseClassName(ResponseClass::kNxDomain), "nxdomain");
  EXPECT_EQ(ResponseClassName(ResponseClass::kReferral), "referral");
  EXPECT_EQ(ResponseClassName(ResponseClass::kError), "error");
}

}  // namespace
}  // namespace strata::frontend
