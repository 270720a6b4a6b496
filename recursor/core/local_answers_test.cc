// Tests of answers that need no server.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/local_answers.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/message.h"
#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"

namespace strata::recursor {
namespace {

using testing::MakeQuestion;
using testing::MessageSummary;

class LocalAnswersTest : public ::testing::Test {
 protected:
  void SetHosts(absl::string_view text) {
    LineProblems problems;
    hosts_ = HostsTable::FromText(text, &problems);
  }
  std::string Ask(absl::string_view text) {
    const QuestionView question = MakeQuestion(text);
    const absl::string_view wire = answers_.Find(question, hosts_);
    if (wire.empty()) return "not known";
    EXPECT_EQ(dns::GetU16(wire, 0), 0);
    EXPECT_EQ(wire.substr(dns::kHeaderSize, question.name.size()), question.name);
    return MessageSummary(wire);
  }

  HostsTable hosts_;
  LocalAnswers answers_;
};

TEST_F(LocalAnswersTest, TheHostsFile) {
  SetHosts("192.0.2.1 www.example alias\n192.0.2.2 www.example\n2001:db8::1 six.example\n");
  EXPECT_EQ(Ask("www.example. A"), "NOERROR\nanswer:\nwww.example. 0 IN A 192.0.2.1\nwww.example. 0 IN A 192.0.2.2");
  EXPECT_EQ(Ask("alias. A"), "NOERROR\nanswer:\nalias. 0 IN A 192.0.2.1");
  EXPECT_EQ(Ask("six.example. AAAA"), "NOERROR\nanswer:\nsix.example. 0 IN AAAA 2001:db8::1");
  EXPECT_EQ(Ask("1.2.0.192.in-addr.arpa. PTR"), "NOERROR\nanswer:\n1.2.0.192.in-addr.arpa. 0 IN PTR www.example.");
  // The other family: no data. Other types: not ours to say.
  EXPECT_EQ(Ask("www.example. AAAA"), "NOERROR");
  EXPECT_EQ(Ask("six.example. A"), "NOERROR");
  EXPECT_EQ(Ask("www.example. MX"), "not known");
  EXPECT_EQ(Ask("www.example. PTR"), "not known");
  EXPECT_EQ(Ask("1.2.0.192.in-addr.arpa. A"), "not known");
  EXPECT_EQ(Ask("xwww.example. A"), "not known");
}

TEST_F(LocalAnswersTest, NamesOfSpecialUse) {
  EXPECT_EQ(Ask("localhost. A"), "NOERROR\nanswer:\nlocalhost. 0 IN A 127.0.0.1");
  EXPECT_EQ(Ask("x.localhost. AAAA"), "NOERROR\nanswer:\nx.localhost. 0 IN AAAA ::1");
  EXPECT_EQ(Ask("localhost. MX"), "NOERROR");
  EXPECT_EQ(Ask("localhost. ANY"), "NOERROR\nanswer:\nlocalhost. 0 IN A 127.0.0.1\nlocalhost. 0 IN AAAA ::1");
  EXPECT_EQ(Ask("1.0.0.127.in-addr.arpa. PTR"), "NOERROR\nanswer:\n1.0.0.127.in-addr.arpa. 0 IN PTR localhost.");
  EXPECT_EQ(Ask("www.invalid. A"), "NXDOMAIN");
  EXPECT_EQ(Ask("onion. SOA"), "NXDOMAIN");
  EXPECT_EQ(Ask("www.test. A"), "not known");
}

TEST_F(LocalAnswersTest, TheHostsFileWins) {
  SetHosts("192.0.2.1 localhost www.invalid\n192.0.2.9 me\n127.0.0.1 me\n");
  EXPECT_EQ(Ask("localhost. A"), "NOERROR\nanswer:\nlocalhost. 0 IN A 192.0.2.1");
  EXPECT_EQ(Ask("www.invalid. A"), "NOERROR\nanswer:\nwww.invalid. 0 IN A 192.0.2.1");
  EXPECT_EQ(Ask("www.invalid. MX"), "NOERROR");  // it exists
  EXPECT_EQ(Ask("1.0.0.127.in-addr.arpa. PTR"), "NOERROR\nanswer:\n1.0.0.127.in-addr.arpa. 0 IN PTR me.");
}

TEST_F(LocalAnswersTest, MoreAddressesThanFit) {
  std::string text;
  for (int i = 0; i < 10000; ++i) absl::StrAppend(&text, "10.0.", i / 250, ".", i % 250, " many\n");
  SetHosts(text);
  const dns::Message message = *dns::ParseMessage(answers_.Find(MakeQuestion("many. A"), hosts_));
  EXPECT_GT(message.answer.size(), 4000u);
  EXPECT_LT(message.answer.size(), 10000u);
}

}  // namespace
}  // namespace strata::recursor
