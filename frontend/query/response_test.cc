// Tests of what clients are sent, where the handler's tests do not reach: room for OPT and extended errors.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/response.h"

#include <memory>
#include <string>

#include "base/utf8.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::ExtendedErrors;
using ::testing::IsEmpty;
using testing::Parse;
using ::testing::SizeIs;
using testing::WireName;

std::string Question(absl::string_view name, uint16_t type = dns::rr_type::kA) {
  std::string question = WireName(name);
  question += {0, static_cast<char>(type), 0, 1};
  return question;
}

class ResponseTest : public ::testing::Test {
 protected:
  // With a buffer of just the size that the contract asks for.
  std::string Answer(absl::string_view wire, const ExtendedErrorView* error = nullptr) {
    const std::unique_ptr<char[]> out(new char[echo_.max_size]);
    const size_t size = WriteAnswer(echo_, wire, error, 1232, out.get());
    EXPECT_LE(size, echo_.max_size);
    return std::string(out.get(), size);
  }
  std::string Error(uint16_t rcode, const ExtendedErrorView* error = nullptr) {
    const std::unique_ptr<char[]> out(new char[echo_.max_size]);
    return std::string(out.get(), WriteError(echo_, rcode, error, 1232, out.get()));
  }

  const std::string question_ = Question("a.test.");
  QueryEcho echo_ = {.id = 7, .flags = 0, .has_edns = true, .dnssec_ok = false, .max_size = 512, .question = question_};
};

TEST_F(ResponseTest, OnlyAnAnswerToTheQuestionIsOne) {
  EXPECT_THAT(Answer(AnswerTo("a.test.")), ::testing::Not(IsEmpty()));
  EXPECT_THAT(Answer(AnswerTo("A.TEST.")), ::testing::Not(IsEmpty())) << "case aside";
  EXPECT_THAT(Answer(AnswerTo("b.test.")), IsEmpty());
  EXPECT_THAT(Answer(AnswerTo("a.test.", dns::rr_type::kMX)), IsEmpty());
  EXPECT_THAT(Answer(AnswerTo("a.test.x.")), IsEmpty());
  EXPECT_THAT(Answer(""), IsEmpty());
  EXPECT_THAT(Answer("12 octets..."), IsEmpty());
  const std::string whole = AnswerTo("a.test.");
  EXPECT_THAT(Answer(whole.substr(0, 12 + question_.size() - 1)), IsEmpty());
  std::string two_questions = whole;
  dns::SetU16(two_questions.data(), dns::kQdCountOffset, 2);
  EXPECT_THAT(Answer(two_questions), IsEmpty());
}

TEST_F(ResponseTest, OptFollowsTheRecords) {
  const ExtendedErrorView error = {dns::extended_error::kStaleAnswer, "old"};
  const dns::Message answer = Parse(Answer(AnswerTo("a.test."), &error));
  EXPECT_THAT(answer.answer, SizeIs(1));
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(dns::extended_error::kStaleAnswer));
}

TEST_F(ResponseTest, ExtendedErrorGoesWhereItFits) {
  const ExtendedErrorView error = {dns::extended_error::kStaleAnswer, "old"};
  const size_t option = 6 + error.text.size();
  const size_t room = echo_.max_size - dns::kOptFixedSize - (AnswerTo("a.test.", 1, 1).size() - 1);
  EXPECT_THAT(ExtendedErrors(Parse(Answer(AnswerTo("a.test.", 1, room - option), &error))), SizeIs(1));
  const dns::Message tight = Parse(Answer(AnswerTo("a.test.", 1, room - option + 1), &error));
  EXPECT_THAT(ExtendedErrors(tight), IsEmpty());
  EXPECT_THAT(tight.answer, SizeIs(1)) << "the answer matters more";
  EXPECT_FALSE(tight.truncated);
}

TEST_F(ResponseTest, LongTextIsCut) {
  const std::string text(5000, 'x');
  const ExtendedErrorView error = {dns::extended_error::kOther, text};
  const dns::Message answer = Parse(Answer(AnswerTo("a.test."), &error));
  ASSERT_THAT(ExtendedErrors(answer), SizeIs(1));
  EXPECT_LT(answer.edns->options[0].value.size(), 200u);
}

TEST_F(ResponseTest, LongTextIsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\u20ac";  // of three octets
  for (size_t shift = 0; shift < 3; ++shift) {
    const std::string shifted = std::string(shift, 'x') + text;
    const ExtendedErrorView error = {dns::extended_error::kOther, shifted};
    const dns::Message answer = Parse(Error(dns::rcode::kServFail, &error));
    ASSERT_THAT(answer.edns->options, SizeIs(1));
    const absl::string_view sent = absl::string_view(answer.edns->options[0].value).substr(2);
    EXPECT_THAT(sent, SizeIs(::testing::Gt(100u)));
    EXPECT_EQ(base::FindInvalidUtf8(sent), absl::string_view::npos) << shift;
  }
}

TEST_F(ResponseTest, AZonesVersionIsOfAnswersNotOfErrorsOfOurOwn) {
  echo_.options.wants_zone_version = true;
  echo_.options.zone_version = {1, 0, 0, 0, 0, 1};
  EXPECT_THAT(Parse(Answer(AnswerTo("a.test."))).edns->options, SizeIs(1));
  EXPECT_THAT(Parse(Error(dns::rcode::kServFail)).edns->options, IsEmpty());
}

TEST_F(ResponseTest, WithoutEdnsThereIsNoExtendedError) {
  echo_.has_edns = false;
  const ExtendedErrorView error = {dns::extended_error::kOther, "text"};
  EXPECT_FALSE(Parse(Answer(AnswerTo("a.test."), &error)).edns.has_value());
  const dns::Message refused = Parse(Error(dns::rcode::kRefused, &error));
  EXPECT_FALSE(refused.edns.has_value());
  EXPECT_EQ(refused.rcode, dns::rcode::kRefused);
}

TEST_F(ResponseTest, ErrorsOfTwelveBits) {
  EXPECT_EQ(Parse(Error(dns::rcode::kBadVers)).rcode, dns::rcode::kBadVers);
  echo_.has_edns = false;
  EXPECT_EQ(Parse(Error(dns::rcode::kBadVers)).rcode, dns::rcode::kBadVers & 0xf) << "there is room for no more";
}

TEST_F(ResponseTest, ErrorWithoutAQuestion) {
  echo_.question = "";
  const dns::Message message = Parse(Error(dns::rcode::kFormErr));
  EXPECT_EQ(message.id, 7);
  EXPECT_TRUE(message.response);
  EXPECT_THAT(message.questions, IsEmpty());
}

TEST_F(ResponseTest, UnknownKeyIsNamedWhereThereIsRoom) {
  const std::string name = WireName("alg.");
  const std::string time(6, '\0');
  dns::Tsig tsig = {.key = name, .algorithm = name, .time_signed = time, .fudge = 300, .original_id = 7};
  const auto answer = [&] {
    const std::unique_ptr<char[]> out(new char[echo_.max_size]);
    return Parse(std::string(out.get(), WriteUnknownKey(echo_, tsig, 1232, out.get())));
  };
  dns::Message message = answer();
  EXPECT_EQ(message.rcode, dns::rcode::kNotAuth);
  EXPECT_TRUE(message.edns.has_value());
  ASSERT_THAT(message.additional, SizeIs(1));
  EXPECT_EQ(message.additional[0].type, dns::rr_type::kTSIG);
  const std::string label = std::string(63, 'x') + ".";
  const std::string long_name = WireName(label + label + label);
  tsig.key = tsig.algorithm = long_name;
  echo_.max_size = 400;
  message = answer();
  EXPECT_EQ(message.rcode, dns::rcode::kNotAuth);
  EXPECT_THAT(message.additional, IsEmpty());
}

TEST_F(ResponseTest, LongestQuestionFitsTheSmallestClient) {
  const std::string label = std::string(63, 'x') + ".";
  const std::string question = Question(label + label + label + std::string(61, 'x') + ".");
  ASSERT_EQ(question.size(), 255u + 4);
  echo_.question = question;
  const std::string text(120, 'x');
  const ExtendedErrorView error = {dns::extended_error::kOther, text};
  EXPECT_LE(Error(dns::rcode::kServFail, &error).size(), 512u);
  const dns::Message truncated =
      Parse(Answer(AnswerTo(dns::WireNameToText(question.substr(0, 255)), dns::rr_type::kA, 1000), &error));
  EXPECT_TRUE(truncated.truncated);
  EXPECT_THAT(ExtendedErrors(truncated), SizeIs(1));
}

}  // namespace
}  // namespace strata::frontend
